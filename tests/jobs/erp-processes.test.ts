import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { openQueries } from "#jobs/queries.ts";
import { until } from "#tests/support/until.ts";
import { openErpFixture, type ErpFixture } from "./support/erp-fixture.ts";
import { freshDatabase } from "#tests/support/database.ts";

const database = freshDatabase();
let fixture: ErpFixture;

afterEach(() => fixture.close());

const syncStatus = async (number: string) => (await database.order(number))?.sync_status;
const circuitIs = (state: string) => until(async () => expect(await database.circuit()).toBe(state));
const changes = () =>
  database.value<string[] | null>("select array_agg(state order by id) from app.erp_circuit_events");
/** The ERP has been heard, so what comes now is about what the test does. */
const heard = () =>
  until(async () => expect((await database.one("select last_ok_at from app.erp_circuit"))?.last_ok_at).not.toBeNull());

test("figures go live and a waiting order reaches the ERP", async () => {
  const number = await database.placeOrder();
  fixture = await openErpFixture(database);

  await until(async () => expect(await syncStatus(number)).toBe("SYNCED"));
  await until(async () => expect(await database.feed("credit")).toMatchObject({ row_count: 1, live: true }));
  await until(async () =>
    expect(await database.feed("stock")).toMatchObject({ row_count: 4, live: true, last_error: null }),
  );
  expect(fixture.documentsFor(number)).toMatchObject([
    { partner: "PTR-0001", total: 1_350_000, lines: [{ sku: "AB-001", quantity: 3, unit_price: 450_000 }] },
  ]);
  expect((await database.order(number))?.erp_document).toBe(fixture.documentsFor(number)[0]?.document);
});

test("a dead ERP is out for all three processes, asked by one at a time, and alive gets each order once", async () => {
  fixture = await openErpFixture(database, 3);
  await heard();
  fixture.state.mode = "down";
  await circuitIs("OPEN");
  // A first probe later whatever was on its way when the breaker opened has come and gone.
  await until(async () =>
    expect(await database.one("select state = 'OPEN' and bad_probes > 0 as probed from app.erp_circuit")).toEqual({
      probed: true,
    }),
  );
  const opened = fixture.calls.length;
  const numbers = await Promise.all(Array.from({ length: 8 }, () => database.placeOrder()));
  await until(() => expect(fixture.calls.length).toBeGreaterThan(opened + 2));
  const probes = fixture.calls.slice(opened - 1);
  expect(new Set(probes.map(({ path }) => path)).size, "each asks the same").toBe(1);
  const gaps = probes.slice(1).map(({ at }, index) => at - probes[index]!.at);
  expect(Math.min(...gaps), "ms between two probes, of whichever process").toBeGreaterThanOrEqual(150);
  for (const number of numbers) expect(await syncStatus(number)).toBe("PENDING_SYNC");
  expect((await database.one("select sum(attempts)::int as n from app.erp_syncs where done_at is null"))?.n).toBe(0);

  fixture.state.mode = "up";
  for (const number of numbers) await until(async () => expect(await syncStatus(number)).toBe("SYNCED"));
  expect(await changes()).toEqual(["OPEN", "HALF_OPEN", "CLOSED"]);
  for (const number of numbers) expect(fixture.documentsFor(number)).toHaveLength(1);
  expect(
    await database.one(
      `
        select count(*)::int as n, bool_and(started_by = 'BREAKER') as by_itself from app.reconcile_runs
          where total = 8`,
    ),
  ).toEqual({ n: 1, by_itself: true });
});

test("an ERP that takes calls and never answers is out one deadline and a few heartbeats later", async () => {
  fixture = await openErpFixture(database, 2);
  await heard();
  const before = performance.now();
  fixture.state.mode = "hang";
  await circuitIs("OPEN");
  // Heartbeat within 100 ms, four more every 20 ms beside it, 400 ms for each to fail; the rest is this machine's
  // slowness. One after the other: 2 s.
  expect(performance.now() - before).toBeLessThan(1_500);
  const pings = fixture.calls.filter(({ path, at }) => path === "/api/v1/ping" && at > before);
  expect(pings.length).toBeGreaterThanOrEqual(5);
});

test.each(["hang", "garbage"] as const)(
  "an order booked while its answer was lost (%s) stays one document",
  async (mode) => {
    fixture = await openErpFixture(database);
    await heard();
    // no heartbeat finds it out first
    await database.one("update app.erp_circuit set beat = '1 hour', next_probe_at = now() + interval '1 hour'");
    fixture.state.mode = mode;
    const number = await database.placeOrder();
    await fixture.wake("order.placed.sync");
    await until(() => expect(fixture.documentsFor(number)).toHaveLength(1));
    fixture.state.mode = "up";

    await until(async () => expect(await syncStatus(number)).toBe("SYNCED"));
    expect(fixture.documentsFor(number)).toHaveLength(1);
  },
);

test("half a feed never replaces a whole one, and the reason is on record", async () => {
  fixture = await openErpFixture(database);
  await until(async () =>
    expect(await database.one("select count(*)::int as n from app.feeds where wanted")).toEqual({ n: 0 }),
  );
  const live = await database.one("select snapshot_id, as_of from app.feeds where name = 'stock'");
  fixture.state.mode = "partial";
  await database.one("update app.feeds set wanted = true where name = 'stock'");
  await fixture.wake("feed.grown-stale.pull");

  await until(async () => expect((await database.feed("stock"))?.last_error).toMatch(/2 rows arrived where 4/));
  expect(await database.one("select snapshot_id, as_of from app.feeds where name = 'stock'")).toEqual(live);
  expect(
    await database.one(
      "select reason, accepted, rows, snapshot from app.feed_runs where feed = 'stock' order by id desc limit 1",
    ),
  ).toEqual({
    reason: expect.stringMatching(/2 rows arrived where 4/),
    accepted: false,
    rows: 2,
    snapshot: expect.stringMatching(/^stock-/),
  });
  expect(await database.circuit()).toBe("CLOSED");
  // The control: whole again, it goes live at the next try.
  fixture.state.mode = "up";
  await until(async () =>
    expect((await database.one("select pull_owner from app.feeds where name = 'stock'"))?.pull_owner).toBeNull(),
  );
  await database.one("update app.feeds set next_try_at = now() where name = 'stock'");
  await fixture.wake("feed.grown-stale.pull");
  await until(async () =>
    expect((await database.one("select snapshot_id from app.feeds where name = 'stock'"))?.snapshot_id).not.toBe(
      live?.snapshot_id,
    ),
  );
});

test("of three processes one pulls a feed that is due, once", async () => {
  fixture = await openErpFixture(database, 3);
  await until(async () =>
    expect(await database.one("select count(*)::int as n from app.feeds where wanted")).toEqual({ n: 0 }),
  );
  const pulls = fixture.calls
    .filter(({ path }) => path !== "/api/v1/ping" && path !== "/api/v1/orders")
    .map(({ path }) => path);
  expect(pulls.sort()).toEqual(["/api/v1/credit", "/api/v1/stock"]);
});

test("of many that ask for the one probe at the same moment, one gets it", async () => {
  fixture = await openErpFixture(database, 0);
  const all = Array.from({ length: 4 }, () => openQueries(database.workerUrl));
  for (let round = 0; round < 5; round += 1) {
    await database.one("update app.erp_circuit set next_probe_at = now(), probe_until = null");
    const asked = await Promise.all(Array.from({ length: 12 }, (_, index) => all[index % 4]!.takeProbe(randomUUID())));
    expect(asked.filter(({ ticket }) => ticket !== null)).toHaveLength(1);
  }
  await Promise.all(all.map((queries) => queries.close()));
});

test("an open breaker on record stands until a new process has three good answers", async () => {
  const number = await database.placeOrder();
  fixture = await openErpFixture(database, 1, { open: true, mode: "500" });
  await until(() => expect(fixture.calls.length).toBeGreaterThan(2));
  expect(await database.circuit()).not.toBe("CLOSED");
  expect(await syncStatus(number)).toBe("PENDING_SYNC");

  fixture.state.mode = "up";
  await circuitIs("CLOSED");
  await until(async () => expect(await syncStatus(number)).toBe("SYNCED"));
  expect(fixture.documentsFor(number)).toHaveLength(1);
});
