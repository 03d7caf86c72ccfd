import { expect, test } from "vitest";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { incidents, look, quiet, stateOf } from "./detectors-support.ts";

const one = "00000000-0000-4000-8000-000000000001";
const two = "00000000-0000-4000-8000-000000000002";
const note = (db: TestDb, id: string, what: string, began: number, ended: number | null, told = false) =>
  db.as(null, () =>
    db.sql.query("select app.note_outage($1, 'WATCHER', $2, $3, $4, $5)", [id, what, began, ended, told]),
  );
const uptime = (db: TestDb, down: boolean) => db.as(null, () => db.sql.query("select app.note_uptime($1)", [down]));
const sent = (db: TestDb) =>
  db.rows(`
    select n.kind, n.state from app.notifications n join app.incidents i on i.id = n.incident_id
     where i.dedup_key like '%-down' and n.channel = 'SLACK' order by n.id`);

test(
  "an outage of the database is written once when it is over: one incident, resolved, that began when it began",
  rolledBack(async (db) => {
    await quiet(db);
    await db.sql.query("select jobs.declare_notification_channels('{SLACK,MAIL}')");
    for (let time = 0; time < 3; time += 1) await note(db, one, "DATABASE", 1200, 60, true);
    expect(await incidents(db, "database-down")).toEqual([
      { severity: 1, state: "RESOLVED", cause: "DATABASE_DOWN", round: 1 },
    ]);
    expect(
      await db.row(`
        select extract(epoch from now() - opened_at)::int as ago, resolved_by, repeats from app.incidents
         where dedup_key = 'database-down'`),
    ).toEqual({ ago: 1200, resolved_by: "SYSTEM", repeats: 0 });
    // The watcher has told people: they do not hear of it again, and nobody's timer rings for what is over.
    expect(await sent(db)).toEqual([
      { kind: "OPENED", state: "SENT" },
      { kind: "RESOLVED", state: "SENT" },
    ]);
    const ref = await db.value("select ref from app.incidents where dedup_key = 'database-down'");
    await db.sql.query("select jobs.ring_timers(100)");
    expect(await db.rows("select kind from app.timers where about = $1 and fired_at is not null", [ref])).toEqual([]);
    // What was SEV-1 wants a post-mortem.
    expect(await db.value("select count(*)::int from app.tasks where dedup_key = $1", [`post-mortem/${ref}`])).toBe(1);
    expect(await stateOf(db, "database-down")).toMatchObject({ times: 1, broken: false });
  }),
);

test(
  "where the watcher could tell nobody, the message is ours to send",
  rolledBack(async (db) => {
    await quiet(db);
    await db.sql.query("select jobs.declare_notification_channels('{SLACK,MAIL}')");
    await note(db, one, "WORKER", 40, null);
    expect(await sent(db)).toEqual([{ kind: "OPENED", state: "PENDING" }]);
    expect(await incidents(db, "worker-down")).toMatchObject([{ severity: 2, state: "DETECTED" }]);
    await note(db, one, "WORKER", 100, 0);
    await note(db, one, "WORKER", 200, 100);
    expect(await incidents(db, "worker-down")).toMatchObject([{ state: "RESOLVED", round: 1 }]);
  }),
);

test(
  "a service outside and the watcher see the same: one incident, over when the last of them sees it up",
  rolledBack(async (db) => {
    await quiet(db);
    await uptime(db, true);
    await uptime(db, true);
    await note(db, two, "SITE", 30, null);
    expect(await incidents(db, "site-down")).toMatchObject([{ severity: 1, state: "DETECTED" }]);
    expect(await db.value("select count(*)::int from app.outages")).toBe(2);
    await uptime(db, false);
    expect(await incidents(db, "site-down")).toMatchObject([{ state: "DETECTED" }]);
    await note(db, two, "SITE", 60, 0);
    expect(await incidents(db, "site-down")).toMatchObject([{ state: "RESOLVED" }]);
    // Up, though nobody said down: nothing.
    await uptime(db, false);
    expect(await incidents(db, "site-down")).toMatchObject([{ state: "RESOLVED", round: 1 }]);
  }),
);

test(
  "a watcher that falls silent is seen; one that was never set up is nobody's concern",
  rolledBack(async (db) => {
    await quiet(db);
    await look(db, 5);
    expect(await stateOf(db, "database-down")).toMatchObject({ sight: "BLIND" });
    await db.as(null, () => db.sql.query("select app.note_watcher()"));
    await look(db, 15);
    expect(await stateOf(db, "database-down")).toMatchObject({ sight: "SEEN", value: 0 });
    for (let at = 4; at < 22; at += 1) await look(db, at * 60);
    expect(await db.value("select detail ->> 'blind' from app.incidents where dedup_key = 'detector-blind'")).toBe(
      "database-down site-down web-down worker-down",
    );
  }),
);

test.each([
  [one, "MOON", 1, 0],
  [one, "SITE", -1, null],
  [one, "SITE", 1, 2],
  [null, "SITE", 1, null],
])("no such outage: %s %s %s %s", (id, what, began, ended) =>
  rolledBack(async (db) => {
    expect(
      await db.stopped(null, "select app.note_outage($1, 'WATCHER', $2, $3, $4, false)", [id, what, began, ended]),
    ).toBe("BAD_INPUT");
  })(),
);
