import { describe, expect, test } from "vitest";
import { sealedTrail } from "./audit-support.ts";
import { connect, valueOf } from "#tests/support/database.ts";
import { reasonOf, refusedFor } from "#tests/support/rolled-back.ts";

const { database, by, seal, act } = sealedTrail();

describe("append-only for everybody", () => {
  const tables = async () =>
    (
      await by.owner.query<{ name: string }>(`
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
          by.owner,
          `
            select coalesce(array_agg(p), '{}') from unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'INSERT']) p
              where has_table_privilege($1, $2::text, p)`,
          [role, table],
        );
        expect([role, table, powers]).toEqual([role, table, []]);
      }
    }
    await expect(by.worker.query("select from audit.links")).rejects.toMatchObject({ code: "42501" });
  });

  test.each(["the owner", "a superuser that calls himself a replica"])(
    "%s is refused update, delete and truncate, on the table and on each of its months",
    async (who) => {
      const client = who === "the owner" ? by.owner : by.superuser;
      // A row in every table: row triggers need one.
      await client.query("select jobs.sign_seal(1, 'k', repeat('00', 64), now())");
      const filled = (await tables()).filter((name) => !/events_/.test(name));
      for (const table of [
        ...filled,
        `audit.${await valueOf<string>(
          by.owner,
          `
          select 'events_' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY_MM')`,
        )}`,
      ]) {
        expect([table, await valueOf<number>(by.owner, `select count(*)::int from ${table}`)]).not.toEqual([table, 0]);
        const column = await valueOf<string>(
          by.owner,
          "select attname from pg_attribute where attrelid = $1::regclass and attnum = 2",
          [table],
        );
        for (const attempt of attempts(table, column)) {
          await client.query("begin");
          if (client === by.superuser) await client.query("set local session_replication_role = replica");
          const code = await client.query(attempt).then(() => "passed", reasonOf);
          await client.query("rollback");
          expect([attempt, code]).toEqual([attempt, "DENIED"]);
        }
      }
      // Months without rows have nothing to update; what would empty them is refused all the same.
      for (const table of (await tables()).filter((name) => /events_/.test(name)))
        await expect(client.query(`truncate ${table}`)).rejects.toMatchObject(refusedFor("DENIED"));
      if (client === by.owner)
        await expect(by.owner.query("set session_replication_role = replica")).rejects.toMatchObject({ code: "42501" });
    },
  );

  test("only the sealer takes from its queue: not even owner or replica deletes, changes or empties it", async () => {
    await act(by.owner, "queued");
    for (const [client, replica] of [
      [by.owner, false],
      [by.superuser, true],
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
    await by.owner.query("begin");
    expect(await valueOf<{ count: number }>(by.owner, "select jobs.seal_audit(1000)")).toMatchObject({ count: 1 });
    // What the function may is over with it.
    await expect(by.owner.query("delete from audit.unsealed")).rejects.toMatchObject(refusedFor("DENIED"));
    await by.owner.query("rollback");
  });

  test("no row has a number below the first, and none says a JSON null for what was or is", async () => {
    for (const columns of [
      "(id, action) overriding system value values (0, 'TESTED')",
      "(id, action) overriding system value values (-1, 'TESTED')",
      "(action, before) values ('TESTED', 'null')",
      "(action, after) values ('TESTED', 'null')",
    ]) {
      await expect(by.owner.query(`insert into app.audit_events ${columns}`)).rejects.toMatchObject({ code: "23514" });
    }
    // Without the check it would still be another line.
    const lines = await by.owner.query<{ line: string }>(
      `
        select private.audit_line(jsonb_populate_record(e, '{}')) as line from app.audit_events e
          where e.before is null limit 1`,
    );
    const forged = await by.owner.query<{ line: string }>(
      `
        select private.audit_line(row(e.id, e.at, e.actor_id, e.actor_code, e.partner_id, e.target_code,
          e.acting_session_id, e.action, e.entity, e.entity_key, 'null'::jsonb, e.after, e.detail, e.ip, e.user_agent,
          e.request_id, e.xid)::app.audit_events) as line from app.audit_events e where e.before is null limit 1`,
    );
    expect(forged.rows[0]!.line).not.toBe(lines.rows[0]!.line);
  });

  test("control: the same statements pass on a table without these triggers", async () => {
    await by.owner.query("begin");
    await by.owner.query("create table audit.plain (id int, note text); insert into audit.plain values (1, 'x')");
    for (const attempt of attempts("audit.plain", "note")) await by.owner.query(attempt);
    await by.owner.query("rollback");
  });

  test("months two years ahead, made without waiting for those who read or write", async () => {
    const reader = await connect(database.adminUrl);
    await reader.query("begin");
    await act(reader, "meanwhile"); // Holds the lock that every checkout holds.
    expect(await valueOf<number>(by.owner, "select private.ensure_audit_months('2040-01-01', 2)")).toBe(2);
    await reader.query("commit");
    expect(await valueOf<number>(by.worker, "select jobs.ensure_audit_months()")).toBe(0);
    await expect(by.owner.query("truncate audit.events_2040_02")).rejects.toMatchObject(refusedFor("DENIED"));
    await by.owner.query("insert into app.audit_events (at, action) values ('2040-01-15', 'TESTED')");
    await expect(by.owner.query("delete from audit.events_2040_01")).rejects.toMatchObject(refusedFor("DENIED"));
    expect((await seal())?.broken).toMatchObject([{ what: "ROW_FUTURE" }]);
  });
});
