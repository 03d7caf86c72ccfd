import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { plenty, rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

/** The store that only tries, with something in its cart. */
async function journey(db: TestDb): Promise<string> {
  const [, , , article] = await plenty(db);
  const id = randomUUID();
  await db.sql.query(
    `insert into auth.users (id, aud, role, email, is_sso_user, is_anonymous, created_at, updated_at)
      values ($1, 'authenticated', 'authenticated', 'cek@demo.test', false, false, now(), now())`,
    [id],
  );
  await db.sql.query("select private.make_journey($1)", [id]);
  await db.fill(id, [article, 2]);
  return id;
}

/** How many rows each table of the database has, and how far numbers were given out. */
async function everything(db: TestDb): Promise<Record<string, unknown>> {
  const tables = await db.rows<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('app', 'private', 'audit', 'auth', 'pgboss') order by 1`);
  const counted: Record<string, unknown> = {};
  for (const { name } of tables) {
    const row = await db.row<{ rows: string; digest: string }>(
      `select count(*)::text as rows, md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) as digest
         from ${name} t`,
    );
    counted[name] = `${row.rows} ${row.digest}`;
  }
  expect(tables.length).toBeGreaterThan(90);
  counted.numbers = await db.value("select last_value from app.order_numbers");
  counted.leads = await db.value("select last_value from app.lead_numbers");
  return counted;
}

const place = "select app.place_order($1, null, 'uji coba', true)";
const lead = {
  business_name: "Pemeriksaan otomatis",
  contact_name: "Pemeriksaan otomatis",
  phone_whatsapp: "6281100000000",
  city: "Jakarta",
  salon_type: "OTHER",
};

test(
  "its order runs the real command to the end and leaves no row, no changed row and no number behind",
  rolledBack(async (db) => {
    const id = await journey(db);
    await db.login(id);
    const before = await everything(db);
    const placed = await db.as(id, () => db.value<Record<string, unknown>>(place, [randomUUID()]));
    expect(placed).toMatchObject({ tried: true, repeated: false });
    expect(placed.number).toMatch(/^ORD-\d{4}-000000$/);
    expect(await everything(db)).toEqual(before);
    // And again: what it has in its cart stays there.
    expect(await db.as(id, () => db.value(place, [randomUUID()]))).toMatchObject({ tried: true });
    // Somebody else's leaves a lot.
    await db.buy(
      people.budi,
      ...(await db.rows<{ sku: string }>("select sku from app.products where active order by id offset 3 limit 1")).map(
        ({ sku }): [string, number] => [sku, 1],
      ),
    );
    const after = await everything(db);
    for (const table of ["app.orders", "app.order_lines", "app.order_events", "app.erp_syncs", "app.product_stock"])
      expect([table, after[table] === before[table]]).toEqual([table, false]);
    expect(after.numbers).not.toBe(before.numbers);
  }),
);

test(
  "a constraint that waits for the commit would stop it: it is told, as a store would be",
  rolledBack(async (db) => {
    const id = await journey(db);
    await db.sql.query(`
      create function private.broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
      create constraint trigger broken after insert on app.order_events deferrable initially deferred
        for each row execute function private.broken()`);
    expect(await db.stopped(id, place, [randomUUID()])).toBe("P0001");
  }),
);

test(
  "what stops a store stops it too",
  rolledBack(async (db) => {
    const id = await journey(db);
    await db.sql.query("delete from app.cart_items where author_id = $1", [id]);
    expect(await db.stopped(id, place, [randomUUID()])).toBe("EMPTY_CART");
  }),
);

test(
  "nobody but itself finds it among stores and accounts",
  rolledBack(async (db) => {
    const id = await journey(db);
    const seen = (who: string) =>
      db.as(who, async () => [
        await db.value("select count(*)::int from app.partners where code = 'PTR-0000'"),
        await db.value("select count(*)::int from app.accounts where code = 'PTR-0000'"),
        await db.value("select count(*)::int from app.partners where code = 'PTR-0001'"),
      ]);
    expect(await seen(people.admin)).toEqual([0, 0, 1]);
    expect(await seen(people.auditor)).toEqual([0, 0, 1]);
    expect(await seen(people.sari)).toEqual([0, 0, 1]);
    expect(await seen(id)).toEqual([1, 1, 0]);
  }),
);

test(
  "no salesman acts for it, and there is one of it",
  rolledBack(async (db) => {
    await journey(db);
    expect(await db.stopped(people.sari, "select app.begin_acting('PTR-0000', 'kunjungan toko')")).not.toBeNull();
    await db.sql.query("select private.make_journey($1)", [people.budi]);
    expect(await db.value("select count(*)::int from private.journey")).toBe(1);
  }),
);

test(
  "a lead is tried to the end without a row, a mail or a number; a real one leaves them",
  rolledBack(async (db) => {
    const before = await everything(db);
    const tried = "select app.try_lead($1, 'tried/12345678', 'id')";
    expect(await db.as(null, () => db.value(tried, [JSON.stringify(lead)]))).toBe(0);
    expect(await everything(db)).toEqual(before);
    expect(await db.stopped(null, tried, [JSON.stringify({ ...lead, salon_type: "MOON" })])).toBe("BAD_INPUT");
    await db.as(null, () => db.value("select app.submit_lead($1, 'real/12345678', 'id')", [JSON.stringify(lead)]));
    const after = await everything(db);
    for (const table of ["app.leads", "app.mails", "app.timers"])
      expect([table, after[table] === before[table]]).toEqual([table, false]);
  }),
);

test(
  "one worker at a time tries, once a minute, and nobody while the shop is closed",
  rolledBack(async (db) => {
    const claim = () => db.value("select jobs.claim_journey()");
    expect(await claim()).toBe(false);
    await journey(db);
    expect(await claim()).toBe(true);
    expect(await claim()).toBe(false);
    await db.sql.query("update private.journey set tried_at = now() - interval '1 minute'");
    expect(await claim()).toBe(true);
    await db.sql.query("update private.journey set tried_at = now() + interval '1 hour'");
    expect(await claim()).toBe(true);
    await db.sql.query("update private.journey set tried_at = now() - interval '1 minute'");
    await db.sql.query(
      `insert into app.maintenance (mode, starts_at, ends_at, text_id, text_en, reason, state, set_by, begun_at)
        values ('FULL', now() - interval '1 minute', now() + interval '1 hour', 'kami tutup', 'we are closed',
                'peningkatan server', 'RUNNING', 'ADM-001', now())`,
    );
    expect(await claim()).toBe(false);
  }),
);
