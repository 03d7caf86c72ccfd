import sql, { empty, type Sql } from "sql-template-tag";
import { type Waiting, waitingOf } from "#app/approvals/approval.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { orderPageSize } from "./order.ts";
import type { OrderRow } from "./row.ts";

export type OrderPage<Row = OrderRow> = { orders: Row[]; next: string | null };

/** What every list shows of an order. */
export const orderColumns = sql`
  o.id, o.number, o.created_at as "placedAt", o.placed_by_name as "placedBy", o.acting_session_id is not null as shadow,
  o.status, o.sync_status as "syncStatus", o.credit_light as light, o.total, o.held,
  case o.credit_inputs ->> 'reason' when 'BYPASS' then 'MANUAL' else o.credit_inputs ->> 'reason' end as reason,
    (o.credit_inputs ->> 'over')::bigint as over`;

/** By what staff knows who placed it. */
export const placedByCode = sql`
  coalesce((select a.code from app.accounts a where a.id = o.placed_by), '') as "placedByCode"`;

/** What a list of a store shows of an order: why it waits, and by how much it is over, as long as it does. */
export type StoreRow = Omit<OrderRow, "id" | "syncStatus" | "light" | "reason" | "over"> & { waiting: Waiting | null };
/** The row for a store or its salesman, without what only staff looks at. */
export function storeRow<Row extends OrderRow>({ id: _, syncStatus: __, light, reason, over, ...row }: Row) {
  return { ...row, waiting: waitingOf({ light, reason, over, status: row.status, held: row.held }) };
}

/** The viewer's store's orders, newest first, 25 a page. */
export async function listOrders(
  db: Db,
  after: string | null,
): Promise<OrderPage<StoreRow & { invoice: string | null }>> {
  // Named here although RLS says it too: an OR of policies finds no index, this does.
  const { orders, next } = pageOf(
    await db.many<OrderRow & { invoice: string | null }>(sql`
    select ${orderColumns},
      (select i.number from app.invoices i where i.order_id = o.id and i.status <> 'CANCELLED') as invoice
      from app.orders o
     where o.partner_id = (select private.viewer_partner()) ${before(after)}
     order by o.id desc ${limit(orderPageSize + 1)}`),
  );
  return { orders: orders.map(storeRow), next };
}

/** Those still on their way, newest five. */
export const listOpenOrders = async (db: Db): Promise<StoreRow[]> =>
  (
    await db.many<OrderRow>(sql`
    select ${orderColumns} from app.orders o
     where o.partner_id = (select private.viewer_partner()) and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED',
       'SHIPPED')
     order by o.id desc limit 5`)
  ).map(storeRow);

/** A salesman's own shadow orders, newest first. */
export const listPlacedBySalesman = async (
  db: Db,
): Promise<Array<Omit<StoreRow, "placedBy" | "shadow"> & { storeName: string }>> =>
  (
    await db.many<OrderRow & { storeName: string }>(sql`
    select ${orderColumns}, p.name as "storeName" from app.orders o join app.partners p on p.id = o.partner_id
     where o.placed_by = (select private.viewer_id()) and o.acting_session_id is not null
     order by o.id desc limit 20`)
  )
    .map(storeRow)
    .map(({ placedBy: _, shadow: __, ...row }) => row);

// Rows before a cursor.
function before(after: string | null): Sql {
  const cursor = decodeCursor(after, "id");
  return cursor ? sql`and o.id < ${cursor[0]}::bigint` : empty;
}

// A page out of one row more than a page.
function pageOf<Row extends { id: number }>(rows: Row[]): OrderPage<Row> {
  const orders = rows.slice(0, orderPageSize);
  const last = orders.at(-1);
  return { orders, next: rows.length > orderPageSize && last ? encodeCursor([last.id]) : null };
}
