import { http, HttpResponse } from "msw";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openCounter, type Counter } from "#jobs/counter.ts";
import { openErpDesk, type ErpDesk } from "#jobs/erp/desk.ts";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { ErpState } from "#mocks/erp/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { openWorld, type World } from "./support/world.ts";

const pace = { calm: 40, doubt: 20, closedDoor: 10, pull: 100, firstProbe: 100, longestProbe: 400 };
const patience = { timeout: 10_000, interval: 25 };

let world: World;
let counter: Counter;
let erp: Served;
let state: ErpState;
let desk: ErpDesk;

beforeAll(async () => {
  world = await openWorld();
  counter = openCounter(world.workerUrl);
}, 60_000);
afterAll(async () => {
  await counter.close();
  await world.remove();
});
beforeEach(() => {
  state = new ErpState({ hangMs: 1_000 });
  state.learn({ skus: ["AB-001", "AB-002"], partners: ["PTR-0001"] });
});
afterEach(async () => {
  await desk.stop();
  await erp.close();
});

async function open(overrides: Parameters<typeof serve>[0] = []) {
  erp = await serve([...overrides, ...erpHandlers(state)], 0);
  desk = openErpDesk({ baseUrl: `http://127.0.0.1:${erp.port}`, apiKey: "key", deadlineMs: 200 }, counter, pace);
}
const syncStatus = async (number: string) => (await world.order(number))?.sync_status;
const documentsFor = (number: string) => state.list().filter((document) => document.reference === number);

test("figures go live and a waiting order reaches the ERP", async () => {
  const number = await world.placeOrder();
  await open();

  await vi.waitFor(async () => expect(await syncStatus(number)).toBe("SYNCED"), patience);
  await vi.waitFor(async () => expect(await world.feed("credit")).toMatchObject({ row_count: 1, live: true }), patience);
  expect(await world.feed("stock")).toMatchObject({ row_count: 4, live: true, last_error: null });
  expect(documentsFor(number)).toMatchObject([{ partner: "PTR-0001", total: 1_350_000, lines: [{ sku: "AB-001", quantity: 3, unit_price: 450_000 }] }]);
  expect((await world.order(number))?.erp_document).toBe(documentsFor(number)[0]?.document);
});

test("a dead ERP opens the breaker for all to see and is left alone; alive again, it gets each order once", async () => {
  await open();
  await vi.waitFor(() => expect(state.calls).toBeGreaterThan(4), patience);
  state.mode = "down";
  await vi.waitFor(async () => expect(await world.circuit()).toBe("OPEN"), patience);
  const numbers = [await world.placeOrder(), await world.placeOrder()];
  desk.wakePushes();
  const callsBefore = state.calls;
  await vi.waitFor(() => expect(state.calls).toBeGreaterThan(callsBefore + 1), patience); // two probes later ...
  for (const number of numbers) expect(await syncStatus(number)).toBe("PENDING_SYNC");
  const tries = await world.one("select sum(attempts)::int as n from app.erp_pushes where done_at is null");
  expect(tries?.n).toBe(0); // ... no order was even tried

  state.mode = "up";
  for (const number of numbers) await vi.waitFor(async () => expect(await syncStatus(number)).toBe("SYNCED"), patience);
  expect(await world.circuit()).toBe("CLOSED");
  for (const number of numbers) expect(documentsFor(number)).toHaveLength(1);
}, 30_000);

test.each(["hang", "garbage"] as const)("an order booked while its answer was lost (%s) stays one document", async (mode) => {
  await open();
  await vi.waitFor(() => expect(state.calls).toBeGreaterThan(4), patience);
  state.mode = mode;
  const number = await world.placeOrder();
  desk.wakePushes();
  await vi.waitFor(() => expect(documentsFor(number)).toHaveLength(1), patience);
  state.mode = "up";

  await vi.waitFor(async () => expect(await syncStatus(number)).toBe("SYNCED"), patience);
  expect(documentsFor(number)).toHaveLength(1);
}, 30_000);

test("half a feed never replaces a whole one, and the reason is on record", async () => {
  await open();
  await vi.waitFor(async () => expect(await world.feed("stock")).toMatchObject({ live: true, last_error: null }), patience);
  state.mode = "partial";
  await world.one("update app.feeds set as_of = now() - interval '16 minutes' where name = 'stock'");

  await vi.waitFor(async () => expect((await world.feed("stock"))?.last_error).toMatch(/2 rows arrived where 4/), patience);
  expect(await world.feed("stock")).toMatchObject({ row_count: 4, live: true });
  expect(await world.circuit()).toBe("CLOSED");
});

test("an order that the ERP refuses is FAILED with its words, and not sent again", async () => {
  let asked = 0;
  await open([
    http.post("*/api/v1/orders", ({ request }) => {
      asked += 1;
      return HttpResponse.json(
        { message: "unknown partner" },
        { status: 422, headers: { "x-request-id": request.headers.get("x-request-id") ?? "" } },
      );
    }),
  ]);
  const number = await world.placeOrder();

  await vi.waitFor(async () => expect(await world.order(number)).toMatchObject({ sync_status: "FAILED", sync_error: "422: unknown partner" }), patience);
  expect(asked).toBe(1);
  expect(await world.circuit()).toBe("CLOSED");
});

test("an open breaker on record stands until a new process has three good answers", async () => {
  await counter.recordCircuit("open", 5, "of an earlier process");
  const number = await world.placeOrder();
  state.mode = "500";
  await open();
  await vi.waitFor(() => expect(state.calls).toBeGreaterThan(2), patience);
  expect(await world.circuit()).not.toBe("CLOSED");
  expect(await syncStatus(number)).toBe("PENDING_SYNC");

  state.mode = "up";
  await vi.waitFor(async () => expect(await world.circuit()).toBe("CLOSED"), patience);
  await vi.waitFor(async () => expect(await syncStatus(number)).toBe("SYNCED"), patience);
});
