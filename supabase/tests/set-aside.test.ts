import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

// One row that cannot be used does not refuse the rest: it is set aside by name, and what was known of it goes on to
// hold, with its own time.

type Aside = Array<{ key: string; sent: string; why: string; figure: number | null; asOf: string | null }>;
let pulls = 0;
const pull = (db: TestDb, feed: "stock" | "credit", rows: unknown[], started = "now()") =>
  db.value<string | null>(`select jobs.apply_${feed}($2, ${started}, $1)`, [
    JSON.stringify(rows),
    `aside-${(pulls += 1)}`,
  ]);
const lastRun = async (db: TestDb, feed: string) =>
  (
    await db.rows<{ accepted: boolean; reason: string | null; aside: Aside }>(
      "select accepted, reason, aside from app.feed_runs where feed = $1 order by id desc limit 1",
      [feed],
    )
  )[0]!;
const articles = (db: TestDb) =>
  db.rows<{ sku: string; warehouse: string; quantity: number }>(
    `
      select p.sku, w.warehouse, 100 as quantity from app.products p cross join (values ('SBY'), ('JKT')) w (warehouse)
        order by p.id, w.warehouse`,
  );
const stock = async (db: TestDb, sku: string) =>
  (
    await db.rows<{ quantity: number; age: number | null; held: number }>(
      `
        select s.quantity, s.held, round(extract(epoch from now() - s.figure_as_of))::int as age
          from app.product_stock s join app.products p on p.id = s.product_id where p.sku = $1`,
      [sku],
    )
  )[0]!;
/** A row that cannot be used before the rest. */
const firstNegative = (rows: Awaited<ReturnType<typeof articles>>) =>
  rows.map((row, n) => (n === 0 ? { ...row, quantity: -1 } : row));
/** Live, half an hour ago: everything. */
async function before(db: TestDb) {
  await db.sql.query("update app.feeds set row_count = null, snapshot_id = null, as_of = null");
  const rows = await articles(db);
  expect(await pull(db, "stock", rows, "now() - interval '30 minutes'")).toBeNull();
  return rows;
}
/** Stores enough that one of them is under one in a hundred. */
async function manyStores(db: TestDb) {
  await db.sql.query("update app.feeds set row_count = null, snapshot_id = null, as_of = null");
  await db.sql.query(`
    insert into auth.users (id, aud, role, email) select ('c0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
      'authenticated', 'authenticated', 'aside-' || n || '@demo.test' from generate_series(1, 160) n;
    insert into app.accounts (id, code, role, name)
      select ('c0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'OWN-8' || lpad(n::text, 3, '0'), 'PARTNER',
      'x' from generate_series(1, 160) n;
    insert into app.partners (account_id, code, name, tier)
      select ('c0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'PTR-8' || lpad(n::text, 3, '0'), 'x',
      'GOLD' from generate_series(1, 160) n`);
  const rows = await db.rows<{ partner: string; outstanding: number }>(
    "select code as partner, 1000 as outstanding from app.partners order by code",
  );
  expect(rows.length).toBe(200);
  expect(await pull(db, "credit", rows, "now() - interval '30 minutes'")).toBeNull();
  return rows;
}

test.each([["-7"], ["1.5"], ["null"], ['"NaN"'], ['"7"'], ["1e21"], ["[7]"], ["{}"], ["true"], ["1000000001"]])(
  "stock: a row with %s is set aside, its figure holds with its time, all else is live",
  (sent) =>
    rolledBack(async (db) => {
      const rows = await before(db);
      const wrong = rows[0]!;
      const now = rows.map((row, n) => (n === 0 ? { ...row, quantity: JSON.parse(sent) } : { ...row, quantity: 50 }));
      expect(await pull(db, "stock", now)).toBeNull();
      const run = await lastRun(db, "stock");
      expect(run).toMatchObject({ accepted: true, reason: expect.stringContaining(`${wrong.sku} ${wrong.warehouse}`) });
      expect(run.aside).toEqual([
        {
          key: `${wrong.sku} ${wrong.warehouse}`,
          sent: expect.any(String),
          why: "FIGURE",
          figure: 100,
          asOf: expect.any(String),
        },
      ]);
      expect(await stock(db, wrong.sku)).toMatchObject({ quantity: 150, age: 1800 });
      expect(await stock(db, rows[2]!.sku)).toMatchObject({ quantity: 100, age: null });
      // Wrong again: the time is still that of the figure, not of the pull that carried it on.
      expect(await pull(db, "stock", now)).toBeNull();
      expect(await stock(db, wrong.sku)).toMatchObject({ quantity: 150, age: 1800 });
      // Mended: fresh.
      expect(await pull(db, "stock", rows)).toBeNull();
      expect(await stock(db, wrong.sku)).toMatchObject({ quantity: 200, age: null });
      expect((await lastRun(db, "stock")).aside).toEqual([]);
    })(),
);

test(
  "what was sold since a carried figure stays held, and comes free when its order is cancelled",
  rolledBack(async (db) => {
    await plenty(db);
    const rows = await before(db);
    const wrong = rows[0]!;
    await db.sql.query("update app.product_stock set quantity = 200, buffer = 0, held = 0");
    const number = await db.buy(people.budi, [wrong.sku, 6]);
    await db.sql.query(
      `
        update app.orders set sync_status = 'SYNCED', synced_at = now() - interval '10 minutes',
          erp_document = 'SO-ASIDE' where number = $1`,
      [number],
    );
    const base = await db.value<number>(
      `
        select coalesce(sum(l.quantity - l.preorder), 0)::int from app.order_lines l
          join app.orders o on o.id = l.order_id where l.sku = $1 and o.number <> $2 and o.sync_status <> 'SYNCED'
          and o.status not in ('REJECTED', 'CANCELLED')`,
      [wrong.sku, number],
    );
    expect(await pull(db, "stock", firstNegative(rows))).toBeNull();
    expect((await stock(db, wrong.sku)).held).toBe(base + 6);
    await db.as(people.admin, () => db.sql.query("select app.move_order($1, 'CANCELLED', 'Uji coba saja')", [number]));
    expect((await stock(db, wrong.sku)).held).toBe(base);
    // Control: with a fresh figure the ERP has taken them off already.
    expect(await pull(db, "stock", rows)).toBeNull();
    expect((await stock(db, wrong.sku)).held).toBe(base);
  }),
);

test(
  "a feed lives while such rows stay under one in a hundred",
  rolledBack(async (db) => {
    const rows = await before(db);
    const most = Math.ceil(rows.length / 100) - 1;
    expect(most).toBeGreaterThan(2);
    const spoilt = (count: number) => rows.map((row, n) => (n < count ? { ...row, quantity: -1 } : row));
    expect(await pull(db, "stock", spoilt(most))).toBeNull();
    expect((await lastRun(db, "stock")).aside).toHaveLength(most);
    const said = await pull(db, "stock", spoilt(most + 1));
    expect(said).toContain("not a whole number");
    expect(said).toContain(`${rows[0]!.sku} ${rows[0]!.warehouse}`);
    expect(await lastRun(db, "stock")).toMatchObject({ accepted: false });
  }),
);

test(
  "credit: a store that has overpaid is taken; a wrong row keeps that store's figure, which grows old by itself",
  rolledBack(async (db) => {
    const rows = await manyStores(db);
    const budi = (outstanding: unknown) =>
      rows.map((row) => (row.partner === "PTR-0001" ? { ...row, outstanding } : { ...row, outstanding: 2000 }));
    const creditOf = () =>
      db.as(people.budi, () =>
        db.value<{ reason: string; asOf: string; deposit?: number; room: number }>("select app.viewer_credit()"),
      );
    const owed = () =>
      db.value<number>("select outstanding from app.partner_credit where partner_id = $1", [stores.budi]);
    expect(await pull(db, "credit", budi(0), "now() - interval '29 minutes'")).toBeNull();
    const even = await creditOf();
    expect(await pull(db, "credit", budi(-1), "now() - interval '28 minutes'")).toBeNull();
    expect([await owed(), (await lastRun(db, "credit")).aside, (await creditOf()).room - even.room]).toEqual([
      -1,
      [],
      1,
    ]);

    for (const wrong of [0.5, "NaN", 1e16, null, [1]]) {
      expect(await pull(db, "credit", budi(wrong))).toBeNull();
      expect(await lastRun(db, "credit")).toMatchObject({
        accepted: true,
        reason: expect.stringContaining("PTR-0001"),
        aside: [{ key: "PTR-0001", why: "FIGURE", figure: -1 }],
      });
      expect(await owed()).toBe(-1);
    }
    expect(await db.value("select outstanding from app.partner_credit where partner_id = $1", [stores.maya])).toBe(
      2000,
    );
    // An hour after the figure was the ERP's, however fresh the snapshot: people decide about this store, and about no
    // other.
    await db.sql.query(
      "update app.partner_credit set figure_as_of = now() - interval '61 minutes' where partner_id = $1",
      [stores.budi],
    );
    expect((await creditOf()).reason).toBe("OLD_DATA");
    expect(await db.as(people.maya, () => db.value("select app.viewer_credit() ->> 'reason'"))).not.toBe("OLD_DATA");
    expect(await pull(db, "credit", budi(7))).toBeNull();
    expect([await owed(), (await creditOf()).reason]).toEqual([7, "WITHIN_LIMIT"]);
  }),
);

test(
  "an order since a carried figure counts against the room, though the snapshot could know it",
  rolledBack(async (db) => {
    const rows = await manyStores(db);
    const erp = () => db.value<number>("select (private.credit_decision($1, 0) ->> 'erp')::bigint", [stores.maya]);
    const known = await erp();
    await db.sql.query(
      `
        update app.orders set sync_status = 'SYNCED', synced_at = now() - interval '10 minutes', total = 700000,
          status = 'SHIPPED' where id = (select max(id) from app.orders where partner_id = $1)`,
      [stores.maya],
    );
    const since = await erp();
    expect(since).toBeGreaterThan(known);
    expect(
      await pull(
        db,
        "credit",
        rows.map((row) => (row.partner === "PTR-0002" ? { ...row, outstanding: "?" } : row)),
      ),
    ).toBeNull();
    expect(await erp()).toBe(since);
    expect(await pull(db, "credit", rows)).toBeNull();
    expect(await erp()).toBe(known);
  }),
);

test(
  "an article or store not ours is set aside beside all that are; if one of ours is missing too, nothing goes live",
  rolledBack(async (db) => {
    const rows = await before(db);
    expect(await pull(db, "stock", [...rows, { sku: "NEW-1", warehouse: "SBY", quantity: 5 }])).toBeNull();
    expect(await lastRun(db, "stock")).toMatchObject({
      accepted: true,
      reason: expect.stringContaining("NEW-1"),
      aside: [{ key: "NEW-1 SBY", why: "UNKNOWN", figure: null }],
    });
    // Its name may be broken.
    const said = await pull(
      db,
      "stock",
      rows.map((row, n) => (n === 0 ? { ...row, sku: "XXX-0000" } : row)),
    );
    expect(said).toContain("unknown article (XXX-0000 SBY)".replace("SBY", rows[0]!.warehouse));
    expect(said).toContain(rows[0]!.sku);
    const debts = await manyStores(db);
    expect(await pull(db, "credit", [...debts, { partner: "PTR-9999", outstanding: 1 }])).toBeNull();
    expect((await lastRun(db, "credit")).aside).toMatchObject([{ key: "PTR-9999", why: "UNKNOWN" }]);
    expect(
      await pull(
        db,
        "credit",
        debts.map((row) => (row.partner === "PTR-0002" ? { ...row, partner: "PTR-9999" } : row)),
      ),
    ).toContain("unknown store (PTR-9999)");
  }),
);

test(
  "before the first snapshot there is nothing to carry on: the store is unknown, the article has no row there",
  rolledBack(async (db) => {
    await db.sql.query("update app.feeds set row_count = null, snapshot_id = null, as_of = null");
    const rows = await articles(db);
    expect(await pull(db, "stock", firstNegative(rows))).toBeNull();
    expect((await lastRun(db, "stock")).aside).toMatchObject([{ figure: null, asOf: null }]);
    expect(await stock(db, rows[0]!.sku)).toMatchObject({ quantity: 100, age: null });
  }),
);
