import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { incidents, look, minute, quiet, stateOf } from "./detectors-support.ts";

const fail = (db: TestDb, at: number, failed: number, requests = 100) =>
  minute(db, at, { requests, failed }, "POST /checkout");
/** Looks every half minute, so many minutes long. */
async function watch(db: TestDb, from: number, minutes: number, how = {}) {
  for (let second = from * 60 + 5; second < (from + minutes) * 60; second += 30) await look(db, second, how);
}
const events = async (db: TestDb, key: string) =>
  (
    await db.rows<{ kind: string }>(
      `select e.kind from app.incident_events e join app.incidents i on i.id = e.incident_id
        where i.dedup_key = $1 order by e.id`,
      [key],
    )
  ).map(({ kind }) => kind);

test(
  "one failed order is SEV-2, many are SEV-1 of the same incident, and it ends with the last rule, never closed",
  rolledBack(async (db) => {
    await quiet(db);
    await fail(db, 0, 1);
    await look(db, 5);
    expect(await incidents(db, "orders-failing")).toMatchObject([{ severity: 2, state: "DETECTED" }]);
    await fail(db, 1, 40, 60);
    await look(db, 65);
    expect(await incidents(db, "orders-failing")).toMatchObject([{ severity: 1, state: "DETECTED", round: 1 }]);
    expect(await events(db, "orders-failing")).toEqual(["OPENED", "RAISED", "SEEN_AGAIN"]);
    // What failed leaves the window after six minutes, and ten clean ones follow.
    await watch(db, 2, 14);
    expect(await incidents(db, "orders-failing")).toMatchObject([{ state: "DETECTED" }]);
    await watch(db, 16, 2);
    expect(await incidents(db, "orders-failing")).toMatchObject([{ severity: 1, state: "RESOLVED" }]);
    expect(await db.value("select resolved_by from app.incidents where dedup_key = 'orders-failing'")).toBe("SYSTEM");
  }),
);

test(
  "another order that fails while it is open is counted, and a long one is not counted at each look",
  rolledBack(async (db) => {
    await quiet(db);
    await fail(db, 0, 1);
    await watch(db, 0, 3);
    const repeats = () => db.value("select repeats from app.incidents where dedup_key = 'orders-failing'");
    expect(await repeats()).toBe(0);
    await fail(db, 3, 2);
    await watch(db, 3, 2);
    expect(await repeats()).toBe(1);
  }),
);

test(
  "called over by a person while it goes on: it has its calm time to show so, then it is open again",
  rolledBack(async (db) => {
    await quiet(db);
    await fail(db, 0, 1);
    await look(db, 5);
    const ref = await db.value("select ref from app.incidents where dedup_key = 'orders-failing'");
    await db.as(people.admin, () => db.sql.query("select app.resolve_incident($1, 'sudah dipulihkan')", [ref]));
    for (let at = 1; at < 12; at += 1) await fail(db, at, 1);
    await watch(db, 1, 8);
    expect(await incidents(db, "orders-failing")).toMatchObject([{ state: "RESOLVED", round: 1 }]);
    await watch(db, 9, 4);
    expect(await incidents(db, "orders-failing")).toMatchObject([{ state: "CLASSIFIED", round: 2 }]);
  }),
);

test(
  "who cannot see stays as he was, and after a quarter of an hour that is an incident of its own, which ends with it",
  rolledBack(async (db) => {
    await quiet(db);
    await fail(db, 0, 1);
    await look(db, 5);
    await watch(db, 1, 15, { web: false });
    expect(await stateOf(db, "order-failed")).toEqual({ sight: "BLIND", value: 1, broken: true, times: 1 });
    expect(await incidents(db, "detector-blind")).toEqual([]);
    await watch(db, 16, 2, { web: false });
    expect(await incidents(db, "detector-blind")).toMatchObject([{ severity: 3, state: "DETECTED" }]);
    expect(await db.value("select detail ->> 'blind' from app.incidents where dedup_key = 'detector-blind'")).toMatch(
      /order-failed/,
    );
    // An hour of silence resolves nothing.
    await watch(db, 18, 30, { web: false });
    expect(await incidents(db, "orders-failing")).toMatchObject([{ state: "DETECTED" }]);
    await watch(db, 48, 3);
    expect(await incidents(db, "detector-blind")).toMatchObject([{ state: "RESOLVED" }]);
    expect(await incidents(db, "orders-failing")).toMatchObject([{ state: "DETECTED" }]);
    await watch(db, 51, 8);
    expect(await incidents(db, "orders-failing")).toMatchObject([{ state: "RESOLVED" }]);
  }),
);

test(
  "what never saw anything is not set up, and nobody is woken for it",
  rolledBack(async (db) => {
    await quiet(db);
    await db.sql.query("update app.detector_states set blind_since = now() - interval '1 day'");
    await watch(db, 0, 2, { web: false });
    expect(await incidents(db, "detector-blind")).toEqual([]);
  }),
);

test.each([3600, -3600, 60])(
  "the clock jumps by %i seconds: a SEV-3, nothing else is judged across it, and it ends by itself",
  (jump) =>
    rolledBack(async (db) => {
      await quiet(db);
      await fail(db, 0, 1);
      await look(db, 5, { jump });
      expect(await incidents(db, "clock-jump")).toMatchObject([{ severity: 3, state: "DETECTED" }]);
      expect(await db.value("select detail ->> 'seconds' from app.incidents where dedup_key = 'clock-jump'")).toBe(
        String(jump),
      );
      expect(await incidents(db, "orders-failing")).toEqual([]);
      await look(db, 15);
      expect(await incidents(db, "orders-failing")).toHaveLength(1);
      await watch(db, 1, 11);
      expect(await incidents(db, "clock-jump")).toMatchObject([{ state: "RESOLVED" }]);
    })(),
);

test(
  "a clock that runs a little off is no jump, and the first look of a process knows none",
  rolledBack(async (db) => {
    await quiet(db);
    await look(db, 5, { jump: 59 });
    await look(db, 15, { jump: null });
    expect(await incidents(db, "clock-jump")).toEqual([]);
    expect(await stateOf(db, "clock-jump")).toMatchObject({ sight: "FEW", broken: false });
  }),
);

test(
  "the worker's look tells the time by which the next one knows a jump",
  rolledBack(async (db) => {
    await quiet(db);
    const first = await db.value<string>("select jobs.look_at_detectors(null, null)::text");
    // For this process ten seconds have passed, for the database an hour and ten seconds.
    await db.sql.query("update private.detector_looks set looked_at = '-infinity'");
    await db.sql.query("select jobs.look_at_detectors($1::timestamptz - interval '1 hour 10 seconds', 10)", [first]);
    expect(await incidents(db, "clock-jump")).toHaveLength(1);
  }),
);

test("two workers look once, and one that is killed in the middle leaves nothing behind", async () => {
  const [a, b] = [await connect(), await connect()];
  try {
    const looked = (sql: typeof a) =>
      sql.query<{ n: number }>("select count(*)::int as n from app.detector_states where looked_at is not null");
    await a.query("begin");
    await a.query("select jobs.look_at_detectors(null, null)");
    expect((await looked(a)).rows[0]!.n).toBeGreaterThan(15);
    // While the first one looks the second does not wait and does not look.
    await b.query("begin");
    await b.query("select jobs.look_at_detectors(null, null)");
    expect((await looked(b)).rows[0]!.n).toBe(0);
    await b.query("rollback");
    await a.query("rollback");
    await b.query("begin");
    await b.query("select jobs.look_at_detectors(null, null)");
    const at = "select looked_at::text from private.detector_looks";
    const first = (await b.query<{ looked_at: string }>(at)).rows;
    await b.query("select jobs.look_at_detectors(null, null)");
    expect((await b.query(at)).rows).toEqual(first);
    await b.query("rollback");
  } finally {
    await a.end();
    await b.end();
  }
});

test(
  "what fails to be measured is not seen, and all else is",
  rolledBack(async (db) => {
    await quiet(db);
    await db.sql.query(
      `create or replace function private.measure_orders(p_now timestamptz) returns setof private.measure
        language plpgsql as $$ begin raise exception 'broken'; end $$`,
    );
    await look(db, 5);
    expect(await stateOf(db, "order-waiting")).toMatchObject({ sight: "BLIND" });
    expect(await stateOf(db, "stock-stuck")).toMatchObject({ sight: "SEEN" });
  }),
);
