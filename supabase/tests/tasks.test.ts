import { expect, test } from "vitest";
import { onStage, people, plenty, type Stage } from "./support.ts";

const close = "select app.close_task($1, $2, $3)";
const task = (stage: Stage, kind: string, subject = "SLS-001", incident: number | null = null) =>
  stage.value<number>("select private.open_task($1, $1 || '/uji', $2, null, $3, interval '1 day', '{\"a\":1}')", [
    kind,
    subject,
    incident,
  ]);

test(
  "a task is open once under its key, and again when it was done",
  onStage(async (stage) => {
    const first = await task(stage, "PHONE_OWNER");
    expect(await task(stage, "PHONE_OWNER")).toBe(first);
    expect(await stage.value("select count(*)::int from app.tasks where dedup_key = 'PHONE_OWNER/uji'")).toBe(1);
    await stage.as(people.admin, () => stage.sql.query(close, [first, "Sudah ditelepon", null]));
    expect(await task(stage, "PHONE_OWNER")).not.toBe(first);
  }),
);

test(
  "an admin closes what is done by saying so, once and with a note",
  onStage(async (stage) => {
    const id = await task(stage, "PHONE_OWNER");
    for (const person of [people.auditor, people.sari, people.budi])
      expect(await stage.stopped(person, close, [id, "Sudah ditelepon", null])).toBe("DENIED");
    expect(await stage.stopped(people.admin, close, [id, " x ", null])).toBe("REASON_REQUIRED");
    expect(await stage.stopped(people.admin, close, [0, "Sudah ditelepon", null])).toBe("NOT_FOUND");
    await stage.as(people.admin, () => stage.sql.query(close, [id, " Sudah ditelepon ", null]));
    expect(await stage.stopped(people.admin2, close, [id, "Saya juga", null])).toBe("STALE");
    expect(await stage.rows("select done_by, note, decision from app.tasks where id = $1", [id])).toEqual([
      { done_by: "ADM-001", note: "Sudah ditelepon", decision: null },
    ]);
    expect(
      await stage.rows("select actor_code, target_code, detail from app.audit_events where action = 'TASK_DONE'"),
    ).toEqual([{ actor_code: "ADM-001", target_code: "SLS-001", detail: { kind: "PHONE_OWNER" } }]);
  }),
);

test(
  "a review of an agent needs a decision, which stands on the task and in its incident",
  onStage(async (stage) => {
    const incident = await stage.value<number>(
      "select private.open_incident(3, 'ABUSE_SCORE', 'abuse/uji', 'SLS-001')",
    );
    const id = await task(stage, "REVIEW_AGENT", "SLS-001", incident);
    for (const decision of [null, "", "MAYBE"])
      expect(await stage.stopped(people.admin, close, [id, "Sudah diperiksa", decision])).toBe("DECISION");
    await stage.as(people.admin, () => stage.sql.query(close, [id, "Sudah diperiksa", "ABUSE"]));
    expect(await stage.value("select decision from app.tasks where id = $1", [id])).toBe("ABUSE");
    expect(
      await stage.rows("select kind, actor, detail from app.incident_events where incident_id = $1 and kind = 'NOTE'", [
        incident,
      ]),
    ).toEqual([
      { kind: "NOTE", actor: "ADM-001", detail: { task: "REVIEW_AGENT", decision: "ABUSE", note: "Sudah diperiksa" } },
    ]);
  }),
);

test(
  "what is done on a page of its own is not closed here",
  onStage(async (stage) => {
    for (const kind of ["RESOLVE_DISPUTE", "SIGN_REVIEW"])
      expect(await stage.stopped(people.admin, close, [await task(stage, kind), "Sudah beres", null])).toBe(
        "TASK_ELSEWHERE",
      );
  }),
);

test(
  "an owner who was phoned sees it in the order's history",
  onStage(async (stage) => {
    const order = await stage.value<number>("select min(id) from app.orders");
    const id = await stage.value<number>(
      "select private.open_task('PHONE_OWNER', 'phone/uji', 'PTR-0001', $1::bigint, null, interval '1 day')",
      [order],
    );
    await stage.as(people.admin, () => stage.sql.query(close, [id, "Sudah ditelepon", null]));
    expect(
      await stage.value("select kind from app.order_events where order_id = $1 order by id desc limit 1", [order]),
    ).toBe("OWNER_PHONED");
  }),
);

test(
  "a call about an alert that reached nobody is noted with the alert too",
  onStage(async (stage) => {
    const {
      skus: [sku],
    } = (await plenty(stage)) as { skus: [string] };
    await stage.actFor(people.sari, "PTR-0001");
    await stage.fill(people.sari, [sku, 1]);
    const number = await stage.order(people.sari);
    const id = await stage.value<number>(
      `
        select private.open_task('PHONE_OWNER', 'phone-owner/' || $1, 'PTR-0001', (select id from app.orders
          where number = $1), null, interval '4 hours')`,
      [number],
    );
    expect(await stage.stopped(people.auditor, close, [id, "Pemilik sudah tahu", null])).toBe("DENIED");
    await stage.as(people.admin, () => stage.sql.query(close, [id, "Pemilik sudah tahu", null]));
    expect(await stage.rows("select done_by, note from app.tasks where id = $1", [id])).toEqual([
      { done_by: "ADM-001", note: "Pemilik sudah tahu" },
    ]);
    expect(
      await stage.rows(
        `
          select channel, outcome, actor from app.alert_attempts where order_id = (select id from app.orders
            where number = $1)`,
        [number],
      ),
    ).toEqual([{ channel: "PHONE", outcome: "REACHED", actor: "ADM-001" }]);
    expect(await stage.stopped(people.admin, close, [id, "Pemilik sudah tahu", null])).toBe("STALE");
  }),
);
