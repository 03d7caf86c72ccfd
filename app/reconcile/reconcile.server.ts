import sql, { empty, join, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { countedTo, staffPageSize } from "#app/orders/staff.ts";
import { orderNumber } from "#app/orders/order.ts";
import {
  type AssumedLine,
  type Decision,
  type ReconcileFilter,
  type ReconcileRow,
  type ReconcileState,
  type ErpLine,
  type ReconcileOrder,
  openResults,
  type Outlook,
} from "./reconcile.ts";
import { withdrawnOf } from "#app/orders/withdrawn.ts";

// So many differing lines are shown of an order in a list; its own page shows all.
const linesInList = 4;

const named = (most: Sql) => sql`
  jsonb_build_object('total', coalesce(r.difference -> 'total', '0'), 'credit', r.difference -> 'credit', 'partner',
    r.difference -> 'partner',
    'documents', coalesce(r.difference -> 'documents', '[]'), 'differing',
      jsonb_array_length(coalesce(r.difference -> 'lines', '[]')),
    'lines', (select coalesce(jsonb_agg(d || jsonb_build_object('name',
      jsonb_path_query_first(r.assumed, '$.lines[*] ? (@.sku == $sku).name', jsonb_build_object('sku', d -> 'sku')))),
      '[]')
                from (select d
                  from jsonb_array_elements(coalesce(r.difference -> 'lines', '[]')) d ${most}) d)) as difference`;
const change = sql`
  (select e.detail from app.order_events e where e.order_id = o.id and e.kind = 'RECONCILED' order by e.id desc
    limit 1) as change`;
/** What was assumed, without its lines; of the credit decision no more than `figures`. */
const assumedOf = (assumed: Sql, figures: Array<"reason" | "asOf" | "room" | "over">) => sql`
  ${assumed} - 'lines' || jsonb_build_object('credit', (select jsonb_object_agg(key, value)
    from jsonb_each(${assumed} -> 'credit') where key = any (${figures}))) as assumed`;
/** The owner's number, for whoever may tell him, once there is an outcome to tell. */
const toTell = sql`
  case when (r.result = 'CONFIRMED' or r.resolution <> 'RETRY') and (select private.viewer_role()) = 'ADMIN'
    then c.owner_whatsapp end`;
const columns = (most: Sql) => sql`
  o.id, o.number, p.name as "storeName", p.code as "storeCode", o.created_at as "placedAt", o.total, o.status,
    o.sync_status as "syncStatus", o.held, o.degraded,
  r.result, r.checked_at as "checkedAt", r.checked_at::text as checked,
    ${assumedOf(sql`r.assumed`, ["reason", "asOf"])}, r.erp - 'lines' as erp, r.error,
  r.resolution, r.resolved_at as "resolvedAt", r.resolved_by as "resolvedBy", (${toTell}) is not null as reachable,
    s.language, ${change}, ${named(most)}`;
const joined = sql`
  from app.reconcile_results r join app.orders o on o.id = r.order_id join app.partners p on p.id = o.partner_id
    join app.accounts s on s.id = p.account_id
  left join app.partner_contacts c on c.partner_id = o.partner_id`;

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

export type Reconciliation = Omit<ReconcileRow, "assumed" | "reachable"> & {
  /** Of the store's owner, 62..., where the viewer may tell him. */
  whatsapp: string | null;
  assumed: ReconcileRow["assumed"] & { credit: { room: number; over: number } };
  note: string | null;
  erpDocument: string | null;
  outlook: Outlook;
  lines: AssumedLine[];
  erpLines: ErpLine[];
  /** The next one that waits, and how many orders of the run are done. */
  next: string | null;
  run: string | null;
  /** Names of articles of it that are no longer sold. */
  withdrawn: string[];
};

/** One that still waits: nothing was compared yet. */
type WaitingOrder = Omit<Reconciliation, keyof Compared> & { [Key in keyof Compared]: null };
type Compared = Pick<Reconciliation, "result" | "checkedAt" | "checked">;

/**
 * One compared order, whole, in one statement; `result` is null for one that still waits. Throws NotFound, also for
 * one that was never here.
 */
export const findReconciliation = (db: Db, number: string) =>
  db.one<Reconciliation | WaitingOrder>(sql`
    select o.id, o.number, p.name as "storeName", p.code as "storeCode", o.created_at as "placedAt", o.total, o.status,
      o.sync_status as "syncStatus", o.held, o.degraded,
           r.result, r.checked_at as "checkedAt", r.checked_at::text as checked,
             coalesce(r.erp, '{}') - 'lines' as erp, r.error, r.resolution, r.resolved_at as "resolvedAt",
           r.resolved_by as "resolvedBy", r.note, o.erp_document as "erpDocument", ${toTell} as whatsapp, s.language,
             ${change}, ${named(empty)},
           private.reconcile_outlook(o.id) as outlook, ${withdrawnOf(sql`o.id`)} as withdrawn,
             ${assumedOf(sql`coalesce(r.assumed, a.now)`, ["reason", "asOf", "room", "over"])},
             coalesce(r.assumed, a.now) -> 'lines' as lines,
           coalesce(r.erp -> 'lines', '[]') as "erpLines", (select n.ref from app.reconcile_runs n
             where n.id = r.run_id) as run,
           coalesce((select x.number from app.reconcile_results w join app.orders x on x.id = w.order_id
                      where w.resolved_at is null and w.result <> 'CONFIRMED'
                        and (w.checked_at, w.order_id) > (coalesce(r.checked_at, '-infinity'), o.id)
                      order by w.checked_at, w.order_id limit 1),
                    (select x.number from app.reconcile_results w join app.orders x on x.id = w.order_id
                      where w.resolved_at is null and w.result <> 'CONFIRMED' and w.order_id <> o.id
                        order by w.checked_at, w.order_id limit 1)) as next
      from app.orders o join app.partners p on p.id = o.partner_id join app.accounts s on s.id = p.account_id
        join app.erp_syncs u on u.order_id = o.id
      left join app.reconcile_results r on r.order_id = o.id left join app.partner_contacts c on c.partner_id
        = o.partner_id
      cross join lateral (
        select jsonb_build_object('total', o.total, 'light', o.credit_light, 'credit', o.credit_inputs, 'degraded',
          o.degraded, 'stockSnapshot', o.stock_snapshot_id,
                 'stockAsOf', (select f.as_of from app.feed_runs f where f.id = o.stock_snapshot_id),
                 'lines', (select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'quantity',
                   l.quantity, 'preorder', l.preorder,
                            'available', l.available, 'unitPrice', l.unit_price) order by l.line_no), '[]')
                              from app.order_lines l where l.order_id = o.id)) as now) a
     where o.number = ${orderNumber.test(number) ? number : ""} and (r.order_id is not null or u.done_at is null)
       and (select private.viewer_is_staff())`);

export type BulkRow = { number: string; storeName: string; total: number; checked: string; outlook: Outlook };

/** What a decision would do to several orders. Those that are not short any more are left out. */
export const listForBulk = (db: Db, numbers: string[]) =>
  db.many<BulkRow>(sql`
    select o.number, p.name as "storeName", o.total, r.checked_at::text as checked,
      private.reconcile_outlook(o.id) as outlook
      from app.orders o join app.reconcile_results r on r.order_id = o.id join app.partners p on p.id = o.partner_id
     where o.number = any (${numbers.slice(0, 50)}) and ${open} and r.result = 'SHORT'
       and (select private.viewer_is_staff()) order by r.checked_at, o.id`);

/**
 * Decides. Errors: NotFound, STALE, RESOLUTION, ERP_NUMBER, REASON_REQUIRED, ON_ITS_WAY, NUMBER_TAKEN, PAID_BEYOND,
 * DENIED for all but admins.
 */
export const resolveReconciliation = (db: Db, number: string, { resolution, document, note, checked }: Decision) =>
  db.one(
    sql`select app.resolve_reconciliation(${number}, ${resolution}, ${document}, ${note}, ${checked}::timestamptz)`,
  );

/**
 * Takes a waiting order out of the queue to key it in, or gives it back. Errors: NotFound, STALE, ON_ITS_WAY, DENIED.
 */
export const takeToKey = (db: Db, number: string, release: boolean) =>
  db.one(sql`select app.take_to_key(${number}, ${release})`);
