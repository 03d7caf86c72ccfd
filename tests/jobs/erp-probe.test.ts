import { afterEach, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { openErpFixture, type ErpFixture } from "./support/erp-fixture.ts";
import { freshDatabase } from "#tests/support/database.ts";

const database = freshDatabase();
let fixture: ErpFixture;

afterEach(() => fixture.close());

const isSynced = (number: string) =>
  until(async () => expect((await database.order(number))?.sync_status).toBe("SYNCED"));
const changes = () =>
  database.value<string[] | null>("select array_agg(state order by id) from app.erp_circuit_events");
const isIdle = () =>
  until(async () =>
    expect(
      await database.one("select count(*)::int as n from app.feeds where wanted or pull_owner is not null"),
    ).toEqual({
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
      await database.one("update app.feeds set wanted = true, next_try_at = now() where name = 'stock'");
      await fixture.wake("feed.grown-stale.pull");
    },
  ],
  [
    "a web page in place of orders",
    "/api/v1/orders",
    "<h1>It works!</h1>",
    async () => {
      await database.one("update app.erp_syncs set next_attempt_at = now() where done_at is null");
      await fixture.wake("order.placed.sync");
    },
  ],
])("%s: pings are good all the while, and it stays out until that is good again", async (_fault, path, lie, again) => {
  const known = await database.placeOrder();
  fixture = await openErpFixture(database);
  await Promise.all([isSynced(known), isIdle()]);
  // no heartbeat between the failures
  await database.one("update app.erp_circuit set beat = '1 hour', next_probe_at = now() + interval '1 hour'");
  fixture.lies.set(path, lie);
  await database.placeOrder();
  await until(async () => {
    await again();
    expect(await changes()).toEqual(["OPEN"]);
  }, 100);

  const probes = () => database.value<number>("select bad_probes from app.erp_circuit");
  await until(async () => expect(await probes()).toBeGreaterThan(0));
  const from = fixture.calls.length;
  await until(async () => expect(await probes()).toBeGreaterThan(4));
  expect(await changes()).toEqual(["OPEN"]);
  expect(new Set(fixture.calls.slice(from).map((call) => call.path))).toEqual(new Set([path]));

  fixture.lies.clear();
  await until(async () => expect(await changes()).toEqual(["OPEN", "HALF_OPEN", "CLOSED"]));
});
