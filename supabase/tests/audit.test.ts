import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { databaseUrl } from "#supabase/local/platform.ts";
import { connect, maybeValueOf, seededDatabase, valueOf } from "#tests/support/database.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, reasonOf, refusedFor } from "#tests/support/rolled-back.ts";

// A database of its own: what is sealed is committed, and nobody can take it back.
const database = seededDatabase();
let owner: pg.Client;
let superuser: pg.Client;
let worker: pg.Client;
type Sealed = { count: number; lastSeq: number; broken: Array<{ what: string; event: number }> } | null;
const seal = (client: pg.Client = worker, limit = 10_000) =>
  valueOf<Sealed>(client, "select jobs.seal_audit($1)", [limit]);
const act = (client: pg.Client = owner, key = "x") => client.query("select private.audit('TESTED', 'test', $1)", [key]);
const event = (key: string) =>
  valueOf<number>(owner, "select id::int from app.audit_events where entity_key = $1 order by id desc limit 1", [key]);
const seqOf = (key: string) =>
  maybeValueOf<number>(
    owner,
    "select l.seq::int from audit.links l join app.audit_events e on e.id = l.event_id where e.entity_key = $1",
    [key],
  );

beforeAll(async () => {
  owner = await connect(database.adminUrl);
  worker = await connect(database.workerUrl);
  superuser = await connect(databaseUrl(database.port, "supabase_admin", database.credentials.supabaseAdmin));
});

describe("append-only for everybody", () => {
  const tables = async () =>
    (
      await owner.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c
     where c.oid = 'app.audit_events'::regclass or c.relnamespace = 'audit'::regnamespace
       and c.relname ~ '^(events_|links|seals|signatures)' and c.relkind in ('r', 'p')`)
    ).rows.map(({ name }) => name);
  const attempts = (table: string, column: string) => [
    `update ${table} set ${column} = ${column}`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
  ];

  test("no run-time role may change or even enter what is sealed", async () => {
    await act();
    await seal();
    for (const role of ["web", "worker", "anon", "authenticated", "service_role"]) {
      for (const table of await tables()) {
        const powers = await valueOf<string[]>(
          owner,
          `
            select coalesce(array_agg(p), '{}') from unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'INSERT']) p
              where has_table_privilege($1, $2::text, p)`,
          [role, table],
        );
        expect([role, table, powers]).toEqual([role, table, []]);
      }
    }
    await expect(worker.query("select from audit.links")).rejects.toMatchObject({ code: "42501" });
  });

  test.each(["the owner", "a superuser that calls himself a replica"])(
    "%s is refused update, delete and truncate, on the table and on each of its months",
    async (who) => {
      const client = who === "the owner" ? owner : superuser;
      // A row in every table: row triggers need one.
      await client.query("select jobs.sign_seal(1, 'k', repeat('00', 64), now())");
      const filled = (await tables()).filter((name) => !/events_/.test(name));
      for (const table of [
        ...filled,
        `audit.${await valueOf<string>(
          owner,
          `
          select 'events_' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY_MM')`,
        )}`,
      ]) {
        expect([table, await valueOf<number>(owner, `select count(*)::int from ${table}`)]).not.toEqual([table, 0]);
        const column = await valueOf<string>(
          owner,
          "select attname from pg_attribute where attrelid = $1::regclass and attnum = 2",
          [table],
        );
        for (const attempt of attempts(table, column)) {
          await client.query("begin");
          if (client === superuser) await client.query("set local session_replication_role = replica");
          const code = await client.query(attempt).then(() => "passed", reasonOf);
          await client.query("rollback");
          expect([attempt, code]).toEqual([attempt, "DENIED"]);
        }
      }
      // Months without rows have nothing to update; what would empty them is refused all the same.
      for (const table of (await tables()).filter((name) => /events_/.test(name)))
        await expect(client.query(`truncate ${table}`)).rejects.toMatchObject(refusedFor("DENIED"));
      if (client === owner)
        await expect(owner.query("set session_replication_role = replica")).rejects.toMatchObject({ code: "42501" });
    },
  );

  test("only the sealer takes from its queue: not even owner or replica deletes, changes or empties it", async () => {
    await act(owner, "queued");
    for (const [client, replica] of [
      [owner, false],
      [superuser, true],
    ] as const) {
      for (const attempt of [
        "update audit.unsealed set queued_at = queued_at",
        "delete from audit.unsealed",
        "truncate audit.unsealed",
        "delete from audit.unsealed where false",
      ]) {
        await client.query("begin");
        if (replica) await client.query("set local session_replication_role = replica");
        await client.query("select set_config('app.sealing', '1', true)"); // Another transaction's.
        const code = await client.query(attempt).then(() => "passed", reasonOf);
        await client.query("rollback");
        expect([attempt, code]).toEqual([attempt, "DENIED"]);
      }
    }
    await owner.query("begin");
    expect(await valueOf<{ count: number }>(owner, "select jobs.seal_audit(1000)")).toMatchObject({ count: 1 });
    // What the function may is over with it.
    await expect(owner.query("delete from audit.unsealed")).rejects.toMatchObject(refusedFor("DENIED"));
    await owner.query("rollback");
  });

  test("no row has a number below the first, and none says a JSON null for what was or is", async () => {
    for (const columns of [
      "(id, action) overriding system value values (0, 'TESTED')",
      "(id, action) overriding system value values (-1, 'TESTED')",
      "(action, before) values ('TESTED', 'null')",
      "(action, after) values ('TESTED', 'null')",
    ]) {
      await expect(owner.query(`insert into app.audit_events ${columns}`)).rejects.toMatchObject({ code: "23514" });
    }
    // Without the check it would still be another line.
    const lines = await owner.query<{ line: string }>(
      `
        select private.audit_line(jsonb_populate_record(e, '{}')) as line from app.audit_events e
          where e.before is null limit 1`,
    );
    const forged = await owner.query<{ line: string }>(
      `
        select private.audit_line(row(e.id, e.at, e.actor_id, e.actor_code, e.partner_id, e.target_code,
          e.acting_session_id, e.action, e.entity, e.entity_key, 'null'::jsonb, e.after, e.detail, e.ip, e.user_agent,
          e.request_id, e.xid)::app.audit_events) as line from app.audit_events e where e.before is null limit 1`,
    );
    expect(forged.rows[0]!.line).not.toBe(lines.rows[0]!.line);
  });

  test("control: the same statements pass on a table without these triggers", async () => {
    await owner.query("begin");
    await owner.query("create table audit.plain (id int, note text); insert into audit.plain values (1, 'x')");
    for (const attempt of attempts("audit.plain", "note")) await owner.query(attempt);
    await owner.query("rollback");
  });

  test("months two years ahead, made without waiting for those who read or write", async () => {
    const reader = await connect(database.adminUrl);
    await reader.query("begin");
    await act(reader, "meanwhile"); // Holds the lock that every checkout holds.
    expect(await valueOf<number>(owner, "select private.ensure_audit_months('2040-01-01', 2)")).toBe(2);
    await reader.query("commit");
    expect(await valueOf<number>(worker, "select jobs.ensure_audit_months()")).toBe(0);
    await expect(owner.query("truncate audit.events_2040_02")).rejects.toMatchObject(refusedFor("DENIED"));
    await owner.query("insert into app.audit_events (at, action) values ('2040-01-15', 'TESTED')");
    await expect(owner.query("delete from audit.events_2040_01")).rejects.toMatchObject(refusedFor("DENIED"));
    expect((await seal())?.broken).toMatchObject([{ what: "ROW_FUTURE" }]);
  });
});

describe("sealing", () => {
  test("a transaction that commits late, with a lower number, is sealed after the others", async () => {
    await seal();
    const late = await connect(database.adminUrl);
    await late.query("begin");
    await act(late, "late");
    await act(owner, "early");
    expect((await seal())?.count).toBe(1);
    expect(await seqOf("late")).toBeUndefined();
    await late.query("commit");
    expect((await seal())?.count).toBe(1);
    expect(await event("late")).toBeLessThan(await event("early"));
    expect(await seqOf("late")).toBe((await seqOf("early"))! + 1);
  });

  test("two sealers at once: one works, and no row is sealed twice or skipped", async () => {
    const other = await connect(database.workerUrl);
    for (let n = 0; n < 20; n += 1) await act(owner, `both-${n}`);
    await worker.query("begin");
    expect((await seal())?.count).toBeGreaterThanOrEqual(20);
    expect(await seal(other)).toBeNull();
    await worker.query("commit");
    expect((await seal(other))?.count).toBe(0);
    const writers = new pg.Pool({ connectionString: database.adminUrl, max: 4 });
    const writing = Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        writers.query("select private.audit('TESTED', 'test', $1)", [`storm-${n}`]),
      ),
    );
    const storm = async (client: pg.Client) => {
      for (let pass = 0; pass < 30; pass += 1) await seal(client, 7);
    };
    await Promise.all([writing, storm(worker), storm(other)]);
    await writers.end();
    while ((await seal())?.count !== 0);
    expect(
      await valueOf<number>(
        owner,
        `
          select count(distinct l.seq)::int from audit.links l join app.audit_events e on e.id = l.event_id
            where e.entity_key like 'storm-%'`,
      ),
    ).toBe(200);
    expect(await valueOf<number>(owner, "select count(*)::int from audit.unsealed")).toBe(0);
    expect(await valueOf<boolean>(owner, "select max(seq) = count(*) from audit.links")).toBe(true);
  });

  test("a checkout in the middle of its transaction waits for no sealer, and no sealer for it", async () => {
    const shop = await connect(database.adminUrl);
    await act(owner, "sealed meanwhile");
    await worker.query("begin");
    expect((await seal())?.count).toBe(1); // Sealed, not committed: every lock it has, it has now.
    await shop.query("set lock_timeout = '300ms'; begin");
    await act(shop, "ordered meanwhile");
    await shop.query("commit");
    await worker.query("commit");
    expect((await seal())?.count).toBe(1);
  });

  test("a queued row whose event is gone is told at once, kept, and not sealed over", async () => {
    await act(owner, "gone");
    await act(owner, "stays");
    const gone = await event("gone");
    await superuser.query("alter table app.audit_events disable trigger _010_append_only");
    await superuser.query("delete from app.audit_events where id = $1", [gone]);
    await superuser.query("alter table app.audit_events enable always trigger _010_append_only");
    expect(await seal()).toMatchObject({ count: 1, broken: [{ what: "MISSING", event: gone }] });
    expect(await seqOf("stays")).toBeDefined();
    expect(await valueOf<string>(owner, "select broken from audit.unsealed where event_id = $1", [gone])).toBe(
      "MISSING",
    );
    expect(
      await valueOf<string>(
        owner,
        "select severity || ' ' || cause from app.incidents where dedup_key = 'audit-broken/missing'",
      ),
    ).toBe("1 AUDIT_BROKEN");
    expect(
      await valueOf<number>(
        owner,
        "select count(*)::int from app.mails where kind = 'AUDIT_BROKEN' and props ->> 'what' = 'MISSING'",
      ),
    ).toBe(3); // Two admins, one auditor.
    expect((await seal())?.broken).toEqual([]); // Once.
  });

  test("a row that says it is older than rows sealed long ago is told; one that only commits late is not", async () => {
    await owner.query(
      `
        insert into app.audit_events (at, action, entity_key) values (clock_timestamp() - interval '2 hours', 'TESTED',
          'backdated')`,
    );
    await owner.query(
      `
        insert into app.audit_events (at, action, entity_key)
          values (clock_timestamp() - interval '5 minutes', 'TESTED', 'slow')`,
    );
    expect((await seal())?.broken.map(({ what }) => what)).toEqual(["ROW_BACKDATED"]);
  });

  test("a row that never was in the queue is a stray", async () => {
    const strays = () => valueOf<{ strays: number[] }>(worker, "select jobs.audit_strays(null, 100000)");
    expect((await strays()).strays).toEqual([]);
    await superuser.query("set session_replication_role = replica");
    await superuser.query("insert into app.audit_events (action, entity_key) values ('TESTED', 'stray')");
    await superuser.query("set session_replication_role = origin");
    expect((await strays()).strays).toEqual([await event("stray")]);
  });
});

describe("no path without its row", () => {
  const change = `
      update app.orders set status = 'PROCESSING' where number = (select number from app.orders
        where status = 'SUBMITTED' and not held limit 1)`;

  test("SQL by hand that moves an order, turns a setting or closes a store commits only with its row", async () => {
    const audited = `
        select private.audit('ORDER_MOVED', 'order', number) from app.orders where status = 'SUBMITTED' and not held
          limit 1`;
    await owner.query("begin");
    await owner.query(change);
    await expect(owner.query("commit")).rejects.toMatchObject({ code: "23514" });
    for (const [statement, row] of [
      [
        "update app.settings set value = '7' where key = 'erp.sync_per_second'",
        "select private.audit('SETTING_CHANGED', 'setting', 'erp.sync_per_second')",
      ],
      [
        "update app.partners set shadow_allowed = false where code = 'PTR-0002'",
        "select private.audit('SHADOW_CONSENT_CHANGED', 'partner', 'PTR-0002')",
      ],
      [change, audited],
    ] as const) {
      await owner.query("begin");
      await owner.query(statement);
      await expect(owner.query("set constraints all immediate")).rejects.toMatchObject({ code: "23514" });
      await owner.query("rollback");
      await owner.query("begin");
      await owner.query(row);
      await owner.query(statement);
      await owner.query("set constraints all immediate");
      await owner.query("rollback");
    }
  });

  test("a row about something else, or of an earlier transaction, is not enough", async () => {
    await owner.query("select private.audit('SETTING_CHANGED', 'setting', 'erp.sync_per_second')");
    for (const row of [
      "select private.audit('SETTING_CHANGED', 'setting', 'stock.buffer.default')",
      "select private.audit('SETTING_CHANGED', 'order', 'erp.sync_per_second')",
    ]) {
      await owner.query("begin");
      await owner.query(row);
      await owner.query("update app.settings set value = '8' where key = 'erp.sync_per_second'");
      await expect(owner.query("set constraints all immediate")).rejects.toMatchObject({ code: "23514" });
      await owner.query("rollback");
    }
  });
});

test(
  "what was and what is: settings, orders, and a cart in Shadow Mode, its emptying too",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const last = () =>
      db
        .rows("select action, before, after, target_code from app.audit_events order by id desc limit 1")
        .then(([row]) => row);
    await db.as(people.admin, () => db.sql.query("select app.change_setting('erp.sync_per_second', '9', 'Uji coba')"));
    expect(await last()).toMatchObject({ action: "SETTING_CHANGED", before: { value: 5 }, after: { value: 9 } });
    await db.actFor(people.sari, "PTR-0001");
    await db.fill(people.sari, [sku, 2]);
    expect(await last()).toEqual({
      action: "CART_CHANGED",
      before: { quantity: 0 },
      after: { quantity: 2 },
      target_code: "PTR-0001",
    });
    await db.fill(people.sari, [sku, 0]);
    expect(await last()).toEqual({
      action: "CART_CHANGED",
      before: { quantity: 2 },
      after: { quantity: 0 },
      target_code: "PTR-0001",
    });
    const number = await db.buy(people.sari, [sku, 1]);
    await db.as(people.sari, () => db.sql.query("select app.note_whatsapp_opened($1)", [number]));
    expect(await last()).toMatchObject({ action: "WHATSAPP_OPENED", target_code: "PTR-0001" });
    await db.as(people.admin, () => db.sql.query("select app.move_order($1, 'PROCESSING', '')", [number]));
    expect(await last()).toEqual({
      action: "ORDER_MOVED",
      before: { status: "SUBMITTED" },
      after: { status: "PROCESSING" },
      target_code: "PTR-0001",
    });
  }),
);

test(
  "an auditor's reading is a line of the trail; the same reading within five minutes is the same line",
  rolledBack(async (db) => {
    const search = (who: string, filter: object) =>
      db.as(who, () => db.rows("select id, action from app.search_audit($1, null, 50)", [filter]));
    const readings = () =>
      db.value<number>("select count(*)::int from app.audit_events where action = 'AUDIT_READ' and actor_id = $1", [
        people.auditor,
      ]);
    const before = await readings();
    expect(
      (await search(people.auditor, { action: "ACTING_BEGUN", actor: null })).every(
        ({ action }) => action === "ACTING_BEGUN",
      ),
    ).toBe(true);
    await search(people.auditor, { action: "ACTING_BEGUN" });
    expect(await readings()).toBe(before + 1);
    await search(people.auditor, { target: "PTR-0001" });
    expect(await readings()).toBe(before + 2);
    for (const who of [people.admin, people.budi, people.sari]) {
      expect(await db.stopped(who, "select * from app.search_audit('{}', null, 50)")).toBe("DENIED");
      expect(await db.stopped(who, "select app.audit_overview()")).toBe("DENIED");
    }
    for (const who of [people.auditor, people.admin])
      expect(await db.stopped(who, "select from app.audit_events")).toBe("42501");
    // What a search says is data, never SQL.
    expect(await search(people.auditor, { key: "x' or true --" })).toEqual([]);
  }),
);
