import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

const close = "select app.close_task($1, $2, $3)";
const task = (db: TestDb, kind: string, subject = "SLS-001", incident: number | null = null) =>
  db.value<number>("select private.open_task($1, $1 || '/uji', $2, null, $3, interval '1 day', '{\"a\":1}')", [
    kind,
    subject,
    incident,
  ]);

test(
  "a task is open once under its key, and again when it was done",
  rolledBack(async (db) => {
    const first = await task(db, "PHONE_OWNER");
    expect(await task(db, "PHONE_OWNER")).toBe(first);
    expect(await db.value("select count(*)::int from app.tasks where dedup_key = 'PHONE_OWNER/uji'")).toBe(1);
    await db.as(people.admin, () => db.sql.query(close, [first, "Sudah ditelepon", null]));
    expect(await task(db, "PHONE_OWNER")).not.toBe(first);
  }),
);

test(
  "an admin closes what is done by saying so, once and with a note",
  rolledBack(async (db) => {
    const id = await task(db, "PHONE_OWNER");
    for (const person of [people.auditor, people.sari, people.budi])
      expect(await db.stopped(person, close, [id, "Sudah ditelepon", null])).toBe("DENIED");
    expect(await db.stopped(people.admin, close, [id, " x ", null])).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.admin, close, [0, "Sudah ditelepon", null])).toBe("NOT_FOUND");
    await db.as(people.admin, () => db.sql.query(close, [id, " Sudah ditelepon ", null]));
    expect(await db.stopped(people.admin2, close, [id, "Saya juga", null])).toBe("STALE");
    expect(await db.rows("select done_by, note, decision from app.tasks where id = $1", [id])).toEqual([
      { done_by: "ADM-001", note: "Sudah ditelepon", decision: null },
    ]);
    expect(
      await db.rows("select actor_code, target_code, detail from app.audit_events where action = 'TASK_DONE'"),
    ).toEqual([{ actor_code: "ADM-001", target_code: "SLS-001", detail: { kind: "PHONE_OWNER" } }]);
  }),
);

test(
  "a review of a salesman needs a decision, which stands on the task and in its incident",
  rolledBack(async (db) => {
    const incident = await db.value<number>("select private.open_incident(3, 'ABUSE_SCORE', 'abuse/uji', 'SLS-001')");
    const id = await task(db, "REVIEW_SALESMAN", "SLS-001", incident);
    for (const decision of [null, "", "MAYBE"])
      expect(await db.stopped(people.admin, close, [id, "Sudah diperiksa", decision])).toBe("DECISION");
    await db.as(people.admin, () => db.sql.query(close, [id, "Sudah diperiksa", "ABUSE"]));
    expect(await db.value("select decision from app.tasks where id = $1", [id])).toBe("ABUSE");
    expect(
      await db.rows("select kind, actor, detail from app.incident_events where incident_id = $1 and kind = 'NOTE'", [
        incident,
      ]),
    ).toEqual([
      {
        kind: "NOTE",
        actor: "ADM-001",
        detail: { task: "REVIEW_SALESMAN", decision: "ABUSE", note: "Sudah diperiksa" },
      },
    ]);
  }),
);

test(
  "what is done on a page of its own is not closed here",
  rolledBack(async (db) => {
    for (const kind of ["RESOLVE_DISPUTE", "SIGN_REVIEW"])
      expect(await db.stopped(people.admin, close, [await task(db, kind), "Sudah beres", null])).toBe("TASK_ELSEWHERE");
  }),
);

test(
  "an owner who was phoned sees it in the order's history",
  rolledBack(async (db) => {
    const order = await db.value<number>("select min(id) from app.orders");
    const id = await db.value<number>(
      "select private.open_task('PHONE_OWNER', 'phone/uji', 'PTR-0001', $1::bigint, null, interval '1 day')",
      [order],
    );
    await db.as(people.admin, () => db.sql.query(close, [id, "Sudah ditelepon", null]));
    expect(
      await db.value("select kind from app.order_events where order_id = $1 order by id desc limit 1", [order]),
    ).toBe("OWNER_PHONED");
  }),
);

test(
  "a call about an alert that reached nobody is noted with the alert too",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const number = await db.buyFor(people.sari, "PTR-0001", [sku, 1]);
    const id = await db.value<number>(
      `
        select private.open_task('PHONE_OWNER', 'phone-owner/' || $1, 'PTR-0001', (select id from app.orders
          where number = $1), null, interval '4 hours')`,
      [number],
    );
    expect(await db.stopped(people.auditor, close, [id, "Pemilik sudah tahu", null])).toBe("DENIED");
    await db.as(people.admin, () => db.sql.query(close, [id, "Pemilik sudah tahu", null]));
    expect(await db.rows("select done_by, note from app.tasks where id = $1", [id])).toEqual([
      { done_by: "ADM-001", note: "Pemilik sudah tahu" },
    ]);
    expect(
      await db.rows(
        `
          select channel, outcome, actor from app.alert_attempts where order_id = (select id from app.orders
            where number = $1)`,
        [number],
      ),
    ).toEqual([{ channel: "PHONE", outcome: "REACHED", actor: "ADM-001" }]);
    expect(await db.stopped(people.admin, close, [id, "Pemilik sudah tahu", null])).toBe("STALE");
  }),
);
