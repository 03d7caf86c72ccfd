import { createServer } from "node:http";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { erpClient } from "#jobs/erp/client.ts";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { ErpState } from "#mocks/erp/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { portOf } from "#supabase/local/ports.ts";

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
    await expect(client(portOf(dribble)).ping()).rejects.toMatchObject({ kind: "timeout" });
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

/** An ERP that answers every request with these bytes, and the headers that belong to it. */
async function answering(body: string | Buffer, headers: Record<string, string> = {}) {
  const server = createServer((request, response) => {
    response.on("error", () => undefined);
    response.writeHead(200, {
      "content-type": "application/json",
      "x-request-id": request.headers["x-request-id"],
      ...headers,
    });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const port = portOf(server);
  return {
    erp: erpClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: "key", deadlineMs: 10_000 }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
const page = (items: string) =>
  `{"snapshot":"s1","taken_at":"2026-11-22T00:00:00Z","page":1,"pages":1,"total":1,"items":[${items}]}`;
const row = (more: string) => `{"sku":"A","warehouse":"SBY",${more}}`;

/** The longest that nothing else in this process had its turn, in milliseconds. */
async function stall(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await work();
  clearInterval(timer);
  return Math.max(longest, performance.now() - last);
}

test.each<[string, string]>([
  ["too large for a number", row('"quantity":1e309')],
  ["too small for one", row('"quantity":-1e309')],
  ["NaN", row('"quantity":NaN')],
  ["beyond what is counted exactly", row('"quantity":9007199254740993')],
  ["negative", row('"quantity":-1')],
  ["in a text", row('"quantity":"1"')],
  ["twice the same", `${row('"quantity":1')},${row('"quantity":2')}`],
])("a quantity that is %s never gets in", async (_, items) => {
  await using good = await answering(page(row('"quantity":1')));
  expect((await good.erp.listStock()).rows).toEqual([{ sku: "A", warehouse: "SBY", quantity: 1 }]); // Control.
  await using bad = await answering(page(items));
  await expect(bad.erp.listStock()).rejects.toMatchObject({ kind: "content" });
});

test("a key that would reach into every object stays a word in an answer", async () => {
  await using odd = await answering(
    '{"ok":true,"__proto__":{"stolen":true},"constructor":{"prototype":{"stolen":true}}}',
  );
  await odd.erp.ping();
  await using named = await answering(page(row('"quantity":1,"__proto__":{"quantity":99}')));
  expect((await named.erp.listStock()).rows).toEqual([{ sku: "A", warehouse: "SBY", quantity: 1 }]);
  const inherits: Record<string, unknown> = {};
  expect(inherits.stolen).toBeUndefined();
});

test.each([
  ["a hundred thousand brackets", "[".repeat(100_000) + "]".repeat(100_000)],
  ["two million bytes of brackets", "[".repeat(2_000_000)],
  ["brackets within an answer", `{"ok":${"[".repeat(500_000)}${"]".repeat(500_000)}}`],
  ["objects in objects", `${'{"ok":'.repeat(150_000)}1${"}".repeat(150_000)}`],
  ["half a million rows that are none", page(Array.from({ length: 600_000 }, () => "{}").join(","))],
])("%s neither end the process nor hold it up", async (_, body) => {
  await using hostile = await answering(body);
  const held = await stall(() =>
    expect(hostile.erp.ping().then(() => hostile.erp.listStock())).rejects.toMatchObject({ kind: "content" }),
  );
  expect(held).toBeLessThan(3_000);
  await using feed = await answering(body);
  expect(await stall(() => expect(feed.erp.listStock()).rejects.toMatchObject({ kind: "content" }))).toBeLessThan(
    3_000,
  );
});

const brotli = (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } });
test.each<[string, (bytes: Buffer) => Buffer]>([
  ["gzip", gzipSync],
  ["br", brotli],
])("a %s bomb is cut at two megabytes of what it becomes", async (encoding, pack) => {
  const bomb = pack(Buffer.alloc(100 * 1024 * 1024, " "));
  expect(bomb.length).toBeLessThan(1024 * 1024); // Control: as it comes it would pass.
  await using hostile = await answering(bomb, { "content-encoding": encoding });
  const before = process.memoryUsage().rss;
  await expect(hostile.erp.ping()).rejects.toMatchObject({ kind: "oversize" });
  expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024);
  await using honest = await answering(pack(Buffer.from('{"ok":true}')), { "content-encoding": encoding });
  await honest.erp.ping();
});
