import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { connect, seededDatabase, waitsForLock } from "#tests/support/database.ts";
import { people } from "#tests/support/cast.ts";
import { plenty, TestDb } from "#tests/support/rolled-back.ts";

// Committed, by two connections at once, on a database of its own.
const database = seededDatabase();
let admin: pg.Client;
let puller: pg.Client;

beforeAll(async () => {
  admin = await connect(database.adminUrl);
  puller = await connect(database.adminUrl);
});

const waits = () => waitsForLock(admin, puller);

/** The pieces that orders hold of an article, counted again, as a pull of the stock counts them. */
const counted = async (sku: string) =>
  (
    await admin.query<{ held: number; counted: number }>(
      `
  select s.held, (select coalesce(sum(l.quantity - l.preorder), 0)::int from app.order_lines l
    join app.orders o on o.id = l.order_id
                   where l.product_id = p.id and o.status not in ('REJECTED', 'CANCELLED')
                     and (o.sync_status <> 'SYNCED' or o.synced_at >= (select as_of from app.feeds
                       where name = 'stock'))) as counted
    from app.product_stock s join app.products p on p.id = s.product_id where p.sku = $1`,
      [sku],
    )
  ).rows[0]!;

test.each(["CUT", "PREORDER"])(
  "%s beside a pull of the stock: what is held is what orders hold",
  async (resolution) => {
    await admin.query("begin");
    const db = new TestDb(admin);
    const [sku] = await plenty(db);
    const session = await db.login(people.admin);
    const number = await db.buy(people.budi, [sku, 10]);
    const id = await db.value<number>("select id from app.orders where number = $1", [number]);
    // Another one, which the ERP has not got: its pieces are held before and after.
    await db.fill(people.maya, [sku, 20]);
    await db.order(people.maya);
    await admin.query("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
    await admin.query(
      "select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), 'SHORT', $2, $3, null)",
      [
        id,
        JSON.stringify({ documents: [`SO-${id}`], total: 1, lines: [], credit: null }),
        JSON.stringify({ lines: [{ sku, missing: 3, price: 0 }] }),
      ],
    );
    await admin.query("commit");
    expect((await counted(sku)).held).toBeGreaterThanOrEqual(30);
    const at = await db.value<string>("select checked_at::text from app.reconcile_results where order_id = $1", [id]);

    // The pull knows the order already, and is not committed when staff decides. It brings what is live, once more.
    const { rows } = await puller.query(`
        select p.sku, l.warehouse, l.quantity from app.stock_levels l join app.products p on p.id = l.product_id
    join app.feeds f on f.name = 'stock' and f.snapshot_id = l.snapshot_id`);
    await puller.query("begin");
    expect(
      (
        await puller.query("select jobs.apply_stock($2, clock_timestamp(), $1, now()) as refused", [
          JSON.stringify(rows),
          `uji-${resolution}`,
        ])
      ).rows,
    ).toEqual([{ refused: null }]);
    await admin.query("begin");
    await admin.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ sub: people.admin, session_id: session, role: "authenticated" }),
    ]);
    await admin.query("set local role authenticated");
    const decided = admin.query("select app.resolve_reconciliation($1, $2, null, 'Sudah ditelepon', $3)", [
      number,
      resolution,
      at,
    ]);
    await expect.poll(waits).toBe(true);
    await puller.query("commit");
    await decided;
    await admin.query("commit");
    const { held, counted: truth } = await counted(sku);
    expect(truth).toBeGreaterThanOrEqual(20);
    expect(held).toBe(truth);
  },
);
