import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { plenty, rolledBack, reasonOf, type TestDb } from "#tests/support/rolled-back.ts";
import { suspend, ask, lift, why, statusOf, trail } from "./suspension-support.ts";

test(
  "one admin asks, another lifts; neither is the subject",
  rolledBack(async (db) => {
    expect(await db.stopped(people.admin, ask, ["SLS-001", "Sudah jelas"])).toBe("STALE");
    expect(await db.stopped(people.admin, lift, ["SLS-001"])).toBe("STALE");
    await db.as(people.admin, () => db.sql.query(suspend, ["SLS-001", why]));
    expect(await db.stopped(people.admin2, lift, ["SLS-001"]), "nobody has asked").toBe("STALE");
    await db.as(people.admin, () => db.sql.query(ask, ["SLS-001", "Sudah jelas"]));
    expect(await db.stopped(people.admin2, ask, ["SLS-001", "Saya juga"])).toBe("STALE");
    expect(await db.stopped(people.admin, lift, ["SLS-001"])).toBe("ANOTHER_ADMIN");
    expect(await statusOf(db, "SLS-001")).toBe("SUSPENDED");
    await db.as(people.admin2, () => db.sql.query(lift, ["SLS-001"]));
    expect(await statusOf(db, "SLS-001")).toBe("ACTIVE");
    expect(await db.stopped(people.admin2, lift, ["SLS-001"])).toBe("STALE");
    expect((await trail(db, "SUSPENSION_LIFTED"))[0]).toMatchObject({
      actor_code: "ADM-002",
      before: { status: "SUSPENDED" },
      after: { status: "ACTIVE" },
      detail: { requestedBy: "ADM-001" },
    });
    expect(await db.value("select count(*)::int from app.mails where kind = 'LIFT_REQUESTED'")).toBe(2);
    await db.atCommit();
    // An admin who was shut out cannot take part in letting himself back in: his login is gone.
    await db.as(people.admin, () => db.sql.query(suspend, ["ADM-002", why]));
    for (const [command, values] of [
      [ask, ["ADM-002", "Sudah jelas"]],
      [lift, ["ADM-002"]],
      [suspend, ["ADM-001", why]],
    ] as const) {
      expect(await db.stopped(people.admin2, command, [...values])).toBe("28000");
    }
  }),
);

test(
  "raw SQL of the owner of the tables lifts nothing alone, judges nobody by himself and rewrites no history",
  rolledBack(async (db) => {
    await db.as(people.admin, () => db.sql.query(suspend, ["SLS-001", why]));
    await db.atCommit();
    const refused = async (text: string, atCommit = false) => {
      await db.sql.query("savepoint raw");
      const code = await db.sql
        .query(text)
        .then(() => (atCommit ? db.atCommit() : null))
        .then(() => null, reasonOf);
      await db.sql.query("rollback to savepoint raw");
      return code;
    };
    const asked = "lift_requested_at = now(), lift_requested_by = 'ADM-001', lift_reason = 'Sudah jelas'";
    expect(await refused("update app.suspensions set lifted_at = now(), lifted_by = 'ADM-002'"), "nobody asked").toBe(
      "23514",
    );
    expect(
      await refused(`update app.suspensions set ${asked}, lifted_at = now(), lifted_by = 'ADM-001'`),
      "two eyes",
    ).toBe("23514");
    expect(
      await refused(`update app.suspensions set ${asked}, lifted_at = now(), lifted_by = 'SLS-001'`),
      "himself",
    ).toBe("23514");
    expect(
      await refused(
        `
          update app.suspensions
            set lift_requested_at = now(), lift_requested_by = 'SLS-001', lift_reason = 'Saya baik'`,
      ),
    ).toBe("23514");
    const noted = "select private.audit('SUSPENSION_LIFTED', 'account', 'SLS-001');";
    expect(
      await refused(`${noted} update app.accounts set status = 'ACTIVE' where code = 'SLS-001'`, true),
      "without the row",
    ).toBe("23514");
    expect(
      await refused(`update app.suspensions set ${asked}, lifted_at = now(), lifted_by = 'ADM-002'`, true),
      "without the account",
    ).toBe("23514");
    expect(
      await refused(
        `
          select private.audit('ACCOUNT_SUSPENDED', 'account', 'SLS-002'); update app.accounts set status = 'SUSPENDED'
            where code = 'SLS-002'`,
        true,
      ),
    ).toBe("23514");
    expect(await refused("update app.suspensions set reason = 'Lain lagi'")).toBe("DENIED");
    expect(await refused("delete from app.suspensions")).toBe("DENIED");
    // Control: with both, and the row in the trail, it stands.
    expect(
      await refused(
        `${noted} update app.suspensions set ${asked}, lifted_at = now(), lifted_by = 'ADM-002'; update ` +
          "app.accounts set status = 'ACTIVE' where code = 'SLS-001'",
        true,
      ),
    ).toBeNull();
  }),
);

const letIn = (db: TestDb) =>
  db.rows("select recipient, language, props from app.mails where kind = 'SUSPENSION_LIFTED' order by id");

test(
  "whoever is let in again gets a mail, in his language, that names nobody of head office: salesman, store, auditor",
  rolledBack(async (db) => {
    await db.sql.query("update app.accounts set language = 'en' where code = 'SLS-001'");
    const [first, second] = await plenty(db);
    await db.buyFor(people.sari, "PTR-0001", [first, 1]);
    await db.buy(people.maya, [second, 1]);
    for (const code of ["SLS-001", "PTR-0002", "AUD-001"]) {
      const before = await letIn(db);
      await db.as(people.admin, () => db.sql.query(suspend, [code, why]));
      await db.as(people.admin, () => db.sql.query(ask, [code, "Sudah jelas"]));
      expect(await letIn(db), "not before it is lifted").toEqual(before);
      await db.as(people.admin2, () => db.sql.query(lift, [code]));
    }
    const mails = await letIn(db);
    const contact = "select owner_email from app.partner_contacts where partner_id = $1";
    const held = (code: string) =>
      db.value(
        `select count(*)::int from app.orders o join app.partners p on p.id = o.partner_id
           join app.accounts a on a.code = $1 and a.id in (o.placed_by, p.account_id) where o.held`,
        [code],
      );
    expect(mails).toEqual([
      {
        recipient: "sari@demo.test",
        language: "en",
        props: { name: "Sari", code: "SLS-001", role: "SALESMAN", held: await held("SLS-001") },
      },
      {
        recipient: await db.value(contact, [stores.maya]),
        language: "id",
        props: { name: "Barber Maya Medan", code: "PTR-0002", role: "PARTNER", held: await held("PTR-0002") },
      },
      { recipient: "cio@demo.test", language: "id", props: { code: "AUD-001", name: "CIO", role: "AUDITOR", held: 0 } },
    ]);
    expect(await held("SLS-001")).toBeGreaterThan(0);
    expect(await held("PTR-0002")).toBeGreaterThan(0);
    expect(JSON.stringify(mails)).not.toMatch(/ADM-\d|Sudah jelas|Keluhan/);
  }),
);
