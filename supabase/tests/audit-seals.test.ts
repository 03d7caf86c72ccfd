import pg from "pg";
import { describe, expect, test } from "vitest";
import { sealedTrail } from "./audit-support.ts";
import { connect, valueOf } from "#tests/support/database.ts";

const { database, by, seal, act, event, seqOf } = sealedTrail();

describe("sealing", () => {
  test("a transaction that commits late, with a lower number, is sealed after the others", async () => {
    await seal();
    const late = await connect(database.adminUrl);
    await late.query("begin");
    await act(late, "late");
    await act(by.owner, "early");
    expect((await seal())?.count).toBe(1);
    expect(await seqOf("late")).toBeUndefined();
    await late.query("commit");
    expect((await seal())?.count).toBe(1);
    expect(await event("late")).toBeLessThan(await event("early"));
    expect(await seqOf("late")).toBe((await seqOf("early"))! + 1);
  });

  test("two sealers at once: one works, and no row is sealed twice or skipped", async () => {
    const other = await connect(database.workerUrl);
    for (let n = 0; n < 20; n += 1) await act(by.owner, `both-${n}`);
    await by.worker.query("begin");
    expect((await seal())?.count).toBeGreaterThanOrEqual(20);
    expect(await seal(other)).toBeNull();
    await by.worker.query("commit");
    expect((await seal(other))?.count).toBe(0);
    const writers = new pg.Pool({ connectionString: database.adminUrl, max: 4 });
    writers.on("error", () => undefined); // What its server says while it ends is nobody's answer.
    const writing = Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        writers.query("select private.audit('TESTED', 'test', $1)", [`storm-${n}`]),
      ),
    );
    const storm = async (client: pg.Client) => {
      for (let pass = 0; pass < 30; pass += 1) await seal(client, 7);
    };
    await Promise.all([writing, storm(by.worker), storm(other)]);
    await writers.end();
    while ((await seal())?.count !== 0);
    expect(
      await valueOf<number>(
        by.owner,
        `
          select count(distinct l.seq)::int from audit.links l join app.audit_events e on e.id = l.event_id
            where e.entity_key like 'storm-%'`,
      ),
    ).toBe(200);
    expect(await valueOf<number>(by.owner, "select count(*)::int from audit.unsealed")).toBe(0);
    expect(await valueOf<boolean>(by.owner, "select max(seq) = count(*) from audit.links")).toBe(true);
  });

  test("a checkout in the middle of its transaction waits for no sealer, and no sealer for it", async () => {
    const shop = await connect(database.adminUrl);
    await act(by.owner, "sealed meanwhile");
    await by.worker.query("begin");
    expect((await seal())?.count).toBe(1); // Sealed, not committed: every lock it has, it has now.
    await shop.query("set lock_timeout = '300ms'; begin");
    await act(shop, "ordered meanwhile");
    await shop.query("commit");
    await by.worker.query("commit");
    expect((await seal())?.count).toBe(1);
  });

  test("a queued row whose event is gone is told at once, kept, and not sealed over", async () => {
    await act(by.owner, "gone");
    await act(by.owner, "stays");
    const gone = await event("gone");
    await by.superuser.query("alter table app.audit_events disable trigger _010_append_only");
    await by.superuser.query("delete from app.audit_events where id = $1", [gone]);
    await by.superuser.query("alter table app.audit_events enable always trigger _010_append_only");
    expect(await seal()).toMatchObject({ count: 1, broken: [{ what: "MISSING", event: gone }] });
    expect(await seqOf("stays")).toBeDefined();
    expect(await valueOf<string>(by.owner, "select broken from audit.unsealed where event_id = $1", [gone])).toBe(
      "MISSING",
    );
    expect(
      await valueOf<string>(
        by.owner,
        "select severity || ' ' || cause from app.incidents where dedup_key = 'audit-broken/missing'",
      ),
    ).toBe("1 AUDIT_BROKEN");
    expect(
      await valueOf<number>(
        by.owner,
        "select count(*)::int from app.mails where kind = 'AUDIT_BROKEN' and props ->> 'what' = 'MISSING'",
      ),
    ).toBe(3); // Two admins, one auditor.
    expect((await seal())?.broken).toEqual([]); // Once.
  });

  test("a row that says it is older than rows sealed long ago is told; one that only commits late is not", async () => {
    await by.owner.query(
      `
        insert into app.audit_events (at, action, entity_key) values (clock_timestamp() - interval '2 hours', 'TESTED',
          'backdated')`,
    );
    await by.owner.query(
      `
        insert into app.audit_events (at, action, entity_key)
          values (clock_timestamp() - interval '5 minutes', 'TESTED', 'slow')`,
    );
    expect((await seal())?.broken.map(({ what }) => what)).toEqual(["ROW_BACKDATED"]);
  });

  test("a row that never was in the queue is a stray", async () => {
    const strays = () => valueOf<{ strays: number[] }>(by.worker, "select jobs.audit_strays(null, 100000)");
    expect((await strays()).strays).toEqual([]);
    await by.superuser.query("set session_replication_role = replica");
    await by.superuser.query("insert into app.audit_events (action, entity_key) values ('TESTED', 'stray')");
    await by.superuser.query("set session_replication_role = origin");
    expect((await strays()).strays).toEqual([await event("stray")]);
  });
});
