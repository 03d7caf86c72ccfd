import sql, { empty, join } from "sql-template-tag";
import type { Db } from "#app/db/door.server.ts";
import { limit } from "#app/db/limit.ts";
import { encodeCursor, decodeCursor } from "./cursor.ts";
import { type AlertFilter, alertStates, countedTo, officePageSize } from "./office.ts";

export type AlertRow = {
  id: number; number: string; placedAt: Date; total: number; storeName: string; storeCode: string; salesman: string;
  state: "PENDING" | "SENT" | "FAILED"; recipient: string; attempts: number; nextAttemptAt: Date; lastError: string | null;
  sentAt: Date | null;
  /** The owner's number, 62...: whom to phone when the mail did not arrive. */
  whatsapp: string | null;
};

const alerts = sql`
  select t.order_id as id, o.number, o.created_at as "placedAt", o.total, p.name as "storeName", p.code as "storeCode",
         o.placed_by_name as salesman, t.state, t.recipient, t.attempts, t.next_attempt_at as "nextAttemptAt",
         t.last_error as "lastError", t.sent_at as "sentAt", c.owner_whatsapp as whatsapp
    from app.shadow_alerts t join app.orders o on o.id = t.order_id join app.partners p on p.id = o.partner_id
    left join app.partner_contacts c on c.partner_id = p.id`;

/** The alert of every shadow order, newest first. */
export async function listAlerts(db: Db, { state, after }: AlertFilter): Promise<{ alerts: AlertRow[]; next: string | null }> {
  const cursor = decodeCursor(after, "id");
  const rows = await db.many<AlertRow>(sql`${alerts}
    where true ${state ? sql`and t.state = ${state}` : empty} ${cursor ? sql`and t.order_id < ${cursor[0]}::bigint` : empty}
    order by t.order_id desc ${limit(officePageSize + 1)}`);
  const shown = rows.slice(0, officePageSize);
  const last = shown.at(-1);
  return { alerts: shown, next: rows.length > officePageSize && last ? encodeCursor([last.id]) : null };
}

/** Those that no owner has received yet: the failed ones first, since they need a person. */
export const listUndelivered = (db: Db, most: number) =>
  db.many<AlertRow>(sql`${alerts} where t.state in ('FAILED', 'PENDING') order by t.state, t.order_id desc ${limit(most)}`);

/** How many alerts are in each state; counted up to countedTo. */
export async function countAlerts(db: Db): Promise<Record<string, number>> {
  const rows = await db.many<{ state: string; n: number }>(join(alertStates.map((state) => sql`
    select ${state}::text as state,
           (select count(*) from (select from app.shadow_alerts where state = ${state} ${limit(countedTo + 1)}) counted) as n`), " union all "));
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
