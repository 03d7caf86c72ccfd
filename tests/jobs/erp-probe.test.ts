import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { openStand, type Stand } from "./support/erp-stand.ts";
import { openWorld, type World } from "./support/world.ts";

let world: World;
let stand: Stand;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.remove());
afterEach(() => stand.close());

const isSynced = (number: string) => until(async () => expect((await world.order(number))?.sync_status).toBe("SYNCED"));
const changes = async () =>
  (await world.one("select array_agg(state order by id) as states from app.erp_circuit_events"))?.states as
    string[] | null;
const isIdle = () =>
  until(async () =>
    expect(await world.one("select count(*)::int as n from app.feeds where wanted or pull_owner is not null")).toEqual({
      n: 0,
    }),
  );

const figures = { sku: "AB-001", warehouse: "SBY" };
const page =
  '{"snapshot":"s","taken_at":"2026-11-22T00:00:00Z","page":1,"pages":1,"total":1,"items":[' +
  `${JSON.stringify(figures).replace("}", ',"quantity":NaN}')}]}`;

test.each([
  [
    "stock without figures",
    "/api/v1/stock",
    page,
    async () => {
      await world.one("update app.feeds set wanted = true, next_try_at = now() where name = 'stock'");
      await stand.ring("feed.grown-stale.pull");
    },
  ],
  [
    "a web page in place of orders",
    "/api/v1/orders",
    "<h1>It works!</h1>",
    async () => {
      await world.one("update app.erp_pushes set next_attempt_at = now() where done_at is null");
      await stand.ring("order.placed.push");
    },
  ],
])("%s: pings are good all the while, and it stays out until that is good again", async (_fault, path, lie, again) => {
  const known = await world.placeOrder();
  stand = await openStand(world);
  await Promise.all([isSynced(known), isIdle()]);
  // no heartbeat between the failures
  await world.one("update app.erp_circuit set beat = '1 hour', next_probe_at = now() + interval '1 hour'");
  stand.lies.set(path, lie);
  await world.placeOrder();
  await until(async () => {
    await again();
    expect(await changes()).toEqual(["OPEN"]);
  }, 100);

  const probes = async () => (await world.one("select bad_probes from app.erp_circuit"))?.bad_probes as number;
  await until(async () => expect(await probes()).toBeGreaterThan(0));
  const from = stand.calls.length;
  await until(async () => expect(await probes()).toBeGreaterThan(4));
  expect(await changes()).toEqual(["OPEN"]);
  expect(new Set(stand.calls.slice(from).map((call) => call.path))).toEqual(new Set([path]));

  stand.lies.clear();
  await until(async () => expect(await changes()).toEqual(["OPEN", "HALF_OPEN", "CLOSED"]));
});
