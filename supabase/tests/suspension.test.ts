import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, reasonOf, refusedFor } from "#tests/support/rolled-back.ts";
import { suspend, ask, lift, why, statusOf, trail } from "./suspension-support.ts";

const logout = "select app.force_logout($1, $2)";
const context = (db: TestDb, who: string, session: string) =>
  db.as(who, () => db.value<{ ended: string | null }>("select app.viewer_context()"), session);

/** An order that Sari has placed for Budi. */
async function shadowOrder(db: TestDb, sku: string): Promise<number> {
  await db.fill(people.sari, [sku, 1]);
  return db.value<number>("select id from app.orders where number = $1", [await db.order(people.sari)]);
}

test(
  "only an admin shuts somebody out, never himself, and says why",
  rolledBack(async (db) => {
    for (const command of [suspend, logout, ask]) {
      for (const who of [people.budi, people.sari, people.auditor])
        expect([command, await db.stopped(who, command, ["SLS-002", why])]).toEqual([command, "DENIED"]);
      expect(await db.stopped(null, command, ["SLS-002", why])).toBe("42501");
      expect(await db.stopped(people.admin, command, ["ADM-001", why])).toBe("OWN_ACCOUNT");
      expect(await db.stopped(people.admin, command, ["SLS-999", why])).toBe("NOT_FOUND");
      for (const reason of ["  x ", "", null])
        expect(await db.stopped(people.admin, command, ["SLS-002", reason])).toBe("REASON_REQUIRED");
    }
    for (const code of ["SLS-002", "PTR-0002", "AUD-001", "ADM-002"])
      expect(await db.stopped(people.admin, suspend, [code, why])).toBeNull();
    for (const who of [people.budi, people.sari, people.auditor])
      expect(await db.stopped(who, lift, ["SLS-002"])).toBe("DENIED");
  }),
);

test(
  "a suspension ends acting and every login, is noted, told to the admins, and happens once",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    const sessions = [await db.login(people.sari), await db.login(people.sari, true)];
    const agus = await db.login(people.agus);
    const id = await db.as(people.admin, () => db.value<number>(suspend, ["SLS-001", `  ${why} `]));
    expect(await db.as(people.admin, () => db.value<number>(suspend, ["SLS-001", why])), "a second click").toBe(id);
    expect(await db.stopped(people.admin2, suspend, ["SLS-001", "Lagi dan lagi"])).toBe("STALE");
    await db.atCommit();
    expect(await db.rows("select suspended_by, reason, lifted_at from app.suspensions")).toEqual([
      { suspended_by: "ADM-001", reason: why, lifted_at: null },
    ]);
    expect(await statusOf(db, "SLS-001")).toBe("SUSPENDED");
    expect(
      await db.rows(
        "select ended_reason from app.acting_sessions where salesman_id = $1 order by started_at desc limit 1",
        [people.sari],
      ),
    ).toEqual([{ ended_reason: "SUSPENDED" }]);
    expect(await db.value("select count(*)::int from auth.sessions where user_id = $1", [people.sari])).toBe(0);
    expect(
      await db.value("select banned_until > now() + interval '10 years' from auth.users where id = $1", [people.sari]),
    ).toBe(true);
    for (const session of sessions)
      expect(await context(db, people.sari, session)).toMatchObject({ account: null, ended: "SUSPENDED" });
    expect(await context(db, people.agus, agus)).toMatchObject({ account: { code: "SLS-002" } });
    expect(await trail(db, "ACCOUNT_SUSPENDED")).toEqual([
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
      await db.rows("select recipient, props from app.mails where kind = 'ACCOUNT_SUSPENDED' order by recipient"),
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
  rolledBack(async (db) => {
    const insert =
      "insert into auth.sessions (id, user_id, created_at, updated_at) values (gen_random_uuid(), $1, now(), now())";
    const attempt = async (who: string) => {
      await db.sql.query("savepoint attempt");
      const code = await db.sql.query(insert, [who]).then(() => null, reasonOf);
      await db.sql.query("rollback to savepoint attempt");
      return code;
    };
    expect(await attempt(people.sari)).toBeNull();
    await db.as(people.admin, () => db.sql.query(suspend, ["SLS-001", why]));
    expect(await attempt(people.sari)).toBe("28000");
    expect(await attempt(people.agus)).toBeNull();
    await db.as(people.admin, () => db.sql.query(ask, ["SLS-001", "Sudah jelas"]));
    expect(await attempt(people.sari)).toBe("28000");
    await db.as(people.admin2, () => db.sql.query(lift, ["SLS-001"]));
    expect(await attempt(people.sari)).toBeNull();
    expect(await db.value("select banned_until from auth.users where id = $1", [people.sari])).toBeNull();
  }),
);

test(
  "his unshipped shadow orders of the last 24 hours are held, and no others; lifting lets none of them go",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.actFor(people.sari, "PTR-0001");
    const fresh = await shadowOrder(db, sku);
    const old = await shadowOrder(db, sku);
    await db.sql.query("update app.orders set created_at = now() - interval '24 hours 1 minute' where id = $1", [old]);
    const shipped = await shadowOrder(db, sku);
    for (const status of ["APPROVED", "SHIPPED"])
      await db.sql.query("update app.orders set status = $2 where id = $1", [shipped, status]);
    const approved = await shadowOrder(db, sku);
    await db.sql.query("update app.orders set status = 'APPROVED' where id = $1", [approved]);
    await db.fill(people.budi, [sku, 1]);
    const own = await db.value<number>("select id from app.orders where number = $1", [await db.order(people.budi)]);
    await db.actFor(people.agus, "PTR-0002");
    await db.fill(people.agus, [sku, 1]);
    const others = await db.value<number>("select id from app.orders where number = $1", [await db.order(people.agus)]);
    await db.as(people.admin, () => db.sql.query(suspend, ["SLS-001", why]));
    const held = () =>
      db.rows<{ id: number }>("select id from app.orders where held and id = any ($1) order by id", [
        [fresh, old, shipped, approved, own, others],
      ]);
    expect(await held()).toEqual([{ id: fresh }, { id: approved }]);
    expect(
      await db.rows("select distinct reason, placed_by from app.order_holds where order_id = any ($1)", [
        [fresh, approved],
      ]),
    ).toEqual([{ reason: "SALESMAN_SUSPENDED", placed_by: "ADM-001" }]);
    await db.as(people.admin, () => db.sql.query(ask, ["SLS-001", "Sudah jelas"]));
    await db.as(people.admin2, () => db.sql.query(lift, ["SLS-001"]));
    expect(await held(), "each waits for somebody who asks the store").toEqual([{ id: fresh }, { id: approved }]);

    const release = "select app.release_held_order($1, $2)";
    const number = await db.value<string>("select number from app.orders where id = $1", [fresh]);
    for (const who of [people.budi, people.agus, people.auditor])
      expect(await db.stopped(who, release, [number, "Pemilik setuju"])).toBe("DENIED");
    expect(await db.stopped(people.admin, release, [number, " "])).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.admin, release, ["ORD-2020-999999", "Pemilik setuju"])).toBe("NOT_FOUND");
    await db.sql.query("select private.hold_order($1, 'DISPUTED', 'x')", [approved]);
    expect(await db.as(people.admin, () => db.value(release, [number, "Pemilik setuju"]))).toBe(true);
    const disputed = await db.value<string>("select number from app.orders where id = $1", [approved]);
    expect(
      await db.as(people.admin, () => db.value(release, [disputed, "Pemilik setuju"])),
      "the owner's no stands",
    ).toBe(false);
    expect(await held()).toEqual([{ id: approved }]);
    expect(await db.stopped(people.admin, release, [number, "Pemilik setuju"])).toBe("STALE");
    await db.atCommit();
  }),
);

test(
  "the last admin who can come in stays",
  rolledBack(async (db) => {
    await db.as(people.admin, () => db.sql.query(suspend, ["ADM-002", why]));
    await db.sql.query("savepoint last");
    await expect(
      db.sql.query("select private.suspend($1, 'otomatis', 'SYSTEM')", [people.admin]),
    ).rejects.toMatchObject(refusedFor("LAST_ADMIN"));
    await db.sql.query("rollback to savepoint last");
    expect(await statusOf(db, "ADM-001")).toBe("ACTIVE");
    expect(await db.stopped(people.admin, suspend, ["AUD-001", why]), "auditors only read").toBeNull();
  }),
);

test(
  "forced out: all logins and acting end, the account stays, and a new login works",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    const session = await db.login(people.sari);
    await db.login(people.sari, true);
    expect(
      (await db.as(people.auditor, () => db.value<unknown[]>("select app.account_logins('SLS-001')"))).length,
    ).toBe(2);
    expect(await db.as(people.admin, () => db.value(logout, ["SLS-001", why]))).toBe(2);
    expect(await context(db, people.sari, session)).toMatchObject({ account: null, ended: "FORCED" });
    expect(
      await db.rows(
        "select ended_reason from app.acting_sessions where salesman_id = $1 order by started_at desc limit 1",
        [people.sari],
      ),
    ).toEqual([{ ended_reason: "SIGNED_OUT" }]);
    expect(await statusOf(db, "SLS-001")).toBe("ACTIVE");
    expect((await trail(db, "FORCED_LOGOUT"))[0]).toMatchObject({
      actor_code: "ADM-001",
      target_code: "SLS-001",
      before: { logins: 2 },
      after: { logins: 0 },
      detail: { acting: 1 },
      words: { reason: why },
    });
    const again = await db.login(people.sari, true);
    expect(await context(db, people.sari, again)).toMatchObject({ account: { code: "SLS-001" } });
    expect(await context(db, people.sari, session), "of the old one it still says why").toMatchObject({
      ended: "FORCED",
    });
    expect(await context(db, people.agus, session), "and only to whom it belonged").toMatchObject({
      ended: "EXPIRED",
    });
    expect(await db.stopped(people.sari, "select app.account_logins('SLS-002')")).toBe("DENIED");
  }),
);
