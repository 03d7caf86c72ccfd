import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const channels = (db: TestDb, ...names: string[]) =>
  db.sql.query("select jobs.declare_notification_channels($1)", [names]);
const open = (db: TestDb, severity: number, key = "uji/1") =>
  db.value<number>("select private.open_incident($1, 'ERP_DOWN', $2, null)", [severity, key]);
const told = (db: TestDb) => db.rows("select kind, channel, target, state from app.notifications order by id");
/** A person who has a post from some days before today to some days after; his number. */
async function onDuty(db: TestDb, post: string, name: string, phone: string | null, from = -1, to: number | null = 1) {
  return db.as(people.admin, async () => {
    const id = await db.value<string>("select app.save_responder(null, $1, $2, $3, 'id', true)", [
      name,
      `${name.toLowerCase()}@demo.test`,
      phone,
    ]);
    await db.sql.query(
      `select app.put_on_duty($1, $2, day + $3::int, day + $4::int)
         from (select (now() at time zone 'Asia/Jakarta')::date as day) today`,
      [id, post, from, to],
    );
    return String(id);
  });
}
const claim = (db: TestDb, channel: string) =>
  db.rows<{ id: number; ticket: number; target: string; address: string | null; kind: string }>(
    "select id, ticket, target, address, kind from jobs.claim_notifications($1, 10)",
    [channel],
  );
const settle = (
  db: TestDb,
  { id, ticket }: { id: number; ticket: number },
  outcome: string,
  after: number | null = null,
) => db.sql.query("select jobs.settle_notification($1, $2, $3, null, 'HTTP 500', $4)", [id, ticket, outcome, after]);
/** Its patience is over: as if it had been written an hour ago. */
const grownOld = (db: TestDb) =>
  db.sql.query(
    `update app.notifications set created_at = now() - interval '1 hour', next_attempt_at = now()
      where state = 'PENDING'`,
  );

test(
  "a flood of equal failures is one incident, one message, and one line of its story a minute",
  rolledBack(async (db) => {
    await channels(db, "SLACK", "MAIL", "SMS");
    await db.sql.query(
      "select count(private.open_incident(1, 'ERP_DOWN', 'uji/1', null)) from generate_series(1, 1000)",
    );
    expect(await db.value("select repeats from app.incidents where dedup_key = 'uji/1'")).toBe(999);
    expect(await db.value("select count(*)::int from app.incident_events where kind = 'SEEN_AGAIN'")).toBe(1);
    expect(await told(db)).toEqual([{ kind: "OPENED", channel: "SLACK", target: "critical", state: "PENDING" }]);
  }),
);

test(
  "each level has its channel; a graver one is told again, and nothing of the same within half an hour",
  rolledBack(async (db) => {
    await channels(db, "SLACK", "MAIL");
    await open(db, 4);
    expect(await told(db)).toEqual([]);
    await open(db, 3);
    await open(db, 2);
    await open(db, 1);
    expect((await told(db)).map(({ kind, target }) => [kind, target])).toEqual([
      ["RAISED", "warning"],
      ["RAISED", "production"],
      ["RAISED", "critical"],
    ]);
    // It comes and goes: its end is told, and not each of its beginnings.
    for (let time = 0; time < 5; time++) {
      await db.sql.query("select private.resolve_incident('uji/1')");
      await open(db, 1);
    }
    expect((await told(db)).filter(({ target }) => target === "critical").map(({ kind }) => kind)).toEqual([
      "RAISED",
      "RESOLVED",
    ]);
    await db.sql.query("update app.notifications set created_at = created_at - interval '31 minutes'");
    await db.sql.query("select private.resolve_incident('uji/1')");
    await db.sql.query("update app.notifications set created_at = created_at - interval '31 minutes'");
    await open(db, 1);
    expect((await told(db)).filter(({ target }) => target === "critical").map(({ kind }) => kind)).toEqual([
      "RAISED",
      "RESOLVED",
      "RESOLVED",
      "REOPENED",
    ]);
  }),
);

test(
  "without Slack it goes to whoever is on duty by mail: today, by the calendar of Jakarta, each person once",
  rolledBack(async (db) => {
    await channels(db, "MAIL");
    const both = await onDuty(db, "ENG_LEAD", "Budi", "0812 3456 7890");
    await db.as(people.admin, () =>
      db.sql.query("select app.put_on_duty($1, 'OPS_MANAGER', current_date - 3, null)", [both]),
    );
    await onDuty(db, "ENG_LEAD", "Maya", null, -9, -1);
    await onDuty(db, "ENG_LEAD", "Sari", null, 1, 9);
    const gone = await onDuty(db, "OPS_MANAGER", "Agus", null);
    const line = await db.value("select id from app.rota where responder_id = $1", [gone]);
    await db.as(people.admin, () => db.sql.query("select app.end_duty($1)", [line]));
    await open(db, 2);
    // It comes and goes: nobody gets a mail each time.
    for (let time = 0; time < 5; time++) {
      await db.sql.query("select private.resolve_incident('uji/1')");
      await open(db, 2);
    }
    expect(await db.rows("select channel, target, address, language from app.notifications")).toEqual([
      { channel: "MAIL", target: both, address: "budi@demo.test", language: "id" },
    ]);
  }),
);

test(
  "Slack is down: mail takes over, and SMS when that fails too; what has no further channel is FAILED and found",
  rolledBack(async (db) => {
    await channels(db, "SLACK", "MAIL", "SMS");
    const withPhone = await onDuty(db, "CTO", "Budi", "0812 3456 7890");
    const without = await onDuty(db, "CIO", "Maya", null);
    await open(db, 1);
    const [slack] = await claim(db, "SLACK");
    await settle(db, slack!, "RETRY");
    expect(await claim(db, "SLACK")).toEqual([]); // Not before its pause is over.
    await grownOld(db);
    const [again] = await claim(db, "SLACK");
    expect(again?.id).toBe(slack!.id);
    await settle(db, slack!, "ACCEPTED"); // A ticket of before: it settles nothing.
    await settle(db, again!, "RETRY");
    expect((await told(db)).map(({ channel, target, state }) => [channel, target, state])).toEqual([
      ["SLACK", "critical", "REPLACED"],
      ["MAIL", withPhone, "PENDING"],
      ["MAIL", without, "PENDING"],
    ]);
    for (const mail of await claim(db, "MAIL")) await settle(db, mail, "REFUSED");
    expect((await told(db)).slice(1).map(({ channel, target, state }) => [channel, target, state])).toEqual([
      ["MAIL", withPhone, "REPLACED"],
      ["MAIL", without, "FAILED"],
      ["SMS", withPhone, "PENDING"],
    ]);
    const [sms] = await claim(db, "SMS");
    expect(sms?.address).toBe("6281234567890");
    await settle(db, sms!, "ACCEPTED");
    expect((await db.rows("select finding from jobs.audit_notifications()")).map(({ finding }) => finding)).toEqual([
      "NOTIFICATION_FAILED",
    ]);
  }),
);

test(
  "the provider says when to come again, and is obeyed",
  rolledBack(async (db) => {
    await channels(db, "SLACK", "MAIL");
    await open(db, 1);
    const [slack] = await claim(db, "SLACK");
    await settle(db, slack!, "RETRY", 20);
    expect(await db.value("select extract(epoch from next_attempt_at - now())::int from app.notifications")).toBe(20);
  }),
);

test(
  "who dies with a message in his hands loses it to the next after 30 seconds",
  rolledBack(async (db) => {
    await channels(db, "SLACK", "MAIL");
    await open(db, 2);
    const [first] = await claim(db, "SLACK");
    expect(await claim(db, "SLACK")).toEqual([]);
    expect(await db.value("select extract(epoch from next_attempt_at - now())::int from app.notifications")).toBe(30);
    await db.sql.query("update app.notifications set next_attempt_at = now()");
    const [second] = await claim(db, "SLACK");
    expect([second!.id, second!.ticket === first!.ticket]).toEqual([first!.id, false]);
    await settle(db, first!, "ACCEPTED");
    expect(await told(db)).toMatchObject([{ state: "PENDING" }]);
    await settle(db, second!, "ACCEPTED");
    expect(await told(db)).toMatchObject([{ state: "SENT" }]);
  }),
);

test(
  "the process that opened a SEV-1 may take that one message, and settle no other",
  rolledBack(async (db) => {
    await channels(db, "SLACK", "MAIL");
    await open(db, 2, "uji/2");
    await open(db, 1);
    const [mine, ...rest] = await db.as(null, () =>
      db.rows<{ id: number; ticket: number; target: string }>(
        "select id, ticket, target from app.claim_urgent_notification()",
      ),
    );
    expect([mine?.target, rest]).toEqual(["critical", []]);
    expect(await db.as(null, () => db.rows("select id from app.claim_urgent_notification()"))).toEqual([]);
    const done = "select app.settle_urgent_notification($1, $2, 'ACCEPTED', null)";
    await db.as(null, () => db.sql.query(done, [mine!.id, mine!.ticket + 1]));
    await db.as(null, () => db.sql.query(done, [mine!.id, 1]));
    expect((await told(db)).map(({ state }) => state)).toEqual(["PENDING", "PENDING"]);
    await db.as(null, () => db.sql.query(done, [mine!.id, mine!.ticket]));
    expect((await told(db)).map(({ target, state }) => [target, state])).toEqual([
      ["production", "PENDING"],
      ["critical", "SENT"],
    ]);
  }),
);

test(
  "the auditor proves each minute that nothing was forgotten, and finds what was",
  rolledBack(async (db) => {
    await channels(db, "SLACK", "MAIL");
    const findings = async () =>
      (await db.rows<{ finding: string }>("select finding from jobs.audit_notifications()")).map(
        ({ finding }) => finding,
      );
    const id = await open(db, 4);
    await db.sql.query("update app.incidents set opened_at = now() - interval '21 minutes' where id = $1", [id]);
    expect(await findings()).toEqual([]);
    await db.sql.query("select private.set_severity($1, 1, 'ADM-001', '{}')", [id]);
    expect(await findings()).toEqual(["TIMER_LATE", "TIMER_LATE", "TIMER_LATE"]);
    await db.sql.query("select jobs.ring_timers(10)");
    expect(await findings()).toEqual([]);
    await db.sql.query("savepoint here");
    await db.sql.query("update app.notifications set created_at = now() - interval '10 minutes'");
    expect(await findings()).toEqual(Array(5).fill("NOTIFICATION_LATE"));
    await db.sql.query("rollback to savepoint here");
    // Somebody fires a timer by hand and tells nobody.
    await db.sql.query("update app.timers set fired_at = now() - interval '1 minute' where step = 3 and severity = 1");
    expect(await findings()).toEqual(["TIMER_UNTOLD"]);
    await db.sql.query('select jobs.note_notifications_broken(\'[{"finding":"TIMER_UNTOLD","about":"INC"}]\')');
    expect(await db.value("select severity from app.incidents where cause = 'NOTIFICATIONS_BROKEN'")).toBe(2);
    await db.sql.query("select jobs.note_notifications_broken('[]')");
    expect(await db.value("select state from app.incidents where cause = 'NOTIFICATIONS_BROKEN'")).toBe("RESOLVED");
  }),
);

test(
  "who is told is an admin's to say; a wrong address or number is refused at its field",
  rolledBack(async (db) => {
    const save = "select app.save_responder(null, $1, $2, $3, 'id', true)";
    const good = ["Budi", "budi@demo.test", ""];
    for (const who of [people.auditor, people.sari, people.budi])
      expect(await db.stopped(who, save, good)).toBe("DENIED");
    expect(await db.stopped(people.admin, save, good)).toBeNull();
    expect(await db.stopped(people.admin, save, [" ", "budi@demo.test", ""])).toBe("NAME");
    expect(await db.stopped(people.admin, save, ["Budi", "budi", ""])).toBe("EMAIL");
    expect(await db.stopped(people.admin, save, ["Budi", "budi@demo.test", "12"])).toBe("PHONE");
    const id = await onDuty(db, "CTO", "Budi", null);
    expect(await db.stopped(people.admin, save, ["Lain", "BUDI@demo.test", ""])).toBe("TAKEN");
    const put = "select app.put_on_duty($1, $2, $3, $4)";
    expect(await db.stopped(people.admin, put, [id, "BOSS", "2026-12-01", null])).toBe("POST");
    expect(await db.stopped(people.admin, put, [id, "CTO", "2026-12-02", "2026-12-01"])).toBe("DAYS");
    expect(await db.stopped(people.admin, put, [999999, "CTO", "2026-12-01", null])).toBe("PERSON");
    expect(await db.stopped(people.auditor, put, [id, "CTO", "2026-12-01", null])).toBe("DENIED");
  }),
);
