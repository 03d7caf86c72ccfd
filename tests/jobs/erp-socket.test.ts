import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { erpClient } from "#jobs/erp/client.ts";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { ErpState } from "#mocks/erp/state.ts";
import { serve, type Served } from "#mocks/serve.ts";

let state: ErpState;
let erp: Served;

beforeEach(async () => {
  state = new ErpState();
  erp = await serve(erpHandlers(state), 0);
});
afterEach(() => erp.close());

const client = (port: number) => erpClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: "key", deadlineMs: 300 });

test("a cut connection is known at once", async () => {
  await client(erp.port).ping();
  state.mode = "down";
  await expect(client(erp.port).ping()).rejects.toMatchObject({ kind: "connection" });
});

test("an ERP that never answers costs the deadline and no more", async () => {
  state.mode = "hang";
  const started = performance.now();
  await expect(client(erp.port).ping()).rejects.toMatchObject({ kind: "timeout" });
  expect(performance.now() - started).toBeLessThan(1_000);
});

test("an ERP that dribbles its answer byte by byte is held to the same deadline", async () => {
  const dribble = createServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json", "x-request-id": request.headers["x-request-id"] });
    const timer = setInterval(() => response.write(" "), 20);
    response.once("close", () => clearInterval(timer));
  });
  await new Promise<void>((listening) => dribble.listen(0, "127.0.0.1", listening));
  const started = performance.now();
  try {
    await expect(client((dribble.address() as AddressInfo).port).ping()).rejects.toMatchObject({ kind: "timeout" });
    expect(performance.now() - started).toBeLessThan(1_000);
  } finally {
    dribble.closeAllConnections();
    dribble.close();
  }
});

test("nobody at the port is a connection failure", async () => {
  await erp.close();
  await expect(client(erp.port).ping()).rejects.toMatchObject({ kind: "connection" });
  erp = await serve(erpHandlers(state), 0);
});
