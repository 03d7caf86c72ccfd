import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { plenty, rolledBack } from "#tests/support/rolled-back.ts";

// An admin presses «Jalankan Reconcile_Orders».
const begin = "select app.begin_reconcile()";

test(
  "an admin begins one run at a time, however many there were, and is told which",
  rolledBack(async (db) => {
    const runs = () => db.rows<{ ref: string; total: number }>("select ref, total from app.reconcile_runs order by id");
    const before = await runs();
    for (let press = 1; press <= 3; press += 1) {
      const told = await db.as(people.admin, () => db.value<string>(begin));
      expect(told).toMatch(/^REC-/);
      const now = await runs();
      expect(now).toHaveLength(before.length + press);
      expect(now.at(-1)).toEqual({ ref: told, total: 0 });
      expect(
        await db.value("select entity_key from app.audit_events where action = 'RECONCILE_STARTED' order by id desc"),
      ).toBe(told);
    }
  }),
);

test(
  "what waits is in the run that the admin is told of, and a second press joins it",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.buy(people.budi, [sku, 1]);
    const waiting = await db.value<number>("select count(*)::int from app.erp_syncs where done_at is null");
    expect(waiting).toBeGreaterThan(0);
    const told = await db.as(people.admin, () => db.value<string>(begin));
    const total = () => db.value("select total from app.reconcile_runs where ref = $1", [told]);
    expect(await total()).toBe(waiting);
    expect(await db.as(people.admin, () => db.value<string>(begin))).toBe(told);
    expect(await total()).toBe(waiting);
  }),
);

test(
  "no statement of ours picks rows by a function that does something: it would do it once for each row it looks at",
  rolledBack(async (db) => {
    const picking = `
      select distinct n.nspname || '.' || p.proname as by, m[1] as asks
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       cross join lateral regexp_matches(p.prosrc,
         '(?:where|and|on)\\s+[a-z_.]+\\s*=\\s*((?:private|app|jobs)\\.[a-z_]+)\\(', 'g') m
       where n.nspname in ('app', 'private', 'jobs')`;
    const asked = await db.rows<{ by: string; asks: string }>(picking);
    expect(asked.length).toBeGreaterThan(20);
    const doing = await db.rows<{ name: string }>(`
      select distinct n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname in ('app', 'private', 'jobs') and p.provolatile = 'v'`);
    const volatile = new Set(doing.map(({ name }) => name));
    expect(asked.filter(({ asks }) => volatile.has(asks))).toEqual([]);
  }),
);
