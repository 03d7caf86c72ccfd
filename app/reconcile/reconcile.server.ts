import sql, { empty } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { orderNumber } from "#app/orders/order.ts";
import { assumedOf, change, named, toTell } from "./columns.server.ts";
import type { AssumedLine, Decision, ErpLine, Outlook, ReconcileRow } from "./reconcile.ts";

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
           private.reconcile_outlook(o.id) as outlook, array(select private.withdrawn_of(o.id)) as withdrawn,
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
