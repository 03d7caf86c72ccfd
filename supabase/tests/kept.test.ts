import { expect, test } from "vitest";
import { rolledBack, type TestDb, reasonOf } from "#tests/support/rolled-back.ts";

/**
 * Tables whose rows come and go by the nature of the thing. Every other table of the business and of the trail is kept:
 * a new one has to say which it is. Schema private is working memory: nothing there is a promise.
 */
const free = [
  "app.assignments",
  "app.brands",
  "app.cart_items",
  "app.carts",
  "app.categories",
  "app.credit_levels",
  "app.erp_call_stats",
  "app.erp_circuit",
  "app.erp_circuit_events",
  "app.erp_tests",
  "app.erp_watch",
  "app.escalation_steps",
  "app.feeds",
  "app.holidays",
  "app.http_minutes",
  "app.incident_levels",
  "app.journey_runs",
  "app.objective_slots",
  "app.partner_credit",
  "app.prices",
  "app.product_stock",
  "app.products",
  "app.regions",
  "app.search_synonyms",
  "app.shelf_counts",
  "app.stock_levels",
  "app.sub_distributors",
  "app.vital_days",
  "audit.turn",
  "audit.unsealed",
  "audit.watch",
];
const tables = `
  select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname in ('app', 'audit') and c.relkind in ('r', 'p') order by 1`;

/** Why the owner of the tables is stopped; null when nothing stopped him. Undone. */
async function owner(db: TestDb, text: string): Promise<string | null> {
  await db.sql.query("savepoint attempt");
  const code = await db.sql.query(text).then(() => null, reasonOf);
  await db.sql.query("rollback to savepoint attempt");
  return code;
}

test(
  "every table that is a promise refuses to be emptied, its owner too; and one that is none does not",
  rolledBack(async (db) => {
    const all = (await db.rows<{ name: string }>(tables)).map(({ name }) => name);
    expect(free.filter((name) => !all.includes(name))).toEqual([]);
    const kept = all.filter((name) => !free.includes(name));
    expect(kept.length).toBeGreaterThan(35);
    for (const name of kept) {
      // Of the trail's tables some refuse row by row, so there has to be a row; those that say it by statement need
      // none.
      const filled = await db.value<boolean>(`select exists (select from ${name})`);
      if (filled || (name.startsWith("app.") && name !== "app.audit_events"))
        expect([name, await owner(db, `delete from ${name}`)]).toEqual([name, "DENIED"]);
      if (name.startsWith("app.") && name !== "app.audit_events")
        expect([name, await owner(db, `delete from ${name} where false`)]).toEqual([name, "DENIED"]);
      expect([name, await owner(db, `truncate ${name} cascade`)]).toEqual([name, "DENIED"]);
    }
    // By way of a table that is not kept, neither.
    expect(await owner(db, "truncate app.products cascade")).toBe("DENIED");
    expect(await owner(db, "delete from app.cart_items")).toBeNull();
    expect(await owner(db, "truncate app.erp_call_stats")).toBeNull();
    expect(await owner(db, "truncate app.cart_items")).toBeNull();
  }),
);

test(
  "they hold whatever a session says of replication, and no setting lifts them",
  rolledBack(async (db) => {
    const weak = await db.rows(`
    select g.tgrelid::regclass::text as name, g.tgname from pg_trigger g
      where g.tgfoid = 'private.keep()'::regprocedure and g.tgenabled <> 'A'`);
    expect(weak).toEqual([]);
    for (const setting of ["app.retire", "app.retention"])
      await db.sql.query("select set_config($1, 'on', true)", [setting]);
    expect(await owner(db, "delete from app.shadow_alerts")).toBe("DENIED");
    expect(
      await owner(
        db,
        "delete from app.shadow_alerts where recipient = 'PL/pgSQL function private.retire(regclass,text,text) line 4'",
      ),
    ).toBe("DENIED");
    // The line of an order is no exception, but in the function that cuts it.
    expect(await owner(db, "delete from app.order_lines")).toBe("DENIED");
  }),
);

test(
  "retention is the one way, for the owner alone, and stands in the trail",
  rolledBack(async (db) => {
    await db.sql.query(
      `
        select private.open_task('PHONE_OWNER', 'kept/' || n, null, null, null, interval '1 hour')
          from generate_series(1, 3) n`,
    );
    expect(await db.value("select private.retire('app.tasks', $$dedup_key like 'kept/%'$$, 'TERM_ENDED')")).toBe(3);
    expect(await db.value("select count(*)::int from app.tasks where dedup_key like 'kept/%'")).toBe(0);
    expect(await db.rows("select entity_key, detail from app.audit_events where action = 'ROWS_RETIRED'")).toEqual([
      { entity_key: "app.tasks", detail: { rows: 3, why: "TERM_ENDED" } },
    ]);
    expect(
      await db.rows(
        `
          select r from unnest(array['web', 'worker', 'anon', 'authenticated']) r
            where has_function_privilege(r, 'private.retire(regclass, text, text)', 'execute')`,
      ),
    ).toEqual([]);
    expect(await owner(db, "delete from app.tasks")).toBe("DENIED");
  }),
);
