import sql, { empty, join } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { encodeCursor, decodeCursor } from "#app/db/cursor.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";
import { type AlertedOrder, type AlertFilter, deliveryStates, type DeliveryState } from "./alerts.ts";

export type AlertRow = AlertedOrder & {
  id: number;
  salesmanCode: string;
  state: DeliveryState;
  recipient: string;
  attempts: number;
  nextAttemptAt: Date;
  lastError: string | null;
  sentAt: Date | null;
  /** How far the SMS is; null where none was written. */
  sms: DeliveryState | null;
  /** Somebody has to phone the owner. */
  toPhone: boolean;
  /** The owner's number, 62... */
  whatsapp: string | null;
};

const alerts = sql`
  select t.order_id as id, o.number, o.created_at as "placedAt", o.total, p.name as "storeName", p.code as "storeCode",
         o.placed_by_name as salesman,
         coalesce((select a.code from app.accounts a where a.id = o.placed_by), '') as "salesmanCode", t.state,
         t.recipient, t.attempts, t.next_attempt_at as "nextAttemptAt", t.last_error as "lastError",
         t.sent_at as "sentAt", s.state as sms, k.due is not null as "toPhone", case
           when k.due then c.owner_whatsapp end as whatsapp
    from app.shadow_alerts t join app.orders o on o.id = t.order_id join app.partners p on p.id = o.partner_id
    left join lateral (select true as due from app.tasks k where k.order_id = t.order_id and k.kind = 'PHONE_OWNER'
      and k.done_at is null limit 1) k on true
    left join app.shadow_alerts s on s.order_id = t.order_id and s.channel = 'SMS'
    left join app.partner_contacts c on c.partner_id = p.id
   where t.channel = 'EMAIL'`;
const toPhone = sql`select k.order_id from app.tasks k where k.kind = 'PHONE_OWNER' and k.done_at is null`;

/** The alert of every shadow order, newest first. */
export async function listAlerts(
  db: Db,
  { state, after }: AlertFilter,
): Promise<{ alerts: AlertRow[]; next: string | null }> {
  const cursor = decodeCursor(after, "id");
  const wanted =
    state === null ? empty : state === "PHONE" ? sql`and t.order_id in (${toPhone})` : sql`and t.state = ${state}`;
  const rows = await db.many<AlertRow>(sql`${alerts}
    ${wanted} ${cursor ? sql`and t.order_id < ${cursor[0]}::bigint` : empty}
    order by t.order_id desc ${limit(staffPageSize + 1)}`);
  const shown = rows.slice(0, staffPageSize);
  const last = shown.at(-1);
  return { alerts: shown, next: rows.length > staffPageSize && last ? encodeCursor([last.id]) : null };
}

/** Owners who do not know yet: those to be phoned first, then those whose e-mail waits. */
export const listUndelivered = (db: Db, most: number) =>
  db.many<AlertRow>(sql`${alerts} and t.order_id in (
      (${toPhone} order by k.order_id desc ${limit(most)}) union all
      (select w.order_id from app.shadow_alerts w where w.channel = 'EMAIL' and w.state = 'PENDING'
        order by w.order_id desc ${limit(most)}))
    order by "toPhone" desc, t.order_id desc ${limit(most)}`);

/** How many alerts are in each state, and how many owners are to be phoned; counted up to countedTo. */
export async function countAlerts(db: Db): Promise<Record<string, number>> {
  const inState = deliveryStates.map(
    (state) => sql`
    select ${state}::text as state,
           (select count(*) from (select from app.shadow_alerts where channel = 'EMAIL'
             and state = ${state} ${limit(countedTo + 1)}) counted) as n`,
  );
  const phone = sql`select 'PHONE', (select count(*) from (${toPhone} ${limit(countedTo + 1)}) counted)`;
  const rows = await db.many<{ state: string; n: number }>(join([...inState, phone], " union all "));
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
