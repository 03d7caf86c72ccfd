import sql, { type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { NotFound } from "#app/db/errors.server.ts";
import { orderNumber } from "./order.ts";
import { orderColumns } from "./orders.server.ts";
import type { Tier } from "#app/accounts/viewer.ts";
import type { Credit } from "#app/credit/credit.ts";
import type { OrderRow } from "./row.ts";

export type OrderLine = {
  sku: string;
  name: string;
  unit: string;
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

/**
 * What a store reads of an order, or the salesman who placed it: of its credit decision nothing but `reason` and
 * `over`; and the invoice that was made of it, for the store alone.
 */
export type StoreOrder = OrderText & { invoice: { number: string; dueOn: string | null } | null };
type OrderText = Omit<Order, "id" | "credit" | "erpDocument" | "routedAt">;

/** A store's order as its reader sees it, whole, in one statement. Throws NotFound, for a stranger too. */
export async function findOrder(db: Db, number: string): Promise<StoreOrder> {
  const { id: _, ...order } = await findOrderWhere<AsRead<StoreOrder & { id: number }>>(
    db,
    number,
    sql`(o.partner_id = (select private.viewer_partner()) or o.placed_by = (select private.viewer_id()))`,
    sql`(select jsonb_build_object('number', i.number, 'dueOn', case when i.status <> 'PAID' then i.due_on end)
           from app.invoices i where i.order_id = o.id and i.status <> 'CANCELLED') as invoice,`,
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
type AsRead<Whole extends OrderText> = Omit<Whole, "events"> & {
  events: Array<Omit<OrderEvent, "at"> & { at: string }>;
};

async function findOrderWhere<Found extends AsRead<OrderText>>(
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
           (select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'unit', l.unit,
             'quantity', l.quantity, 'preorder', l.preorder,
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

/** The hand-off was opened on the reader's device; the history says that and no more. Throws NotFound. */
export const noteWhatsappOpened = (db: Db, number: string) => db.one(sql`select app.note_whatsapp_opened(${number})`);
