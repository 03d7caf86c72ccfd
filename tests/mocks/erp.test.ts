import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
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
const post = (path: string, body: object, headers = {}) =>
  call(path, { method: "POST", body: JSON.stringify(body), headers });
const setMode = (mode: string) => post("/control", { mode });

const order = {
  reference: "ORD-2026-000001",
  partner: "P-1",
  placed_at: "2026-11-21T07:05:00Z",
  total: 100,
  lines: [{ sku: "A", quantity: 1, unit_price: 100 }],
};
const pieces = stockOf("A", "SBY") + stockOf("A", "JKT");
const told = {
  document: documentOf(order.reference),
  reference: order.reference,
  partner: "P-1",
  total: 100,
  credit: { ok: true, message: null },
  lines: [{ sku: "A", quantity: 1, unit_price: 100, confirmed: Math.min(1, pieces) }],
};
const find = async () =>
  (await (await call(`/api/v1/orders?reference=${order.reference}`)).json()) as {
    reference: string;
    documents: Array<typeof told>;
  };
const send = () => post("/api/v1/orders", order, { "idempotency-key": order.reference });

test("documents and master data survive a restart; the same key again is the same document", async () => {
  await post("/control/master-data", { skus: ["A"], partners: ["P-1"] });
  expect((await send()).status).toBe(201);
  await erp.close();
  await start();

  const again = await send();
  expect(again.status).toBe(200);
  expect(await again.json()).toEqual(told);
  expect(await (await call("/control")).json()).toEqual({ mode: "up", careless: false, calls: 1, orders: 1 });
  expect(await (await call("/control/orders")).json()).toHaveLength(1);
  expect(await (await call("/api/v1/stock")).json()).toMatchObject({ total: 2, items: [{ sku: "A" }, { sku: "A" }] });
});

test("feeding the master data twice changes nothing", async () => {
  const known = { skus: ["B", "A"], partners: ["P-1"] };
  await post("/control/master-data", known);
  expect(await (await post("/control/master-data", known)).json()).toEqual({ skus: 2, partners: 1 });
});

test("each fault is one of the socket, and the control address stays reachable in all of them", async () => {
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
  expect(await find()).toEqual({ reference: order.reference, documents: [told] });
  await send();
  expect(await (await call("/control")).json()).toMatchObject({ orders: 1 });
});

test("an order that nobody sent is an empty list; which order must be said", async () => {
  expect(await find()).toEqual({ reference: order.reference, documents: [] });
  expect((await call("/api/v1/orders")).status).toBe(400);
});

test("rules change what it says of an order, until they are taken away", async () => {
  await send();
  await post("/control/rules", { stock: { A: 0 }, credit: { "P-1": "melebihi plafon" } });
  await post("/control/rules", { price: { A: 130 }, refuse: { "ORD-2": "tutup buku" } });
  expect((await find()).documents).toMatchObject([
    {
      total: 130,
      credit: { ok: false, message: "melebihi plafon" },
      lines: [{ quantity: 1, confirmed: 0, unit_price: 130 }],
    },
  ]);
  const refused = await post("/api/v1/orders", { ...order, reference: "ORD-2" }, { "idempotency-key": "ORD-2" });
  expect([refused.status, await refused.json()]).toEqual([422, { message: "tutup buku" }]);

  await post("/control/rules", { credit: { "P-1": null } });
  expect((await find()).documents).toMatchObject([{ total: 130, credit: { ok: true, message: null } }]);
  await call("/control/rules", { method: "DELETE" });
  expect((await find()).documents).toEqual([told]);
  expect((await post("/control/rules", { stock: { A: -1 } })).status).toBe(400);
});

test("a person of the ERP, or a careless ERP, makes a second document; both survive a restart", async () => {
  expect((await post("/control/keyed", { reference: order.reference })).status).toBe(404);
  await send();
  expect((await post("/control/keyed", { reference: order.reference })).status).toBe(201);
  await send();
  expect((await find()).documents).toHaveLength(2); // Control: a key that is known makes none.
  await post("/control", { careless: true });
  await send();
  await erp.close();
  await start();
  const numbers = (await find()).documents.map(({ document }) => document);
  expect(new Set(numbers).size).toBe(3);
  expect(await (await call("/control")).json()).toMatchObject({ careless: false, orders: 3 });
  expect(await (await call("/control/orders")).json()).toHaveLength(3);
});

test("a partial feed promises more than it brings", async () => {
  await post("/control/master-data", { skus: ["A", "B", "C"], partners: [] });
  await setMode("partial");
  const feed = z
    .object({ total: z.number(), items: z.array(z.unknown()) })
    .parse(await (await call("/api/v1/stock")).json());
  expect([feed.total, feed.items.length]).toEqual([6, 3]);
});

test("without a key nobody gets in, and an unknown mode is named as such", async () => {
  expect((await call("/api/v1/ping", { headers: { "x-api-key": "" } })).status).toBe(401);
  const unknown = await setMode("sideways");
  expect(unknown.status).toBe(400);
  expect(await unknown.json()).toEqual({
    message: "mode must be one of up, down, hang, slow, 500, garbage, partial, careless true or false",
  });
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
