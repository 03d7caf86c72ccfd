import sql, { empty, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import type { DisputeFilter, DisputeOutcome, Resolution } from "./dispute.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";
import { orderNumber, type OrderStatus } from "#app/orders/order.ts";

export type DisputeRow = {
  number: string;
  storeName: string;
  storeCode: string;
  salesman: string;
  salesmanCode: string;
  at: Date;
  held: boolean;
  outcome: DisputeOutcome | null;
  total: number;
  status: OrderStatus;
  incident: string | null;
  severity: number | null;
};
export type DisputeDetail = DisputeRow & {
  via: "LINK" | "ORDER_PAGE";
  note: string;
  heldNow: boolean;
  placedAt: Date;
  whatsapp: string | null;
  others: number;
  resolutionNote: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
};

const columns = sql`
  o.number, p.name as "storeName", p.code as "storeCode", o.placed_by_name as salesman, a.code as "salesmanCode",
    d.disputed_at as at,
  d.was_held as held, d.outcome, o.total, o.status, i.ref as incident, i.severity`;
const joined = sql`
  from app.disputes d join app.orders o on o.id = d.order_id join app.partners p on p.id = d.partner_id
  join app.accounts a on a.id = d.salesman_id left join app.incidents i on i.id = d.incident_id`;
// Written out, so that the index of the open ones serves.
const stateIs: Record<"open" | "resolved", Sql> = {
  open: sql`d.outcome is null`,
  resolved: sql`d.outcome is not null`,
};

/** What owners have disputed, newest first. Rows are seen by staff alone (RLS). */
export async function listDisputes(
  db: Db,
  { state, after }: DisputeFilter,
): Promise<{ disputes: DisputeRow[]; next: string | null }> {
  const cursor = decodeCursor(after, "id", "id");
  const rows = await db.many<DisputeRow & { id: number; micros: number }>(sql`
    select ${columns}, d.order_id as id, (extract(epoch from d.disputed_at) * 1000000)::bigint as micros ${joined}
     where (select private.viewer_is_staff()) ${state === "all" ? empty : sql`and ${stateIs[state]}`}
       ${
         cursor
           ? sql`and (d.disputed_at, d.order_id)
               < ('epoch'::timestamptz + ${cursor[0]}::bigint * interval '1 microsecond', ${cursor[1]}::bigint)`
           : empty
       }
     order by d.disputed_at desc, d.order_id desc ${limit(staffPageSize + 1)}`);
  const shown = rows.slice(0, staffPageSize);
  const last = shown.at(-1);
  return { disputes: shown, next: rows.length > staffPageSize && last ? encodeCursor([last.micros, last.id]) : null };
}

/** A store's, newest first. `code`: of the store. */
export const listDisputesOfStore = (db: Db, code: string, most: number) =>
  db.many<DisputeRow>(sql`
    select ${columns} ${joined}
     where d.partner_id = (select id from app.partners where code = ${/^PTR-\d{4,6}$/.test(code) ? code : ""}
       and (select private.viewer_is_staff()))
     order by d.disputed_at desc ${limit(most)}`);

/** How many are open and how many decided; counted up to countedTo. */
export const countDisputes = (db: Db) =>
  db.one<{ open: number; resolved: number }>(sql`
    select (select count(*) from (select from app.disputes d where ${stateIs.open} ${limit(countedTo + 1)}) c) as open,
           (select count(*)
             from (select from app.disputes d where ${stateIs.resolved} ${limit(countedTo + 1)}) c) as resolved`);

/** One of them, whole. Throws NotFound. */
export const findDispute = (db: Db, number: string) =>
  db.one<DisputeDetail>(sql`
    select ${columns}, d.via, d.note, o.held as "heldNow", o.created_at as "placedAt", c.owner_whatsapp as whatsapp,
      d.resolution_note as "resolutionNote",
           d.resolved_at as "resolvedAt", d.resolved_by as "resolvedBy",
           (select count(*) from app.disputes x where x.salesman_id = d.salesman_id and x.order_id <> d.order_id
               and x.disputed_at > now() - interval '30 days') as others
      ${joined} left join app.partner_contacts c on c.partner_id = p.id
     where o.number = ${orderNumber.test(number) ? number : ""} and (select private.viewer_is_staff())`);

/**
 * Decides. Errors: NotFound, STALE (decided otherwise), REQUIRED the outcome, REASON_REQUIRED, DENIED for all but
 * admins.
 */
export const resolveDispute = (db: Db, number: string, { outcome, note }: Resolution) =>
  db.one(sql`select app.resolve_dispute(${number}, ${outcome}, ${note})`);
