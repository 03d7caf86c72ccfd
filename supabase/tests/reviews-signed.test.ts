import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, refusedFor } from "#tests/support/rolled-back.ts";
import { make, acted } from "./reviews-support.ts";

const sign = "select app.sign_review('2021-02-01', $1, $2, $3)";

test(
  "an auditor signs each line once, with a decision and a note; figures and signatures stay",
  rolledBack(async (db) => {
    await acted(db, people.sari, 2);
    await acted(db, people.agus, 1);
    await make(db);
    for (const person of [people.admin, people.sari, people.budi])
      expect(await db.stopped(person, sign, ["SLS-001", "WATCH", "Sudah diperiksa"])).toBe("DENIED");
    expect(await db.stopped(people.auditor, sign, ["SLS-001", "FORGIVE", "Sudah diperiksa"])).toBe("DECISION");
    expect(await db.stopped(people.auditor, sign, ["SLS-001", "WATCH", " x "])).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.auditor, sign, ["SLS-999", "WATCH", "Sudah diperiksa"])).toBe("NOT_FOUND");
    await db.as(people.auditor, () => db.sql.query(sign, ["SLS-001", "COACHING", " Sudah diperiksa "]));
    expect(await db.stopped(people.auditor, sign, ["SLS-001", "WATCH", "Lain lagi"])).toBe("STALE");
    expect(
      await db.rows(
        "select decision, note, signed_by from app.salesman_reviews where month = '2021-02-01' and code = 'SLS-001'",
      ),
    ).toEqual([{ decision: "COACHING", note: "Sudah diperiksa", signed_by: "AUD-001" }]);
    expect(
      await db.rows(
        "select actor_code, target_code, entity_key, detail from app.audit_events where action = 'REVIEW_SIGNED'",
      ),
    ).toEqual([
      {
        actor_code: "AUD-001",
        target_code: "SLS-001",
        entity_key: "2021-02/SLS-001",
        detail: { decision: "COACHING", rank: 1 },
      },
    ]);
    for (const attempt of [
      "update app.salesman_reviews set note = 'lain' where code = 'SLS-001'",
      `
        update app.salesman_reviews set decision = null, note = null, signed_by = null, signed_at = null
          where code = 'SLS-001'`,
      "update app.salesman_reviews set impersonations = 7 where code = 'SLS-002'",
      "delete from app.salesman_reviews",
      "truncate app.salesman_reviews",
      `
        insert into app.salesman_reviews (month, rank, salesman_id, code, name, impersonations, stores, orders, amount,
          hits, disputes, suspensions) select month, 3, salesman_id, 'SLS-003', name, 1, 1, 0, 0, 0, 0, 0
          from app.salesman_reviews where rank = 1`,
      "update app.review_months set due_at = now() + interval '1 year'",
      "delete from app.review_months",
    ]) {
      await db.sql.query("savepoint raw");
      await expect(db.sql.query(attempt), attempt).rejects.toMatchObject(refusedFor("DENIED"));
      await db.sql.query("rollback to savepoint raw");
    }
    expect(await db.value("select done_at is null from app.tasks where dedup_key = 'review/2021-02'")).toBe(true);
    await db.as(people.auditor, () => db.sql.query(sign, ["SLS-002", "ESCALATE_HR", "Perlu dibicarakan"]));
    expect(await db.value("select done_by from app.tasks where dedup_key = 'review/2021-02'")).toBe("AUD-001");
    expect(await db.value("select count(*)::int from app.incidents where subject_code in ('SLS-002', '2021-02')")).toBe(
      0,
    ); // A decision opens nothing by itself.
  }),
);

test(
  "what is unsigned after its day becomes one SEV-3, which the last signature closes",
  rolledBack(async (db) => {
    const sweep = (at: string) => db.value<number>("select private.sweep_reviews($1)", [at]);
    await acted(db, people.sari, 2);
    await acted(db, people.agus, 1);
    await make(db);
    await db.as(people.auditor, () => db.sql.query(sign, ["SLS-001", "NO_ACTION", "Wajar"]));
    expect(await sweep("2021-03-08 23:59+07")).toBe(0);
    expect(await sweep("2021-03-09 00:00+07")).toBe(1);
    expect(await sweep("2021-03-10 00:00+07")).toBe(0);
    const incident = () =>
      db.rows(
        `
          select severity, cause, state, subject_code, repeats, detail from app.incidents
            where dedup_key = 'review/2021-02'`,
      );
    expect(await incident()).toEqual([
      {
        severity: 3,
        cause: "REVIEW_OVERDUE",
        state: "DETECTED",
        subject_code: "2021-02",
        repeats: 0,
        detail: { unsigned: 1 },
      },
    ]);
    expect(await db.rows("select kind, props from app.mails where kind = 'REVIEW_OVERDUE'")).toEqual([
      { kind: "REVIEW_OVERDUE", props: { month: "2021-02", salesmen: 1, path: "/admin/reviews/2021-02" } },
    ]);
    const ref = await db.value<string>("select ref from app.incidents where dedup_key = 'review/2021-02'");
    // Signing is still to be done.
    expect(await db.stopped(people.admin, "select app.close_incident($1, 'sudah selesai')", [ref])).toBe("TASKS_OPEN");
    await db.as(people.auditor, () => db.sql.query(sign, ["SLS-002", "WATCH", "Pantau dulu"]));
    expect(await incident()).toMatchObject([{ state: "CLOSED" }]);
  }),
);
