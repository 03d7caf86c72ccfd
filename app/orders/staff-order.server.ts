import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { type HoldReason, type Move, orderNumber, type OrderStatus } from "./order.ts";
import type { ReconcileResult } from "#app/reconcile/reconcile.ts";

export type AlertDetail = {
  state: "PENDING" | "SENT" | "FAILED" | "BOUNCED";
  recipient: string;
  attempts: number;
  nextAttemptAt: string;
  lastError: string | null;
  createdAt: string;
  sentAt: string | null;
};
/** What only staff sees of an order. Moments are ISO strings. */
export type StaffOrder = {
  placedByCode: string;
  acting: { reason: string; startedAt: string; expiresAt: string; endedAt: string | null } | null;
  alert: AlertDetail | null;
  sync: { attempts: number; nextAttemptAt: string; lastError: string | null; doneAt: string | null } | null;
  syncedAt: Date | null;
  /** The stock snapshot that the checkout leaned on. */
  stock: { asOf: string; at: string; rows: number; snapshot: string | null } | null;
  invoice: { number: string; amount: number; paid: number; status: string; dueOn: string } | null;
  contact: { email: string; whatsapp: string } | null;
  /** The account of its store, and the language in which its owner is told. */
  store: { account: string; suspended: boolean; language: "id" | "en" };
  /** The open duty to tell the store by WhatsApp. */
  duty: { dueAt: string; late: boolean } | null;
  /** What the owner was written about it, oldest first; `what`: the thing that happened, or the kind of the mail. */
  mails: Array<{ what: string; state: "PENDING" | "SENT" | "FAILED"; at: string }>;
  /**
   * Where staff may put it; a held order only to its end, and what waits for a credit decision not to its
   * outcome.
   */
  next: Move[];
  holds: Array<{ reason: HoldReason; at: string }>;
  /** What the ERP said of it; `open`: nobody has decided yet. */
  reconcile: { result: ReconcileResult; open: boolean } | null;
};

/** Staff's part of an order's page, in one statement. Null for an unknown number, and for whoever is not staff. */
export async function findStaffOrder(db: Db, number: string): Promise<StaffOrder | null> {
  return db.maybe<StaffOrder>(sql`
    select a.code as "placedByCode", o.synced_at as "syncedAt",
      private.staff_moves(o.status, o.credit_light, o.held) as next,
      (select coalesce(jsonb_agg(jsonb_build_object('reason', h.reason, 'at', h.placed_at) order by h.id), '[]')
         from app.order_holds h where h.order_id = o.id and h.released_at is null) as holds,
      (select jsonb_build_object('reason', s.reason, 'startedAt', s.started_at, 'expiresAt', s.expires_at, 'endedAt',
        s.ended_at)
         from app.acting_sessions s where s.id = o.acting_session_id) as acting,
      (select jsonb_build_object('state', t.state, 'recipient', t.recipient, 'attempts', t.attempts, 'nextAttemptAt',
        t.next_attempt_at,
                'lastError', t.last_error, 'createdAt', t.created_at, 'sentAt', t.sent_at)
         from app.shadow_alerts t where t.order_id = o.id and t.channel = 'EMAIL') as alert,
      (select jsonb_build_object('attempts', u.attempts, 'nextAttemptAt', u.next_attempt_at, 'lastError', u.last_error,
        'doneAt', u.done_at)
         from app.erp_syncs u where u.order_id = o.id) as sync,
      (select jsonb_build_object('asOf', r.as_of, 'at', r.at, 'rows', r.rows, 'snapshot', r.snapshot)
         from app.feed_runs r where r.id = o.stock_snapshot_id) as stock,
      (select jsonb_build_object('number', i.number, 'amount', i.amount, 'paid', i.paid, 'status', i.status, 'dueOn',
        i.due_on)
         from app.invoices i where i.order_id = o.id) as invoice,
      (select jsonb_build_object('account', s.code, 'suspended', s.status = 'SUSPENDED', 'language', s.language)
         from app.partners p join app.accounts s on s.id = p.account_id where p.id = o.partner_id) as store,
      (select jsonb_build_object('dueAt', d.due_at, 'late', d.due_at < now())
         from app.tasks d where d.order_id = o.id and d.kind = 'TELL_STORE' and d.done_at is null) as duty,
      (select coalesce(jsonb_agg(jsonb_build_object('what', coalesce(n.props ->> 'what', n.kind), 'state', n.state,
        'at', coalesce(n.sent_at, n.created_at)) order by n.id), '[]')
         from app.mails n where n.order_id = o.id) as mails,
      (select jsonb_build_object('email', c.owner_email, 'whatsapp', c.owner_whatsapp)
         from app.partner_contacts c where c.partner_id = o.partner_id) as contact,
      (select jsonb_build_object('result', r.result, 'open', r.resolved_at is null and r.result <> 'CONFIRMED')
         from app.reconcile_results r where r.order_id = o.id) as reconcile
      from app.orders o join app.accounts a on a.id = o.placed_by
     where o.number = ${orderNumber.test(number) ? number : ""} and (select private.viewer_is_staff())`);
}

/**
 * Moves an order along. Errors: NotFound, STALE (somebody moved it meanwhile), CREDIT_FIRST (its credit is decided on
 * the page of approvals), REASON_REQUIRED, DENIED for all but admins.
 */
export const moveOrder = (db: Db, number: string, status: OrderStatus, note: string) =>
  db.one(sql`select app.move_order(${number}, ${status}, ${note})`);

/**
 * WhatsApp is opened to tell an order's store. Gives the owner's number, 62...; does the duty to tell. Errors:
 * NotFound, DENIED for all but admins.
 */
export const tellStore = async (db: Db, number: string) =>
  (await db.one<{ whatsapp: string }>(sql`select app.tell_store(${number}) as whatsapp`)).whatsapp;
