import sql, { empty } from "sql-template-tag";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { WaitingOrder } from "./waiting.ts";

const waitingPage = 50;

/**
 * Orders that wait to be shipped, the oldest first, 50 a page; for staff alone. The clock begins when an order is
 * handed over (with a decision on its credit, when that is taken), begins anew with each move, and stands still while
 * the order is held.
 */
export async function listWaitingOrders(
  db: Db,
  after: string | null,
): Promise<{ orders: WaitingOrder[]; next: string | null }> {
  const place = decodeCursor(after, "id");
  const rows = await db.many<WaitingOrder>(sql`
    with waiting as (
      select o.id, o.number, o.partner_id, o.routed_to, o.status,
             greatest(coalesce(o.routed_at, o.created_at), (select max(e.at) from app.order_events e
               where e.order_id = o.id and e.kind in ('PROCESSING', 'APPROVED'))) as since
        from app.orders o
       where not o.held
         and (o.status = 'APPROVED' or o.credit_light = 'GREEN' and o.status in ('SUBMITTED', 'PROCESSING'))
         and (select private.viewer_is_staff()) ${place ? sql`and o.id > ${place[0]}::bigint` : empty}
       order by o.id ${limit(waitingPage + 1)}),
    timed as (
      select w.*, extract(epoch from now() - w.since - coalesce((
               select sum(upper(stood) - lower(stood)) from unnest((
                 select range_agg(tstzrange(greatest(h.placed_at, w.since), h.released_at)) from app.order_holds h
                  where h.order_id = w.id and h.released_at > w.since)) stood), interval '0')) / 60 as waited
        from waiting w),
    hours as (
      select max(value::numeric) filter (where key = 'sla.reminder_hours') as reminder,
             max(value::numeric) filter (where key = 'sla.escalation_hours') as escalation,
             max(value::numeric) filter (where key = 'sla.timeout_hours') as timeout
        from app.settings where key like 'sla.%')
    select t.id, t.number, p.code as store, r.name as region, d.name as "subDistributor", t.status, t.since,
           greatest(floor(t.waited), 0)::integer as waited,
           case when t.waited >= h.timeout * 60 then 'TIMEOUT' when t.waited >= h.escalation * 60 then 'HQ_INTERVENTION'
                when t.waited >= h.reminder * 60 then 'REMINDER' else 'ON_TIME' end as level
      from timed t cross join hours h
      join app.partners p on p.id = t.partner_id
      left join app.regions r on r.code = p.region_code
      left join app.sub_distributors d on d.id = t.routed_to
     order by t.id`);
  const orders = rows.slice(0, waitingPage);
  const last = orders.at(-1);
  return { orders, next: rows.length > waitingPage && last ? encodeCursor([last.id]) : null };
}
