import { http, HttpResponse, type RequestHandler } from "msw";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ErpClosed } from "#jobs/erp/breaker.ts";
import { erpClient, type Gate } from "#jobs/erp/client.ts";
import { syncDueOrders } from "#jobs/erp/sync.ts";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { ErpState, orderShape } from "#mocks/erp/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { syncFixture } from "#supabase/tests/sync-support.ts";
import { until } from "#tests/support/until.ts";
import { freshDatabase } from "#tests/support/database.ts";
import { fieldOf } from "#app/db/thrown.ts";
import { queriesOf } from "./support/queries.ts";

// A worker, its database and the ERP on a socket; without the breaker, which has tests of its own.
const database = freshDatabase();
const it = syncFixture(database);
const queries = queriesOf(database);
let state: ErpState;
let erp: Served;

beforeEach(() => {
  state = new ErpState({ hangMs: 2_000 });
  state.rule({ stock: { "AB-001": 100 } });
});
afterEach(async () => {
  await erp.close();
  await it.clear();
});

const asked = { find: 0, create: 0 };
const gate: Gate = (operation, call) => {
  if (operation === "find" || operation === "create") asked[operation] += 1;
  return call();
};
async function open(overrides: RequestHandler[] = [], how: Gate = gate, deadlineMs = 10_000) {
  erp = await serve([...overrides, ...erpHandlers(state)], 0);
  Object.assign(asked, { find: 0, create: 0 });
  return erpClient({ baseUrl: `http://127.0.0.1:${erp.port}`, apiKey: "key", deadlineMs }, how);
}
const echo = (request: Request) => ({ "x-request-id": request.headers.get("x-request-id") ?? "" });
const documentsOf = (number: string) => state.find(number).length;
/** All that is due, without pauses. */
const pass = (client: Awaited<ReturnType<typeof open>>, stop?: AbortSignal) =>
  syncDueOrders(queries, client, { paced: false, stop });

test("a new order needs no look-up, a tried one gets it and is never made twice, even with keys ignored", async () => {
  state.careless = true;
  const client = await open();
  const number = await database.placeOrder();
  await pass(client);
  expect(asked).toEqual({ find: 0, create: 1 });
  expect(await it.order(number)).toMatchObject({
    sync_status: "SYNCED",
    erp_document: state.find(number)[0]?.document,
  });

  const lost = await database.placeOrder();
  state.mode = "garbage";
  await pass(client);
  expect(documentsOf(lost)).toBe(1);
  state.mode = "up";
  await it.pass(lost, 60);
  await pass(client);
  expect(asked).toEqual({ find: 1, create: 2 });
  expect([documentsOf(lost), (await it.order(lost))?.sync_status]).toEqual([1, "SYNCED"]);
});

test("a POST finished after we gave up and looked is waited for: one document even with keys ignored", async () => {
  state.careless = true;
  let release = () => {};
  const late = new Promise<void>((resolve) => (release = resolve));
  const client = await open(
    [
      http.post("*/api/v1/orders", async ({ request }) => {
        const order = orderShape.parse(await request.json());
        await late;
        const { document } = state.receive(order);
        return HttpResponse.json(state.tell(document), { status: 201, headers: echo(request) });
      }),
    ],
    gate,
    500,
  );
  const number = await database.placeOrder();
  await pass(client);
  expect(await it.syncOf(number)).toMatchObject({ posted: true, done: false });
  await it.pass(number, 10);
  await pass(client); // Not there; and not sent again.
  expect(asked).toEqual({ find: 1, create: 1 });
  release();
  await until(() => expect(documentsOf(number)).toBe(1));
  await it.pass(number, 15);
  await pass(client);
  expect([documentsOf(number), asked.create, (await it.order(number))?.sync_status]).toEqual([1, 1, "SYNCED"]);
});

const json = { "content-type": "application/json" };
test.each<[string, (request: Request, told: object) => Response]>([
  ["a 500", (request) => HttpResponse.json({}, { status: 500, headers: echo(request) })],
  ["a 503", () => new HttpResponse(null, { status: 503 })],
  ["a 524", () => new HttpResponse(null, { status: 524 })],
  [
    "another request's answer",
    (_, told) => HttpResponse.json(told, { status: 201, headers: { "x-request-id": "another" } }),
  ],
  ["a page", (request) => new HttpResponse("<html>", { headers: { "content-type": "text/html", ...echo(request) } })],
  ["half an answer", (request) => new HttpResponse('{"docum', { headers: { ...json, ...echo(request) } })],
  [
    "too long an answer",
    (request) => new HttpResponse(" ".repeat(3_000_000), { headers: { ...json, ...echo(request) } }),
  ],
  ["a reset", () => HttpResponse.error()],
])(
  "%s to a POST may be of somebody in between: it is under way for twenty seconds, and not sent beside itself",
  async (_, answer) => {
    state.careless = true;
    const booked: Array<() => void> = [];
    const client = await open([
      http.post("*/api/v1/orders", async ({ request }) => {
        const order = orderShape.parse(await request.clone().json());
        booked.push(() => void state.receive(order));
        return answer(request, {
          document: "SO-X",
          reference: order.reference,
          partner: order.partner,
          total: order.total,
          credit: { ok: true, message: null },
          lines: [],
        });
      }),
    ]);
    const number = await database.placeOrder();
    await pass(client);
    await it.pass(number, 10);
    await pass(client);
    expect([booked.length, documentsOf(number), asked.find]).toEqual([1, 0, 1]);
    booked[0]!();
    await it.pass(number, 15);
    await pass(client);
    expect([booked.length, documentsOf(number), (await it.order(number))?.sync_status]).toEqual([1, 1, "SYNCED"]);
  },
);

test("what was turned away unread is sent again without waiting", async () => {
  let calls = 0;
  const client = await open([
    http.post("*/api/v1/orders", ({ request }) =>
      (calls += 1) > 1 ? undefined : HttpResponse.json({}, { status: 429, headers: echo(request) }),
    ),
  ]);
  const number = await database.placeOrder();
  await pass(client);
  expect(await it.syncOf(number)).toMatchObject({ posted: false, strikes: 1 });
  await it.pass(number, 5);
  await pass(client);
  expect([calls, (await it.order(number))?.sync_status]).toEqual([2, "SYNCED"]);
});

test("one bad order never blocks the rest: its 500 is its own, and in the end staff's", async () => {
  const bad = await database.placeOrder();
  const client = await open([
    http.post("*/api/v1/orders", async ({ request }) =>
      fieldOf(await request.clone().json(), "reference") === bad
        ? HttpResponse.json({}, { status: 500, headers: echo(request) })
        : undefined,
    ),
  ]);
  const good = [];
  for (let n = 0; n < 12; n += 1) good.push(await database.placeOrder());
  await pass(client);
  for (const number of good) expect(await it.order(number)).toMatchObject({ sync_status: "SYNCED" });
  expect(await it.syncOf(bad)).toMatchObject({ strikes: 1, done: false, last_error: "status: status 500" });
  for (let n = 0; n < 5; n += 1) {
    await database.one("update app.erp_circuit set last_ok_at = clock_timestamp()");
    await it.pass(bad, 300);
    await pass(client);
  }
  expect(await it.order(bad)).toMatchObject({ sync_status: "FAILED" });
  expect(await it.result(bad)).toMatchObject({
    error: "status: status 500",
    result: "ERROR",
    retriable: true,
    resolution: null,
  });
});

test("the orders of one run settle beside each other", async () => {
  const numbers: string[] = [];
  for (let n = 0; n < 20; n += 1) numbers.push(await database.placeOrder());
  await it.begin("COMMAND");
  await pass(await open());
  for (const number of numbers) expect(await it.syncOf(number)).toMatchObject({ strikes: 0, attempts: 1, done: true });
  expect(await it.run()).toMatchObject({ total: 20, finished: true });
});

test("a slow order takes one place of five, and the others go on", async () => {
  const slow = await database.placeOrder();
  let freed = () => {};
  const held = new Promise<void>((resolve) => (freed = resolve));
  const client = await open([
    http.post("*/api/v1/orders", async ({ request }) => {
      if (fieldOf(await request.clone().json(), "reference") === slow) await held;
      return undefined;
    }),
  ]);
  const others = [];
  for (let n = 0; n < 12; n += 1) others.push(await database.placeOrder());
  const passing = pass(client);
  for (const number of others)
    await until(async () => expect(await it.order(number)).toMatchObject({ sync_status: "SYNCED" }));
  expect(await it.order(slow)).toMatchObject({ sync_status: "PENDING_SYNC" });
  freed();
  await passing;
  expect(await it.order(slow)).toMatchObject({ sync_status: "SYNCED" });
});

test("what the ERP says is compared and settled: short, no credit, refused, twice", async () => {
  const client = await open();
  const [short, refused, twice] = [
    await database.placeOrder(),
    await database.placeOrder(),
    await database.placeOrder(),
  ];
  await it.hold(short);
  await it.hold(twice);
  state.rule({ refuse: { [refused]: "tutup buku" } });
  await pass(client);
  expect(await it.order(refused)).toMatchObject({ sync_status: "FAILED" });
  expect(await it.result(refused)).toMatchObject({
    error: "422: tutup buku",
    result: "ERROR",
    retriable: false,
    resolution: null,
  });

  await it.hold(short, false);
  state.rule({ stock: { "AB-001": 1 } });
  await pass(client);
  expect(await it.order(short)).toMatchObject({ sync_status: "SYNCED" });
  const said = await database.one(
    `
      select result, difference, erp from app.reconcile_results r join app.orders o on o.id = r.order_id
        where o.number = $1`,
    [short],
  );
  expect(said).toMatchObject({
    result: "SHORT",
    difference: { lines: [{ sku: "AB-001", missing: 2, price: 0 }] },
    erp: { total: 1_350_000, credit: { ok: true } },
  });

  await it.hold(twice, false);
  state.mode = "garbage";
  await pass(client);
  state.mode = "up";
  state.keyIn(twice);
  await it.pass(twice, 60);
  await pass(client);
  expect(await it.result(twice)).toMatchObject({ result: "DUPLICATE" });
  expect((await it.syncOf(twice))?.last_error).toMatch(/^SEVERAL_DOCUMENTS SO-\S+, SO-\S+$/);
});

test("an ended order is only looked up", async () => {
  const number = await database.placeOrder();
  const client = await open([], gate, 500);
  state.mode = "hang";
  await pass(client);
  state.mode = "up";
  await it.end(number);
  await it.pass(number, 60);
  await pass(client);
  expect(asked.create).toBe(1);
  expect(await it.task(number)).toMatchObject({ document: state.find(number)[0]?.document });
});

test("an open breaker gives every order back untried, and the pass ends", async () => {
  const numbers = [await database.placeOrder(), await database.placeOrder()];
  const client = await open([], () => Promise.reject(new ErpClosed()));
  expect(await pass(client)).toBeGreaterThan(0);
  for (const number of numbers)
    expect(await it.syncOf(number)).toMatchObject({ attempts: 0, strikes: 0, done: false, leased: null });
});

test("a worker told to stop ends what is under way and gives the rest back", async () => {
  const stopping = new AbortController();
  const numbers: string[] = [];
  for (let n = 0; n < 8; n += 1) numbers.push(await database.placeOrder());
  const client = await open([http.post("*/api/v1/orders", () => void stopping.abort())]);
  await pass(client, stopping.signal);
  const syncs = await Promise.all(numbers.map((number) => it.syncOf(number)));
  const done = syncs.filter((sync) => sync?.done).length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThanOrEqual(5);
  for (const sync of syncs) if (!sync?.done) expect(sync).toMatchObject({ leased: null, posted: false });
});

test("words that the database cannot store do not stop the others", async () => {
  const [odd, good] = [await database.placeOrder(), await database.placeOrder()];
  const client = await open([
    http.post("*/api/v1/orders", async ({ request }) =>
      fieldOf(await request.clone().json(), "reference") === odd
        ? HttpResponse.json({ message: "tidak \u0000 bisa" }, { status: 409, headers: echo(request) })
        : undefined,
    ),
  ]);
  await pass(client);
  expect(await it.result(odd)).toMatchObject({ result: "ERROR", error: "409: tidak bisa" });
  expect(await it.order(good)).toMatchObject({ sync_status: "SYNCED" });
});
