import { expect, test } from "vitest";
import { onStage, people, plenty, reasonOf, refusedFor, type Stage } from "./support.ts";

const suspend = "select app.suspend_account($1, $2)";
const logout = "select app.force_logout($1, $2)";
const ask = "select app.request_lift($1, $2)";
const lift = "select app.lift_suspension($1)";
const why = "Keluhan pemilik toko";
const context = (stage: Stage, who: string, session: string) =>
  stage.as(who, () => stage.value<{ ended: string | null }>("select app.viewer_context()"), session);
const statusOf = (stage: Stage, code: string) =>
  stage.value<string>("select status from app.accounts where code = $1", [code]);
const trail = (stage: Stage, action: string) =>
  stage.rows(
    `
      select actor_code, target_code, entity_key, before, after, detail, private.audit_words(e) as words
        from app.audit_events e where action = $1 order by id desc limit 1`,
    [action],
  );
const done = (stage: Stage) => stage.sql.query("set constraints all immediate; set constraints all deferred");

/** An order that Sari has placed for Budi. */
async function shadowOrder(stage: Stage, sku: string): Promise<number> {
  await stage.fill(people.sari, [sku, 1]);
  return stage.value<number>("select id from app.orders where number = $1", [await stage.order(people.sari)]);
}

test(
  "only an admin shuts somebody out, never himself, and says why",
  onStage(async (stage) => {
    for (const command of [suspend, logout, ask]) {
      for (const who of [people.budi, people.sari, people.auditor])
        expect([command, await stage.stopped(who, command, ["SLS-002", why])]).toEqual([command, "DENIED"]);
      expect(await stage.stopped(null, command, ["SLS-002", why])).toBe("42501");
      expect(await stage.stopped(people.admin, command, ["ADM-001", why])).toBe("OWN_ACCOUNT");
      expect(await stage.stopped(people.admin, command, ["SLS-999", why])).toBe("NOT_FOUND");
      for (const reason of ["  x ", "", null, "x".repeat(201)])
        expect(await stage.stopped(people.admin, command, ["SLS-002", reason])).toBe("REASON_REQUIRED");
    }
    for (const code of ["SLS-002", "PTR-0002", "AUD-001", "ADM-002"])
      expect(await stage.stopped(people.admin, suspend, [code, why])).toBeNull();
    for (const who of [people.budi, people.sari, people.auditor])
      expect(await stage.stopped(who, lift, ["SLS-002"])).toBe("DENIED");
  }),
);

test(
  "a suspension ends acting and every login, is noted, told to the admins, and happens once",
  onStage(async (stage) => {
    await stage.actFor(people.sari, "PTR-0001");
    const sessions = [await stage.login(people.sari), await stage.login(people.sari, true)];
    const agus = await stage.login(people.agus);
    const id = await stage.as(people.admin, () => stage.value<number>(suspend, ["SLS-001", `  ${why} `]));
    expect(await stage.as(people.admin, () => stage.value<number>(suspend, ["SLS-001", why])), "a second click").toBe(
      id,
    );
    expect(await stage.stopped(people.admin2, suspend, ["SLS-001", "Lagi dan lagi"])).toBe("STALE");
    await done(stage);
    expect(await stage.rows("select suspended_by, reason, lifted_at from app.suspensions")).toEqual([
      { suspended_by: "ADM-001", reason: why, lifted_at: null },
    ]);
    expect(await statusOf(stage, "SLS-001")).toBe("SUSPENDED");
    expect(
      await stage.rows(
        "select ended_reason from app.acting_sessions where salesman_id = $1 order by started_at desc limit 1",
        [people.sari],
      ),
    ).toEqual([{ ended_reason: "SUSPENDED" }]);
    expect(await stage.value("select count(*)::int from auth.sessions where user_id = $1", [people.sari])).toBe(0);
    expect(
      await stage.value("select banned_until > now() + interval '10 years' from auth.users where id = $1", [
        people.sari,
      ]),
    ).toBe(true);
    for (const session of sessions)
      expect(await context(stage, people.sari, session)).toMatchObject({ account: null, ended: "SUSPENDED" });
    expect(await context(stage, people.agus, agus)).toMatchObject({ account: { code: "SLS-002" } });
    expect(await trail(stage, "ACCOUNT_SUSPENDED")).toEqual([
      {
        actor_code: "ADM-001",
        target_code: "SLS-001",
        entity_key: "SLS-001",
        before: { status: "ACTIVE" },
        after: { status: "SUSPENDED" },
        detail: { by: "ADM-001", suspension: id, logins: 2, acting: 1, held: 0 },
        words: { reason: why },
      },
    ]);
    expect(
      await stage.rows("select recipient, props from app.notices where kind = 'ACCOUNT_SUSPENDED' order by recipient"),
    ).toEqual(
      ["admin2@demo.test", "admin@demo.test"].map((recipient) => ({
        recipient,
        props: { code: "SLS-001", name: "Sari", reason: why, by: "ADM-001", held: 0 },
      })),
    );
  }),
);

test(
  "a suspended account gets no login, by whatever way, until it is let back in",
  onStage(async (stage) => {
    const insert =
      "insert into auth.sessions (id, user_id, created_at, updated_at) values (gen_random_uuid(), $1, now(), now())";
    const attempt = async (who: string) => {
      await stage.sql.query("savepoint attempt");
      const code = await stage.sql.query(insert, [who]).then(() => null, reasonOf);
      await stage.sql.query("rollback to savepoint attempt");
      return code;
    };
    expect(await attempt(people.sari)).toBeNull();
    await stage.as(people.admin, () => stage.sql.query(suspend, ["SLS-001", why]));
    expect(await attempt(people.sari)).toBe("28000");
    expect(await attempt(people.agus)).toBeNull();
    await stage.as(people.admin, () => stage.sql.query(ask, ["SLS-001", "Sudah jelas"]));
    expect(await attempt(people.sari)).toBe("28000");
    await stage.as(people.admin2, () => stage.sql.query(lift, ["SLS-001"]));
    expect(await attempt(people.sari)).toBeNull();
    expect(await stage.value("select banned_until from auth.users where id = $1", [people.sari])).toBeNull();
  }),
);

test(
  "his unshipped shadow orders of the last 24 hours are held, and no others; lifting lets none of them go",
  onStage(async (stage) => {
    const {
      skus: [sku],
    } = (await plenty(stage)) as { skus: [string] };
    await stage.actFor(people.sari, "PTR-0001");
    const fresh = await shadowOrder(stage, sku);
    const old = await shadowOrder(stage, sku);
    await stage.sql.query("update app.orders set created_at = now() - interval '24 hours 1 minute' where id = $1", [
      old,
    ]);
    const shipped = await shadowOrder(stage, sku);
    for (const status of ["APPROVED", "SHIPPED"])
      await stage.sql.query("update app.orders set status = $2 where id = $1", [shipped, status]);
    const approved = await shadowOrder(stage, sku);
    await stage.sql.query("update app.orders set status = 'APPROVED' where id = $1", [approved]);
    await stage.fill(people.budi, [sku, 1]);
    const own = await stage.value<number>("select id from app.orders where number = $1", [
      await stage.order(people.budi),
    ]);
    await stage.actFor(people.agus, "PTR-0002");
    await stage.fill(people.agus, [sku, 1]);
    const others = await stage.value<number>("select id from app.orders where number = $1", [
      await stage.order(people.agus),
    ]);
    await stage.as(people.admin, () => stage.sql.query(suspend, ["SLS-001", why]));
    const held = () =>
      stage.rows<{ id: number }>("select id from app.orders where held and id = any ($1) order by id", [
        [fresh, old, shipped, approved, own, others],
      ]);
    expect(await held()).toEqual([{ id: fresh }, { id: approved }]);
    expect(
      await stage.rows("select distinct reason, placed_by from app.order_holds where order_id = any ($1)", [
        [fresh, approved],
      ]),
    ).toEqual([{ reason: "AGENT_SUSPENDED", placed_by: "ADM-001" }]);
    await stage.as(people.admin, () => stage.sql.query(ask, ["SLS-001", "Sudah jelas"]));
    await stage.as(people.admin2, () => stage.sql.query(lift, ["SLS-001"]));
    expect(await held(), "each waits for somebody who asks the store").toEqual([{ id: fresh }, { id: approved }]);

    const release = "select app.release_held_order($1, $2)";
    const number = await stage.value<string>("select number from app.orders where id = $1", [fresh]);
    for (const who of [people.budi, people.agus, people.auditor])
      expect(await stage.stopped(who, release, [number, "Pemilik setuju"])).toBe("DENIED");
    expect(await stage.stopped(people.admin, release, [number, " "])).toBe("REASON_REQUIRED");
    expect(await stage.stopped(people.admin, release, ["ORD-2020-999999", "Pemilik setuju"])).toBe("NOT_FOUND");
    await stage.sql.query("select private.hold_order($1, 'DISPUTED', 'x')", [approved]);
    expect(await stage.as(people.admin, () => stage.value(release, [number, "Pemilik setuju"]))).toBe(true);
    const disputed = await stage.value<string>("select number from app.orders where id = $1", [approved]);
    expect(
      await stage.as(people.admin, () => stage.value(release, [disputed, "Pemilik setuju"])),
      "the owner's no stands",
    ).toBe(false);
    expect(await held()).toEqual([{ id: approved }]);
    expect(await stage.stopped(people.admin, release, [number, "Pemilik setuju"])).toBe("STALE");
    await done(stage);
  }),
);

test(
  "one admin asks, another lifts; neither is the subject",
  onStage(async (stage) => {
    expect(await stage.stopped(people.admin, ask, ["SLS-001", "Sudah jelas"])).toBe("STALE");
    expect(await stage.stopped(people.admin, lift, ["SLS-001"])).toBe("STALE");
    await stage.as(people.admin, () => stage.sql.query(suspend, ["SLS-001", why]));
    expect(await stage.stopped(people.admin2, lift, ["SLS-001"]), "nobody has asked").toBe("STALE");
    await stage.as(people.admin, () => stage.sql.query(ask, ["SLS-001", "Sudah jelas"]));
    expect(await stage.stopped(people.admin2, ask, ["SLS-001", "Saya juga"])).toBe("STALE");
    expect(await stage.stopped(people.admin, lift, ["SLS-001"])).toBe("ANOTHER_ADMIN");
    expect(await statusOf(stage, "SLS-001")).toBe("SUSPENDED");
    await stage.as(people.admin2, () => stage.sql.query(lift, ["SLS-001"]));
    expect(await statusOf(stage, "SLS-001")).toBe("ACTIVE");
    expect(await stage.stopped(people.admin2, lift, ["SLS-001"])).toBe("STALE");
    expect((await trail(stage, "SUSPENSION_LIFTED"))[0]).toMatchObject({
      actor_code: "ADM-002",
      before: { status: "SUSPENDED" },
      after: { status: "ACTIVE" },
      detail: { requestedBy: "ADM-001" },
    });
    expect(await stage.value("select count(*)::int from app.notices where kind = 'LIFT_REQUESTED'")).toBe(2);
    await done(stage);
    // An admin who was shut out cannot take part in letting himself back in: his login is gone.
    await stage.as(people.admin, () => stage.sql.query(suspend, ["ADM-002", why]));
    for (const [command, values] of [
      [ask, ["ADM-002", "Sudah jelas"]],
      [lift, ["ADM-002"]],
      [suspend, ["ADM-001", why]],
    ] as const) {
      expect(await stage.stopped(people.admin2, command, [...values])).toBe("28000");
    }
  }),
);

test(
  "raw SQL of the owner of the tables lifts nothing alone, judges nobody by himself and rewrites no history",
  onStage(async (stage) => {
    await stage.as(people.admin, () => stage.sql.query(suspend, ["SLS-001", why]));
    await done(stage);
    const refused = async (text: string, atCommit = false) => {
      await stage.sql.query("savepoint raw");
      const code = await stage.sql
        .query(text)
        .then(() => (atCommit ? done(stage) : null))
        .then(() => null, reasonOf);
      await stage.sql.query("rollback to savepoint raw");
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

test(
  "the last admin who can come in stays",
  onStage(async (stage) => {
    await stage.as(people.admin, () => stage.sql.query(suspend, ["ADM-002", why]));
    await stage.sql.query("savepoint last");
    await expect(
      stage.sql.query("select private.suspend($1, 'otomatis', 'SYSTEM')", [people.admin]),
    ).rejects.toMatchObject(refusedFor("LAST_ADMIN"));
    await stage.sql.query("rollback to savepoint last");
    expect(await statusOf(stage, "ADM-001")).toBe("ACTIVE");
    expect(await stage.stopped(people.admin, suspend, ["AUD-001", why]), "auditors only read").toBeNull();
  }),
);

test(
  "forced out: all logins and acting end, the account stays, and a new login works",
  onStage(async (stage) => {
    await stage.actFor(people.sari, "PTR-0001");
    const session = await stage.login(people.sari);
    await stage.login(people.sari, true);
    expect(
      (await stage.as(people.auditor, () => stage.value<unknown[]>("select app.account_logins('SLS-001')"))).length,
    ).toBe(2);
    expect(await stage.as(people.admin, () => stage.value(logout, ["SLS-001", why]))).toBe(2);
    expect(await context(stage, people.sari, session)).toMatchObject({ account: null, ended: "FORCED" });
    expect(
      await stage.rows(
        "select ended_reason from app.acting_sessions where salesman_id = $1 order by started_at desc limit 1",
        [people.sari],
      ),
    ).toEqual([{ ended_reason: "SIGNED_OUT" }]);
    expect(await statusOf(stage, "SLS-001")).toBe("ACTIVE");
    expect((await trail(stage, "FORCED_LOGOUT"))[0]).toMatchObject({
      actor_code: "ADM-001",
      target_code: "SLS-001",
      before: { logins: 2 },
      after: { logins: 0 },
      detail: { acting: 1 },
      words: { reason: why },
    });
    const again = await stage.login(people.sari, true);
    expect(await context(stage, people.sari, again)).toMatchObject({ account: { code: "SLS-001" } });
    expect(await context(stage, people.sari, session), "of the old one it still says why").toMatchObject({
      ended: "FORCED",
    });
    expect(await context(stage, people.agus, session), "and only to whom it belonged").toMatchObject({
      ended: "EXPIRED",
    });
    expect(await stage.stopped(people.sari, "select app.account_logins('SLS-002')")).toBe("DENIED");
  }),
);
