import sql, { empty, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { NotFound } from "#app/db/errors.server.ts";
import { type Waiting, waitingOf } from "#app/approvals/approval.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { orderNumber, orderPageSize } from "./order.ts";
import type { Tier } from "#app/accounts/viewer.ts";
import type { Credit } from "#app/credit/credit.ts";
import type { OrderRow } from "./row.ts";
export type OrderLine = {
  sku: string;
  name: string;
  quantity: number;
  preorder: number;
  unitPrice: number;
  marketPrice: number;
  /** No longer sold. */ withdrawn: boolean;
};
export type OrderEvent = { at: Date; kind: string; actor: string; detail: Record<string, unknown> };
export type Order = OrderRow & {
  storeCode: string;
  storeName: string;
  erpDocument: string | null;
  credit: Credit;
  degraded: boolean;
  tier: Tier;
  marketTotal: number;
  points: number;
  note: string;
  routedTo: { name: string; whatsapp: string } | null;
  routedAt: Date | null;
  lines: OrderLine[];
  events: OrderEvent[];
};
export type OrderPage<Row = OrderRow> = { orders: Row[]; next: string | null };

/** What every list shows of an order. */
export const orderColumns = sql`
  o.id, o.number, o.created_at as "placedAt", o.placed_by_name as "placedBy", o.acting_session_id is not null as shadow,
  o.status, o.sync_status as "syncStatus", o.credit_light as light, o.total, o.held,
  case o.credit_inputs ->> 'reason' when 'BYPASS' then 'MANUAL' else o.credit_inputs ->> 'reason' end as reason,
    (o.credit_inputs ->> 'over')::bigint as over`;

/** What a list of a store shows of an order: why it waits, and by how much it is over, as long as it does. */
export type StoreRow = Omit<OrderRow, "id" | "light" | "reason" | "over"> & { waiting: Waiting | null };
/** The row for a store or its salesman, without what only staff looks at. */
export function storeRow<Row extends OrderRow>({ id: _, light, reason, over, ...row }: Row) {
  return { ...row, waiting: waitingOf({ light, reason, over, status: row.status, held: row.held }) };
}

/** The viewer's store's orders, newest first, 25 a page. */
export async function listOrders(db: Db, after: string | null): Promise<OrderPage<StoreRow>> {
  // Named here although RLS says it too: an OR of policies finds no index, this does.
  const { orders, next } = pageOf(
    await db.many<OrderRow>(sql`
    select ${orderColumns} from app.orders o
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

/**
 * What a store reads of an order, or the salesman who placed it: of its credit decision nothing but `reason` and
 * `over`.
 */
export type StoreOrder = Omit<Order, "id" | "credit" | "erpDocument" | "routedAt">;

/** A store's order as its reader sees it, whole, in one statement. Throws NotFound, for a stranger too. */
export async function findOrder(db: Db, number: string): Promise<StoreOrder> {
  const { id: _, ...order } = await findOrderWhere<AsRead<StoreOrder & { id: number }>>(
    db,
    number,
    sql`(o.partner_id = (select private.viewer_partner()) or o.placed_by = (select private.viewer_id()))`,
    empty,
    sql`e.detail`,
  );
  return order;
}

/**
 * The same for staff, with its own words in the history. RLS lets only staff see rows through it, and those words.
 */
export const findAnyOrder = (db: Db, number: string): Promise<Order> =>
  findOrderWhere<AsRead<Order>>(
    db,
    number,
    sql`(select private.viewer_is_staff())`,
    sql`o.erp_document as "erpDocument", o.credit_inputs as credit, o.routed_at as "routedAt",`,
    sql`e.detail || coalesce((select n.detail from app.order_event_notes n where n.event_id = e.id), '{}')`,
  );

/** As the statement gives it: JSON knows no dates. */
type AsRead<Whole extends StoreOrder> = Omit<Whole, "events"> & {
  events: Array<Omit<OrderEvent, "at"> & { at: string }>;
};

async function findOrderWhere<Found extends AsRead<StoreOrder>>(
  db: Db,
  number: string,
  mine: Sql,
  more: Sql,
  detail: Sql,
): Promise<Omit<Found, "events"> & Pick<Order, "events">> {
  if (!orderNumber.test(number)) throw new NotFound();
  const row = await db.maybe<Found>(sql`
    select ${orderColumns}, p.code as "storeCode", p.name as "storeName", ${more} o.degraded, o.tier,
      o.market_total as "marketTotal", o.points, o.note,
           (select jsonb_build_object('name', d.name, 'whatsapp', d.whatsapp) from app.sub_distributors d
             where d.id = o.routed_to) as "routedTo",
           (select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'quantity', l.quantity,
             'preorder', l.preorder,
                     'unitPrice', l.unit_price, 'marketPrice', l.market_price, 'withdrawn', a.id is null)
                       order by l.line_no), '[]')
              from app.order_lines l left join app.products a on a.id = l.product_id and a.active
                where l.order_id = o.id) as lines,
           (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind, 'actor', e.actor, 'detail',
             ${detail}) order by e.id), '[]')
              from app.order_events e where e.order_id = o.id) as events
      from app.orders o join app.partners p on p.id = o.partner_id
     where o.number = ${number} and ${mine}`);
  if (!row) throw new NotFound();
  const { events, ...order } = row;
  return { ...order, events: events.map((event) => ({ ...event, at: new Date(event.at) })) };
}

/** Rows before a cursor. */
export function before(after: string | null): Sql {
  const cursor = decodeCursor(after, "id");
  return cursor ? sql`and o.id < ${cursor[0]}::bigint` : empty;
}

/** A page out of one row more than a page. */
export function pageOf<Row extends { id: number }>(rows: Row[]): OrderPage<Row> {
  const orders = rows.slice(0, orderPageSize);
  const last = orders.at(-1);
  return { orders, next: rows.length > orderPageSize && last ? encodeCursor([last.id]) : null };
}

/** The hand-off was opened on the reader's device; the history says that and no more. Throws NotFound. */
export const noteWhatsappOpened = (db: Db, number: string) => db.one(sql`select app.note_whatsapp_opened(${number})`);
