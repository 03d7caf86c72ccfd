import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty } from "#tests/support/rolled-back.ts";

// NOTIFY fails at COMMIT while the queue of notifications is full: whatever notifies in its transaction is lost with
// it.

const notifying = `
  select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname in ('app', 'private', 'jobs', 'audit', 'pgboss', 'auth')
     and (coalesce(p.prosrc, '') || coalesce(pg_get_function_sqlbody(p.oid),
       '')) ~* '\\mpg_notify\\M|(^|;|\\mbegin|\\mthen|\\melse|\\mloop)\\s*notify\\s'`;

test(
  "no function notifies inside the transaction that calls it",
  rolledBack(async (db) => {
    expect(await db.rows(notifying)).toEqual([]);
    // The control: three ways of doing it are found.
    await db.sql.query(`
    create function private.rings_a() returns void language plpgsql as $$ begin perform pg_notify('x', ''); end $$;
    create function private.rings_b() returns void language plpgsql as $$ begin notify x; end $$;
    create function private.rings_c() returns void language sql begin atomic select pg_notify('x', ''); end`);
    expect((await db.rows<{ name: string }>(notifying)).map(({ name }) => name).sort()).toEqual([
      "private.rings_a",
      "private.rings_b",
      "private.rings_c",
    ]);
  }),
);

test(
  "what a transaction queued can be read in it until it ends, each queue once",
  rolledBack(async (db) => {
    for (const queue of ["order.placed.sync", "mail.written.send"])
      await db.sql.query('select pgboss.create_queue($1, \'{"policy": "standard"}\')', [queue]);
    const asked = () => db.value<string | null>("select current_setting('app.wake', true)");
    expect((await asked()) || null).toBeNull();
    await db.sql.query("select private.enqueue('no.such.queue', '{}')");
    expect((await asked()) || null).toBeNull();
    const [sku] = await plenty(db);
    for (let n = 0; n < 2; n += 1) {
      await db.fill(people.budi, [sku, 1]);
      await db.order(people.budi);
    }
    expect(await asked()).toBe("order.placed.sync");
    await db.sql.query("select private.notify('ERP_DOWN', 'wake-test', 'admin@demo.test', 'id', '{}')");
    expect(await asked()).toBe("order.placed.sync,mail.written.send");
  }),
);
