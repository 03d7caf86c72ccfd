import { expect, test } from "vitest";
import { bucketOf } from "#app/erp/latency.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { incidents, look, quiet, stateOf } from "./detectors-support.ts";

/** Requests of one minute, so many minutes ago: how many, how many failed, and how long they took. */
type Told = { ago: number; on: string; requests: number; failed?: number; cut?: number; ms?: Record<number, number> };
const tell = (db: TestDb, { ago, on, requests, failed = 0, cut = 0, ms = {} }: Told) => {
  const [method, route] = on.split(" ");
  const histogram = Array.from({ length: 50 }, () => 0);
  for (const [time, count] of Object.entries(ms)) histogram[bucketOf(Number(time))]! += count;
  return db.sql.query(
    `insert into app.http_minutes (minute, route, method, requests, failed, slow, cut, histogram)
      values (date_trunc('minute', now()) - make_interval(mins => $1), $2, $3, $4, $5, 0, $6, $7)
      on conflict (minute, route, method) do nothing`,
    [ago, route, method, requests, failed, cut, histogram],
  );
};
const count = async (db: TestDb) => {
  await db.sql.query("update private.objective_counts set whole_at = '-infinity'");
  await db.sql.query("select jobs.count_objectives()");
};
type Budget = { total: number; bad: number; used: number | null; state: string };
const budget = (db: TestDb, name: string) =>
  db.row<Budget>("select total, bad, used::float8 as used, state from private.budgets(now()) where name = $1", [name]);
const fresh = async (db: TestDb) => {
  await quiet(db);
  await db.sql.query("delete from app.objective_slots");
};

test(
  "the company's sheet, word for word: which share of what, and how fast",
  rolledBack(async (db) => {
    const rows = await db.rows<{ name: string; target: number; ms: number | null }>(
      "select name, target::float8 as target, within_ms as ms from app.objectives order by position",
    );
    const plain = rows.filter(({ ms }) => ms === null).map(({ name, target }) => `${name} ${target}`);
    expect(plain).toEqual([
      "uptime 0.999",
      "answers 0.999",
      "order-success 0.95",
      "routing 0.99",
      "credit-accuracy 1",
      "failed-order-known 1",
    ]);
    const sheet = { health: [5, 20, 50], login: [100, 300, 500], credit: [50, 150, 300] };
    const rest = { products: [100, 300, 500], order: [200, 500, 1000] };
    expect(rows.flatMap(({ name, target, ms }) => (ms === null ? [] : [`${name} ${target} ${ms}`]))).toEqual(
      Object.entries({ ...sheet, ...rest }).flatMap(([name, [p50, p95, p99]]) => [
        `${name}-p50 0.5 ${p50}`,
        `${name}-p95 0.95 ${p95}`,
        `${name}-p99 0.99 ${p99}`,
      ]),
    );
  }),
);

test(
  "a budget is what may be bad in 30 days; of too little to say, and of what cannot be measured, nothing is kept",
  rolledBack(async (db) => {
    await fresh(db);
    await count(db);
    expect(await budget(db, "answers")).toEqual({ total: 0, bad: 0, used: null, state: "NOTHING" });
    expect(await budget(db, "routing")).toEqual({ total: 0, bad: 0, used: null, state: "NONE" });
    expect(await budget(db, "uptime")).toMatchObject({ state: "NOTHING" });
    await tell(db, { ago: 30, on: "GET /orders", requests: 999 });
    await count(db);
    expect(await budget(db, "answers")).toMatchObject({ total: 999, state: "FEW" });
    await tell(db, { ago: 60, on: "GET /orders", requests: 9001, failed: 6 });
    // Nobody's addresses, files and signs of life make no budget larger.
    for (const on of ["GET files", "GET other", "GET /api/health"]) await tell(db, { ago: 60, on, requests: 100_000 });
    // Older than 30 days.
    await tell(db, { ago: 31 * 1440, on: "GET /orders", requests: 1000, failed: 1000 });
    await count(db);
    expect(await budget(db, "answers")).toEqual({ total: 10_000, bad: 6, used: 0.6, state: "KEPT" });
    await tell(db, { ago: 90, on: "GET /orders", requests: 10, failed: 4 });
    await count(db);
    expect(await budget(db, "answers")).toMatchObject({ bad: 10, state: "KEPT" });
    await tell(db, { ago: 120, on: "GET /orders", requests: 10, failed: 1 });
    await count(db);
    expect(await budget(db, "answers")).toMatchObject({ bad: 11, state: "BROKEN" });
  }),
);

test(
  "times are counted by their bucket; an order that was cut off did not succeed",
  rolledBack(async (db) => {
    await fresh(db);
    await tell(db, { ago: 30, on: "POST /login", requests: 100, ms: { 90: 60, 280: 36, 450: 3, 900: 1 } });
    await tell(db, { ago: 30, on: "POST /checkout", requests: 100, failed: 2, cut: 2, ms: { 150: 100 } });
    await tell(db, { ago: 35, on: "POST /api/orders", requests: 100, failed: 1, ms: { 150: 100 } });
    await count(db);
    expect(await budget(db, "login-p50")).toMatchObject({ bad: 40, used: 0.8, state: "KEPT" });
    expect(await budget(db, "login-p95")).toMatchObject({ bad: 4, used: 0.8, state: "KEPT" });
    expect(await budget(db, "login-p99")).toMatchObject({ bad: 1, used: 1, state: "BROKEN" });
    expect(await budget(db, "order-success")).toMatchObject({ total: 200, bad: 5, used: 0.5, state: "KEPT" });
    for (const ms of [1, 5, 20, 50, 100, 150, 200, 300, 500, 1000, 4096, 9000])
      expect([ms, await db.value("select private.bucket_of($1)", [ms])]).toEqual([ms, bucketOf(ms) + 1]);
  }),
);

test(
  "an order that only tried is none of those that were to succeed, whichever is told first",
  rolledBack(async (db) => {
    await fresh(db);
    const tried = (ok: boolean, step: string, ago: number) =>
      db.sql.query(
        `insert into app.journey_runs (kind, ok, step, status, ms, at)
           values ('ORDER', $1, $2, 303, 90, date_trunc('minute', now()) - make_interval(mins => $3))`,
        [ok, step, ago],
      );
    await tell(db, { ago: 30, on: "POST /checkout", requests: 102, failed: 4 });
    await tell(db, { ago: 60, on: "POST /checkout", requests: 1, failed: 1 });
    await count(db);
    expect(await budget(db, "order-success")).toMatchObject({ total: 103, bad: 5 });
    await tried(true, "SEND", 30);
    await tried(false, "SEND", 30);
    await tried(false, "SEND", 60);
    // It came no further than to the cart.
    await tried(false, "CART", 30);
    await count(db);
    expect(await budget(db, "order-success")).toMatchObject({ total: 100, bad: 3 });
    expect(await budget(db, "answers")).toMatchObject({ total: 103, bad: 5 });
  }),
);

test(
  "what was told late is counted in its place, and what was counted is not counted twice",
  rolledBack(async (db) => {
    await fresh(db);
    await tell(db, { ago: 20, on: "GET /orders", requests: 2000 });
    await count(db);
    await db.sql.query("select jobs.count_objectives()");
    expect(await budget(db, "answers")).toMatchObject({ total: 2000 });
    // A process that could not reach the database for half a day.
    await tell(db, { ago: 700, on: "GET /cart", requests: 500, failed: 1 });
    await db.sql.query("select jobs.count_objectives()");
    expect(await budget(db, "answers"), "control: not yet").toMatchObject({ total: 2000 });
    await db.sql.query("update private.objective_counts set whole_at = now() - interval '61 minutes'");
    await db.sql.query("select jobs.count_objectives()");
    expect(await budget(db, "answers")).toMatchObject({ total: 2500, bad: 1 });
  }),
);

test(
  "uptime is minutes that somebody watched, and minutes that he saw nobody answer",
  rolledBack(async (db) => {
    await fresh(db);
    await db.sql.query("insert into private.watch_reports (source, at) values ('WATCHER', now())");
    await count(db);
    const watched = await budget(db, "uptime");
    expect([watched.total > 0, watched.total <= 20, watched.bad]).toEqual([true, true, 0]);
    const id = await db.value<number>("select private.open_incident(1, 'SITE_DOWN', 'site-down', null)");
    await db.sql.query(
      `insert into app.outages (id, source, what, began_at, ended_at, incident_id)
        values (gen_random_uuid(), 'WATCHER', 'SITE', now() - interval '3 hours', now() - interval '2 hours', $1)`,
      [id],
    );
    await count(db);
    const { bad, state } = await budget(db, "uptime");
    expect([bad >= 60 && bad <= 61, state]).toEqual([true, "BROKEN"]);
  }),
);

test(
  "a failed order is known when its incident is there within five minutes",
  rolledBack(async (db) => {
    await fresh(db);
    await tell(db, { ago: 40, on: "POST /checkout", requests: 3, failed: 1 });
    await db.sql.query("select private.open_incident(2, 'ORDERS_FAILING', 'orders-failing', null)");
    await db.sql.query(
      "update app.incidents set opened_at = now() - interval '38 minutes' where dedup_key = 'orders-failing'",
    );
    await count(db);
    expect(await budget(db, "failed-order-known")).toEqual({ total: 1, bad: 0, used: 0, state: "KEPT" });
    await tell(db, { ago: 60, on: "POST /checkout", requests: 3, failed: 1 });
    await count(db);
    expect(await budget(db, "failed-order-known")).toEqual({ total: 2, bad: 1, used: 1, state: "BROKEN" });
  }),
);

/** So many of each 100 requests fail, in every fifth minute of a stretch. */
async function burn(db: TestDb, { from, until, failed }: { from: number; until: number; failed: number }) {
  for (let ago = from; ago > until; ago -= 5) await tell(db, { ago, on: "GET /orders", requests: 1000, failed });
}
const rules = ["budget-burning-fast", "budget-burning", "budget-burning-slowly"] as const;
const broken = async (db: TestDb) => {
  const states = await Promise.all(rules.map((rule) => stateOf(db, rule)));
  return rules.filter((_, at) => states[at]!.broken);
};

test.each([
  ["20 of 1000 for an hour: 20 times as fast", { from: 70, until: 0, failed: 20 }, ["budget-burning-fast"], 2],
  ["8 of 1000 for six hours", { from: 390, until: 0, failed: 8 }, ["budget-burning"], 2],
  ["2 of 1000 for three days", { from: 4320, until: 0, failed: 2 }, ["budget-burning-slowly"], 3],
  ["1 of 2000 for three days is what may be", { from: 4320, until: 0, failed: 0 }, [], null],
  ["a bad hour that has been over for ten minutes burns no more", { from: 80, until: 12, failed: 20 }, [], null],
] as const)("%s", (_, stretch, set, severity) =>
  rolledBack(async (db) => {
    await fresh(db);
    await burn(db, { from: 4320, until: stretch.from, failed: 0 });
    await burn(db, stretch);
    if (stretch.until > 0) await burn(db, { from: stretch.until, until: 0, failed: 0 });
    await count(db);
    await look(db, 5);
    expect(await broken(db)).toEqual(set);
    const found = await incidents(db, "error-budget");
    expect(found.map((one) => one.severity)).toEqual(severity === null ? [] : [severity]);
  })(),
);

test(
  "nobody counts: what burns cannot be seen; three failures of a quiet night are too few",
  rolledBack(async (db) => {
    await fresh(db);
    await tell(db, { ago: 3, on: "GET /orders", requests: 15, failed: 10 });
    await count(db);
    await look(db, 5);
    expect(await stateOf(db, "budget-burning-fast")).toMatchObject({ sight: "FEW", broken: false });
    await db.sql.query("update private.objective_counts set counted_at = now() - interval '4 minutes'");
    await look(db, 15);
    expect(await stateOf(db, "budget-burning-fast")).toMatchObject({ sight: "BLIND" });
  }),
);

test(
  "who is no staff reads no budget",
  rolledBack(async (db) => {
    expect(await db.stopped(people.budi, "select app.error_budgets()")).toBe("DENIED");
    expect(await db.stopped(people.auditor, "select app.error_budgets()")).toBeNull();
  }),
);
