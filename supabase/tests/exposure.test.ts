import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

// What a store owes, by our book and by the ERP's: every status of an order, in the ERP's last figure or not, with
// whatever became of its invoice.

type Decision = {
  light: string;
  reason: string;
  limit: number;
  ours: number;
  erp: number;
  room: number;
  over: number;
  deposit?: number;
  asOf: string;
};
const store = "b0000000-0000-4000-8000-000000000003"; // Without an order of its own in the seed.
const decide = (db: TestDb, total = 0) => db.value<Decision>("select private.credit_decision($1, $2)", [store, total]);

/** The store with this limit, and the ERP's word of ten minutes ago. */
async function owes(db: TestDb, limit: number, outstanding: number) {
  await db.sql.query("update app.partners set credit_limit = $2 where id = $1", [store, limit]);
  await db.sql.query("update app.partner_credit set outstanding = $2 where partner_id = $1", [store, outstanding]);
  await db.sql.query(
    `
      update app.feeds set as_of = now() - interval '10 minutes', snapshot_id = coalesce(snapshot_id, 1)
        where name = 'credit'`,
  );
}
let made = 0;
type Sync = "never" | "before" | "after";
type Invoice = null | "UNPAID" | "PARTIAL" | "PAID" | "CANCELLED";
const minutes: Record<Sync, number | null> = { never: null, before: 20, after: 5 };
async function order(
  db: TestDb,
  status: string,
  sync: Sync,
  total: number,
  invoice: Invoice = null,
  paid = 0,
): Promise<number> {
  made += 1;
  const at = minutes[sync];
  const id = await db.value<number>(
    `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, status, credit_light, credit_inputs, tier,
      market_total, total, checkout_key, cart_digest, sync_status, synced_at, erp_document)
    select 'ORD-2020-' || lpad($1::text, 6, '0'), p.id, p.account_id, 'x', $3, 'GREEN', '{}', 'GOLD', $4, $4,
      gen_random_uuid(), '',
           case when $5::int is null then 'PENDING_SYNC' else 'SYNCED' end, now() - make_interval(mins => $5::int),
             case when $5::int is not null then 'SO-EXP-' || $1 end
      from app.partners p where p.id = $2 returning id`,
    [900_000 + made, store, status, total, at],
  );
  if (invoice) {
    await db.sql.query(
      `
        insert into app.invoices (number, order_id, partner_id, amount, paid, status, due_on)
          values ($1, $2, $3, $4, $5, $6, current_date)`,
      [`INV-EXP-${made}`, id, store, total, paid, invoice],
    );
  }
  return id;
}

const total = 1_000_000;
const open = ["SUBMITTED", "PROCESSING"];
const invoiced = ["APPROVED", "SHIPPED", "COMPLETED"];
const dead = ["REJECTED", "CANCELLED"];
const paidOf: Record<string, number> = { UNPAID: 0, PARTIAL: 400_000, PAID: total, CANCELLED: 0, none: 0 };
type Case = { status: string; sync: "never" | "before" | "after"; invoice: Invoice };
const table = (["never", "before", "after"] as const)
  .flatMap((sync): Case[] => [
    ...open.map((status) => ({ status, sync, invoice: null })),
    ...invoiced.flatMap((status) =>
      (["UNPAID", "PARTIAL", "PAID"] as const).map((invoice) => ({ status, sync, invoice })),
    ),
    ...dead.flatMap((status) => ([null, "CANCELLED"] as const).map((invoice) => ({ status, sync, invoice }))),
  ])
  .map((row) => {
    const owed = dead.includes(row.status) ? 0 : total - paidOf[row.invoice ?? "none"]!;
    return { ...row, ours: owed, erp: row.sync === "before" ? 0 : owed };
  });

test(
  "every status, before and after the snapshot, with every invoice, against both exposures",
  rolledBack(async (db) => {
    await owes(db, 20_000_000, 7_413_000);
    const before = await decide(db);
    expect(before).toMatchObject({ ours: 0, erp: 7_413_000, room: 12_587_000 });
    for (const { status, sync, invoice, ours, erp } of table) {
      await db.sql.query("savepoint one");
      await order(db, status, sync, total, invoice, paidOf[invoice ?? "none"]);
      const { room, ...after } = await decide(db);
      expect([status, sync, invoice, after.ours, after.erp - before.erp, room]).toEqual([
        status,
        sync,
        invoice,
        ours,
        erp,
        20_000_000 - Math.max(ours, 7_413_000 + erp),
      ]);
      await db.sql.query("rollback to savepoint one");
    }
    expect(new Set(table.map(({ status }) => status)).size).toBe(7);
  }),
);

test(
  "completed within one snapshot it is owed all the same: 991,000 too much, at each step of its way",
  rolledBack(async (db) => {
    await owes(db, 20_000_000, 7_413_000);
    expect(await decide(db, 4_878_000)).toMatchObject({ light: "GREEN" });
    const id = await order(db, "SUBMITTED", "after", 8_700_000);
    for (const status of ["SUBMITTED", "PROCESSING", "APPROVED", "SHIPPED", "COMPLETED"]) {
      if (status !== "SUBMITTED") {
        await db.sql.query("select private.audit('ORDER_MOVED', 'order', number) from app.orders where id = $1", [id]);
        await db.sql.query("update app.orders set status = $2 where id = $1", [id, status]);
      }
      expect([status, await decide(db, 4_878_000)]).toEqual([
        status,
        expect.objectContaining({
          light: "AMBER",
          reason: "OVER_LIMIT",
          over: 991_000,
          ours: 8_700_000,
          erp: 16_113_000,
        }),
      ]);
    }
    // Paid: nobody is owed it any more, though the ERP's figure is the old one.
    await db.sql.query("update app.invoices set paid = amount, status = 'PAID' where order_id = $1", [id]);
    expect(await decide(db, 4_878_000)).toMatchObject({ light: "GREEN", ours: 0, erp: 7_413_000 });
    await db.sql.query("update app.invoices set paid = 0, status = 'UNPAID' where order_id = $1", [id]);
    // The next snapshot has it, and it counts once.
    await db.sql.query("update app.feeds set as_of = now() where name = 'credit'");
    await db.sql.query("update app.partner_credit set outstanding = 16113000 where partner_id = $1", [store]);
    expect(await decide(db, 4_878_000)).toMatchObject({
      light: "AMBER",
      over: 991_000,
      ours: 8_700_000,
      erp: 16_113_000,
    });
  }),
);

test(
  "a checkout meets it: the order waits for approval with what is too much",
  rolledBack(async (db) => {
    const owner = await db.value<string>("select account_id from app.partners where id = $1", [store]);
    await owes(db, 20_000_000, 7_413_000);
    await order(db, "COMPLETED", "after", 8_700_000, "UNPAID");
    const [article] = await db.rows<{ sku: string; price: number }>(
      `
    select p.sku, c.price from app.partners s join app.prices c on c.tier = s.tier
      join app.products p on p.id = c.product_id and p.active
     where s.id = $1 and c.price between 30000 and 400000 order by p.id limit 1`,
      [store],
    );
    await db.sql.query(
      `
        update app.product_stock set quantity = 100000, buffer = 0, held = 0
          where product_id = (select id from app.products where sku = $1)`,
      [article!.sku],
    );
    const quantity = Math.ceil(4_878_000 / article!.price);
    await db.fill(owner, [article!.sku, quantity]);
    const [placed] = await db.rows<{ light: string; over: number; total: number }>(
      `
        select credit_light as light, (credit_inputs ->> 'over')::bigint as over, total from app.orders
          where number = $1`,
      [await db.order(owner)],
    );
    expect(placed).toMatchObject({ light: "AMBER", over: placed!.total - 3_887_000 });
  }),
);

test(
  "paid more than it owed, a store has that much more room, whatever else it owes",
  rolledBack(async (db) => {
    for (const [unsynced, unpaid] of [
      [0, 0],
      [300_000, 0],
      [0, 900_000],
      [300_000, 900_000],
    ] as const) {
      await db.sql.query("savepoint one");
      if (unsynced > 0) await order(db, "SUBMITTED", "never", unsynced);
      if (unpaid > 0) await order(db, "COMPLETED", "before", unpaid, "UNPAID");
      await owes(db, 10_000_000, 0);
      const even = await decide(db);
      await owes(db, 10_000_000, -1);
      expect([unsynced, unpaid, (await decide(db)).room - even.room, (await decide(db)).deposit, even.deposit]).toEqual(
        [unsynced, unpaid, 1, 1, undefined],
      );
      await owes(db, 10_000_000, -2_000_000);
      expect((await decide(db)).room - even.room).toBe(2_000_000);
      await db.sql.query("rollback to savepoint one");
    }
  }),
);

test(
  "what an admin sees of a waiting order counts the same way",
  rolledBack(async (db) => {
    await owes(db, 5_000_000, -1);
    const id = await order(db, "SUBMITTED", "after", 6_000_000);
    await order(db, "COMPLETED", "after", 500_000, "UNPAID");
    await db.sql.query("update app.orders set credit_light = 'AMBER' where id = $1", [id]);
    const figures = await db.as(people.admin, () =>
      db.value<Decision>("select figures from app.approval_figures($1)", [[id]]),
    );
    expect(figures).toMatchObject({ ours: 500_000, erp: 499_999, room: 4_500_001, over: 1_499_999, deposit: 1 });
  }),
);
