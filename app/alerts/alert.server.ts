import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { orderNumber } from "#app/orders/order.ts";
import type { AlertedOrder, AttemptOutcome, Channel, DeliveryState, SendAgain } from "./alerts.ts";

/** Moments inside are ISO strings. */
export type AlertChannel = {
  channel: Channel;
  state: DeliveryState;
  recipient: string;
  attempts: number;
  generation: number;
  nextAttemptAt: string;
  lastError: string | null;
  sentAt: string | null;
  uncertainSince: string | null;
};
export type AlertAttempt = {
  id: number;
  at: string;
  channel: Channel | "PHONE";
  outcome: AttemptOutcome;
  detail: string | null;
  actor: string | null;
  note: string | null;
};
export type Alert = AlertedOrder & {
  salesmanCode: string;
  whatsapp: string | null;
  channels: AlertChannel[];
  /** Newest first, at most `attemptsShown`. */
  attempts: AlertAttempt[];
  /** The call that is still to be made. */
  task: { openedAt: string; dueAt: string } | null;
};

/** So many tries are shown: at one an hour it is more than a week. */
export const attemptsShown = 200;

/** All about the alert of one order. Errors: NotFound, also for an order that has none. */
export const findAlert = (db: Db, number: string): Promise<Alert> =>
  db.one<Alert>(sql`
    select o.number, o.created_at as "placedAt", o.total, p.name as "storeName", p.code as "storeCode",
      o.placed_by_name as salesman,
      a.code as "salesmanCode", c.owner_whatsapp as whatsapp, t.channels,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'at', r.at, 'channel', r.channel, 'outcome', r.outcome,
        'detail', r.detail,
                'actor', r.actor, 'note', r.note) order by r.id desc), '[]')
         from (select * from app.alert_attempts r where r.order_id = o.id
           order by r.id desc ${limit(attemptsShown)}) r) as attempts,
      (select jsonb_build_object('openedAt', k.opened_at, 'dueAt', k.due_at) from app.tasks k
        where k.order_id = o.id and k.kind = 'PHONE_OWNER' and k.done_at is null limit 1) as task
      from app.orders o join app.partners p on p.id = o.partner_id join app.accounts a on a.id = o.placed_by
      left join app.partner_contacts c on c.partner_id = p.id
      cross join lateral (
        select jsonb_agg(jsonb_build_object('channel', t.channel, 'state', t.state, 'recipient', t.recipient,
          'attempts', t.attempts,
                 'generation', t.generation, 'nextAttemptAt', t.next_attempt_at, 'lastError', t.last_error, 'sentAt',
                   t.sent_at,
                 'uncertainSince', t.uncertain_since) order by t.channel) as channels
          from app.shadow_alerts t where t.order_id = o.id) t
     where o.number = ${orderNumber.test(number) ? number : ""} and t.channels is not null`);

/** Errors: NotFound, REASON_REQUIRED, DENIED for all but admins. */
export const noteOwnerPhoned = (db: Db, number: string, note: string) =>
  db.one(sql`select app.note_owner_phoned(${number}, ${note})`);

/**
 * Errors: NotFound, STALE (on its way, or there already), ADDRESS or PHONE, REASON_REQUIRED, DENIED for all but admins.
 */
export const sendAgain = (db: Db, number: string, { channel, address, reason }: SendAgain) =>
  db.one(sql`select app.resend_alert(${number}, ${channel}, ${address}, ${reason})`);
