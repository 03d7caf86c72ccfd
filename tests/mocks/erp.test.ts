import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { documentOf, ErpState, outstandingOf, stockOf } from "#mocks/erp/state.ts";
import { serve, type Served } from "#mocks/serve.ts";

let folder: string;
let file: string;
let erp: Served;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "erp-"));
  file = join(folder, "state", "erp.json");
  await start();
});
afterEach(async () => {
  await erp.close();
  rmSync(folder, { recursive: true });
});

const start = async () => void (erp = await serve(erpHandlers(new ErpState({ file, slowMs: 30 })), 0));
const call = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${erp.port}${path}`, { ...init, headers: { "x-api-key": "key", ...init.headers } });
const post = (path: string, body: object, headers = {}) => call(path, { method: "POST", body: JSON.stringify(body), headers });
const setMode = (mode: string) => post("/control", { mode });

const order = {
  reference: "ORD-2026-000001",
  partner: "P-1",
  placed_at: "2026-11-21T07:05:00Z",
  total: 100,
  lines: [{ sku: "A", quantity: 1, unit_price: 100 }],
};
const send = () => post("/api/v1/orders", order, { "idempotency-key": order.reference });

test("documents and world survive a restart; the same key again is the same document", async () => {
  await post("/control/world", { skus: ["A"], partners: ["P-1"] });
  expect((await send()).status).toBe(201);
  await erp.close();
  await start();

  const again = await send();
  expect(again.status).toBe(200);
  expect(await again.json()).toEqual({ document: documentOf(order.reference), reference: order.reference });
  expect(await (await call("/control")).json()).toEqual({ mode: "up", calls: 1, orders: 1 });
  expect(await (await call("/control/orders")).json()).toHaveLength(1);
  expect(await (await call("/api/v1/stock")).json()).toMatchObject({ total: 2, items: [{ sku: "A" }, { sku: "A" }] });
});

test("feeding the world twice changes nothing", async () => {
  const world = { skus: ["B", "A"], partners: ["P-1"] };
  await post("/control/world", world);
  expect(await (await post("/control/world", world)).json()).toEqual({ skus: 2, partners: 1 });
});

test("each fault is one on the wire, and the control address stays reachable in all of them", async () => {
  await setMode("down");
  await expect(call("/api/v1/ping")).rejects.toThrow();
  await setMode("hang");
  await expect(call("/api/v1/ping", { signal: AbortSignal.timeout(100) })).rejects.toThrow("timeout");
  await setMode("500");
  expect((await call("/api/v1/ping")).status).toBe(500);
  await setMode("garbage");
  const garbage = await call("/api/v1/ping");
  expect([garbage.status, garbage.headers.get("content-type")]).toEqual([200, "text/html"]);
  await setMode("slow");
  expect((await call("/api/v1/ping")).status).toBe(200);
  expect(await (await setMode("up")).json()).toMatchObject({ mode: "up", calls: 5 });
});

test("an order booked while the answer is lost is there afterwards, once", async () => {
  await setMode("garbage");
  await send();
  await setMode("up");
  expect(await (await call(`/api/v1/orders/${order.reference}`)).json()).toMatchObject({ document: documentOf(order.reference) });
  await send();
  expect(await (await call("/control")).json()).toMatchObject({ orders: 1 });
});

test("a partial feed promises more than it brings", async () => {
  await post("/control/world", { skus: ["A", "B", "C"], partners: [] });
  await setMode("partial");
  const feed = (await (await call("/api/v1/stock")).json()) as { total: number; items: object[] };
  expect([feed.total, feed.items.length]).toEqual([6, 3]);
});

test("without a key nobody gets in, and an unknown mode is named as such", async () => {
  expect((await call("/api/v1/ping", { headers: { "x-api-key": "" } })).status).toBe(401);
  const unknown = await setMode("sideways");
  expect(unknown.status).toBe(400);
  expect(await unknown.json()).toEqual({ message: "mode must be one of up, down, hang, slow, 500, garbage, partial" });
});

test("figures are the same on every machine and in their range", () => {
  const skus = Array.from({ length: 2_000 }, (_, index) => `AB-${index}`);
  const quantities = skus.map((sku) => stockOf(sku, "SBY"));
  expect(quantities).toEqual(skus.map((sku) => stockOf(sku, "SBY")));
  expect(Math.max(...quantities)).toBeLessThanOrEqual(400);
  expect(quantities.filter((quantity) => quantity === 0).length).toBeGreaterThan(0);
  const owed = skus.map((code) => outstandingOf(code));
  expect(Math.min(...owed)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...owed)).toBeLessThanOrEqual(8_000_000);
});
