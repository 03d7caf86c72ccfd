import sql, { empty, join, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";
import { columns, joined } from "./columns.server.ts";
import {
  type ReconcileOrder,
  openResults,
  type Outlook,
  type ReconcileFilter,
  type ReconcileRow,
  type ReconcileState,
} from "./reconcile.ts";

// So many differing lines are shown of an order in a list; its own page shows all.
const linesInList = 4;

// Written out, so that the partial indexes serve. The open ones oldest first: they have waited longest.
const open = sql`r.resolved_at is null and r.result <> 'CONFIRMED'`;
const places: Record<Exclude<ReconcileState, "waiting">, { where: Sql; at: Sql; down: boolean }> = {
  open: { where: open, at: sql`r.checked_at`, down: false },
  SHORT: { where: sql`${open} and r.result = 'SHORT'`, at: sql`r.checked_at`, down: false },
  CREDIT_FAILED: { where: sql`${open} and r.result = 'CREDIT_FAILED'`, at: sql`r.checked_at`, down: false },
  DUPLICATE: { where: sql`${open} and r.result = 'DUPLICATE'`, at: sql`r.checked_at`, down: false },
  ERROR: { where: sql`${open} and r.result = 'ERROR'`, at: sql`r.checked_at`, down: false },
  decided: { where: sql`r.resolved_at is not null`, at: sql`r.resolved_at`, down: true },
  CONFIRMED: { where: sql`r.resolved_at is null and r.result = 'CONFIRMED'`, at: sql`r.checked_at`, down: true },
};

/** What the ERP said of orders, a page of one kind. Rows are seen by staff alone (RLS). */
export async function listReconciliations(
  db: Db,
  { state, after }: ReconcileFilter,
): Promise<{ rows: ReconcileRow[]; next: string | null }> {
  if (state === "waiting") return { rows: [], next: null };
  const { where, at, down } = places[state];
  const cursor = decodeCursor(after, "id", "id");
  const way = down ? sql`desc` : empty;
  const rows = await db.many<ReconcileRow & { micros: number }>(sql`
    select ${columns(limit(linesInList))}, (extract(epoch from ${at}) * 1000000)::bigint as micros ${joined}
     where (select private.viewer_is_staff()) and ${where}
       ${
         cursor
           ? sql`and (${at}, r.order_id) ${down ? sql`<` : sql`>`}
               ('epoch'::timestamptz + ${cursor[0]}::bigint * interval '1 microsecond', ${cursor[1]}::bigint)`
           : empty
       }
     order by ${at} ${way}, r.order_id ${way} ${limit(staffPageSize + 1)}`);
  const shown = rows.slice(0, staffPageSize);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > staffPageSize && last ? encodeCursor([last.micros, last.id]) : null };
}

export type WaitingRow = ReconcileOrder & {
  attempts: number;
  postedAt: Date | null;
  keyedBy: string | null;
};

/** Orders that the ERP has not got yet, oldest first. */
export async function listWaiting(
  db: Db,
  { state, after }: ReconcileFilter,
): Promise<{ waiting: WaitingRow[]; next: string | null }> {
  if (state !== "waiting") return { waiting: [], next: null };
  const cursor = decodeCursor(after, "id");
  const rows = await db.many<WaitingRow>(sql`
    select o.id, o.number, p.name as "storeName", p.code as "storeCode", o.created_at as "placedAt", o.total, o.held,
      u.attempts, u.posted_at as "postedAt",
           case when u.keyed_ticket = u.ticket and u.lease_until > now() then u.keyed_by end as "keyedBy"
      from app.orders o join app.erp_syncs u on u.order_id = o.id join app.partners p on p.id = o.partner_id
     where (select private.viewer_is_staff()) and o.sync_status = 'PENDING_SYNC'
       and u.done_at is null ${cursor ? sql`and o.id > ${cursor[0]}::bigint` : empty}
     order by o.id ${limit(staffPageSize + 1)}`);
  const shown = rows.slice(0, staffPageSize);
  const last = shown.at(-1);
  return { waiting: shown, next: rows.length > staffPageSize && last ? encodeCursor([last.id]) : null };
}

/** How many there are of each kind; counted up to countedTo. */
export async function countReconciliations(db: Db): Promise<Record<string, number>> {
  const counted = (name: string, rows: Sql) =>
    sql`select ${name}::text as name, (select count(*) from (${rows} ${limit(countedTo + 1)}) c) as n`;
  const results = openResults.map((result) =>
    counted(result, sql`select from app.reconcile_results r where ${places[result].where}`),
  );
  const rest = (["decided", "CONFIRMED"] as const).map((state) =>
    counted(state, sql`select from app.reconcile_results r where ${places[state].where}`),
  );
  const waiting = counted("waiting", sql`select from app.erp_syncs u where u.done_at is null`);
  const rows = await db.many<{ name: string; n: number }>(join([...results, ...rest, waiting], " union all "));
  const counts = Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  return { ...counts, open: openResults.reduce((sum, result) => sum + counts[result]!, 0) };
}

/** How many wait for a decision; counted up to countedTo. */
export const countOpenResults = (db: Db) =>
  db.one<{ open: number }>(
    sql`select count(*) as open from (select from app.reconcile_results r where ${open} ${limit(countedTo + 1)}) c`,
  );

export type BulkRow = { number: string; storeName: string; total: number; checked: string; outlook: Outlook };

/** What a decision would do to several orders. Those that are not short any more are left out. */
export const listForBulk = (db: Db, numbers: string[]) =>
  db.many<BulkRow>(sql`
    select o.number, p.name as "storeName", o.total, r.checked_at::text as checked,
      private.reconcile_outlook(o.id) as outlook
      from app.orders o join app.reconcile_results r on r.order_id = o.id join app.partners p on p.id = o.partner_id
     where o.number = any (${numbers.slice(0, 50)}) and ${open} and r.result = 'SHORT'
       and (select private.viewer_is_staff()) order by r.checked_at, o.id`);
