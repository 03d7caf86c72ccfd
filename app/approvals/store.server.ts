import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { type DecisionOutcome, shownBeside } from "./approval.ts";
import { orderNumber, type OrderStatus } from "#app/orders/order.ts";

export type OpenOrder = {
  number: string;
  placedAt: Date;
  status: OrderStatus;
  light: "GREEN" | "AMBER";
  total: number;
  held: boolean;
};
export type PastDecision = {
  number: string;
  outcome: DecisionOutcome;
  at: Date;
  by: string;
  total: number;
  over: number;
  note: string;
};

// The store of an order, for staff alone.
const storeOf = (number: string) =>
  sql`
    (select s.partner_id from app.orders s where s.number = ${orderNumber.test(number) ? number : ""}
      and (select private.viewer_is_staff()))`;

/** Its other orders that have no invoice yet, newest first. */
export const listOtherOpenOrders = (db: Db, number: string) =>
  db.many<OpenOrder>(sql`
    select o.number, o.created_at as "placedAt", o.status, o.credit_light as light, o.total, o.held from app.orders o
     where o.partner_id = ${storeOf(number)} and o.status in ('SUBMITTED', 'PROCESSING') and o.number <> ${number}
     order by o.id desc ${limit(shownBeside)}`);

/** What was decided about its orders before, newest first. */
export const listPastDecisions = (db: Db, number: string) =>
  db.many<PastDecision>(sql`
    select o.number, c.outcome, c.decided_at as at, c.decided_by as by, c.total, (c.inputs ->> 'over')::bigint as over,
      c.note
      from app.credit_approvals c join app.orders o on o.id = c.order_id
     where c.partner_id = ${storeOf(number)} and o.number <> ${number}
     order by c.decided_at desc ${limit(shownBeside)}`);
