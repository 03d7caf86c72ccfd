import { expect } from "vitest";
import { people } from "#tests/support/cast.ts";
import { plenty, type TestDb } from "#tests/support/rolled-back.ts";

type Lines = Array<{ sku: string; quantity: number; confirmed: number; price?: number }>;

/** What the ERP answers about an order. */
export type Said = {
  result: string;
  documents?: string[];
  lines?: Lines;
  difference?: object;
  retriable?: boolean;
  error?: string;
};

/** An admin's decision about an order that the ERP has otherwise. */
export const decide = "select app.resolve_reconciliation($1, $2, $3, $4, $5)";

/** An order of Budi's for ten of one article and four of another, and its id. */
export async function placed(db: TestDb, { degraded = false, who = people.budi } = {}) {
  const [one, two] = await plenty(db);
  const number = await db.buy(who, [one, 10], [two, 4]);
  const [order] = await db.rows<{ id: number; total: number }>("select id, total from app.orders where number = $1", [
    number,
  ]);
  if (degraded) await db.sql.query("update app.orders set degraded = true where number = $1", [number]);
  return { number, one, two, ...order! };
}

/** The ERP speaks about an order. */
export async function said(
  db: TestDb,
  id: number,
  { result, documents = ["SO-1"], difference = {}, retriable = false, error }: Said,
) {
  await db.sql.query("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
  expect(
    await db.value(
      "select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), $2, $3, $4, $5, $6)",
      [
        id,
        result,
        JSON.stringify({ documents, total: 1, lines: [], credit: { ok: result !== "CREDIT_FAILED", message: null } }),
        JSON.stringify(difference),
        error ?? null,
        retriable,
      ],
    ),
  ).toBe(true);
}

/** What is missing in the ERP: so many pieces of one article, and more lines if wanted. */
export const short = (sku: string, missing: number, more: object[] = []) => ({
  lines: [{ sku, missing, price: 0 }, ...more],
});

/** An order, approved or not yet, of which the ERP has three pieces less of one article. */
export async function shortOrder(db: TestDb, { approved = false } = {}) {
  const order = await placed(db);
  if (approved) await db.approve(order.number);
  await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
  return order;
}

/** When the order was compared last: whoever decides names it. */
export const checkedAt = (db: TestDb, id: number) =>
  db.value<string | null>("select checked_at::text from app.reconcile_results where order_id = $1", [id]);

/** An admin decides about what was compared last. */
export const resolve = async (
  db: TestDb,
  order: { number: string; id: number },
  resolution: string,
  { document = "", note = "", who = people.admin } = {},
) => {
  const at = await checkedAt(db, order.id);
  return db.as(who, () => db.sql.query(decide, [order.number, resolution, document, note, at]));
};

/** Why the same decision is stopped, or null; undone either way. */
export const refusal = async (
  db: TestDb,
  order: { number: string; id: number },
  resolution: string,
  { document = "", note = "", who = people.admin } = {},
) => db.stopped(who, decide, [order.number, resolution, document, note, await checkedAt(db, order.id)]);

/** What can be decided and what it would bring, as somebody of staff sees it. */
export const outlook = (db: TestDb, id: number, who: string = people.admin) =>
  db.as(who, () =>
    db.value<{
      choices: string[];
      cut: { total: number; points: number; lines: object[] };
      preorder: object[];
      waiting: boolean;
    }>("select private.reconcile_outlook($1)", [id]),
  );

/** The decisions that are possible. */
export const choices = async (db: TestDb, id: number) => (await outlook(db, id)).choices.sort();
type Order = { status: string; sync: string; document: string | null; total: number; market: number; points: number };

/** What stands on the order now. */
export const orderOf = (db: TestDb, id: number) =>
  db.row<Order>(
    `
      select status, sync_status as sync, erp_document as document, total, market_total as market, points
        from app.orders where id = $1`,
    [id],
  );

/** What its owner was written of the outcome. */
export const mails = (db: TestDb, number: string) =>
  db.rows(
    `
      select recipient, props ->> 'outcome' as outcome, (props ->> 'total')::int as total from app.mails
        where kind = 'ORDER_RECONCILED' and dedup_key = $1`,
    [`reconciled/${number}`],
  );

/** The open tasks to stop its documents in the ERP. */
export const tasks = (db: TestDb, number: string) =>
  db.rows("select kind, detail ->> 'document' as document from app.tasks where dedup_key = $1 and done_at is null", [
    `stop-in-erp/${number}`,
  ]);

/** How far the order is on its way to the ERP. */
export const sync = async (db: TestDb, id: number) =>
  (
    await db.rows<{ done: boolean; ticket: number; lease: string | null }>(
      "select done_at is not null as done, ticket, lease_until as lease from app.erp_syncs where order_id = $1",
      [id],
    )
  )[0]!;
