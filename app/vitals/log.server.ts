import sql, { empty } from "sql-template-tag";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { staffPageSize } from "#app/ui/list.ts";
import { type LogFilter, logLevels } from "./log.ts";

export type LogLine = {
  id: number;
  at: Date;
  process: "web" | "worker";
  level: number;
  message: string;
  requestId: string | null;
  facts: Record<string, unknown>;
};

/** The request itself, or those by which this order was placed and its people were told of what became of it. */
const requestsOf = (number: string) =>
  number.startsWith("ORD-")
    ? sql`array(
        select s.request_id from app.orders o join app.erp_syncs s on s.order_id = o.id where o.number = ${number}
        union
        select a.request_id from app.orders o join app.shadow_alerts a on a.order_id = o.id where o.number = ${number}
        union
        select m.request_id from app.orders o join app.mails m on m.order_id = o.id where o.number = ${number})`
    : sql`array[${number}::text]`;

/** Lines of our processes, the newest first. */
export async function listLogs(
  db: Db,
  { level, request, day, after }: LogFilter,
): Promise<{ lines: LogLine[]; next: string | null }> {
  const last = decodeCursor(after, "id", "id");
  const rows = await db.many<LogLine & { us: number }>(sql`
    select id, at, process, level, message, request_id as "requestId", facts,
      (extract(epoch from at) * 1000000)::bigint as us
      from app.operational_logs
     where true
       ${level ? sql`and level >= ${logLevels[level]} and level >= 40` : empty}
       ${request ? sql`and request_id = any (${requestsOf(request)})` : empty}
       ${day ? sql`and at < (${day}::date + 1)::timestamp at time zone 'Asia/Jakarta'` : empty}
       ${
         last
           ? sql`
         and (at, id) < ('epoch'::timestamptz + ${last[0]}::bigint * interval '1 microsecond', ${last[1]}::bigint)`
           : empty
       }
     order by at desc, id desc ${limit(staffPageSize + 1)}`);
  const shown = rows.slice(0, staffPageSize);
  const end = shown.at(-1);
  return {
    lines: shown.map(({ us: _, ...line }) => line),
    next: rows.length > staffPageSize && end ? encodeCursor([end.us, end.id]) : null,
  };
}
