import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { DisputeOutcome } from "./dispute.ts";
import type { OrderStatus } from "#app/orders/order.ts";

/** What was said about an order. Moments are ISO strings. */
export type Dispute = { at: string; held: boolean; outcome: DisputeOutcome | null };
/** What the holder of a link is shown of its order. */
export type DisputeView = {
  number: string;
  store: string;
  salesman: string;
  total: number;
  placedAt: string;
  status: OrderStatus;
  lines: number;
  dispute: Dispute | null;
};
/** `forged`: no link of ours. `expired`: it was one. */
export type Link = { kind: "forged" } | { kind: "expired" } | { kind: "order"; order: DisputeView };
type Answer = DisputeView | { state: "EXPIRED" } | null;

/** What a link is about. Changes nothing. */
export async function readLink(db: Db, token: string): Promise<Link> {
  return linkOf((await db.one<{ answer: Answer }>(sql`select app.read_dispute(${token}) as answer`)).answer);
}

/** Says «bukan saya» by a link; a second time is the same. Errors: SAID_BEFORE a second time in other words. */
export async function disputeByLink(db: Db, token: string, note: string): Promise<Link> {
  return linkOf(
    (await db.one<{ answer: Answer }>(sql`select app.dispute_by_link(${token}, ${note}) as answer`)).answer,
  );
}

/** Counts a link that was none of ours; the seconds that its address has to wait. */
export async function takeLinkTry(db: Db): Promise<number> {
  return (await db.one<{ wait: number }>(sql`select app.take_link_try() as wait`)).wait;
}

/**
 * Says «bukan saya» as the owner himself. Errors: NotFound, DENIED for all but the owner, SAID_BEFORE a second time in
 * other words.
 */
export const disputeOrder = (db: Db, number: string, note: string) =>
  db.one(sql`select app.dispute_order(${number}, ${note})`);

/** What the owner has said about an order; null for whoever may not know, the salesman above all. */
export const findOwnDispute = (db: Db, number: string) =>
  db.maybe<{ at: Date; held: boolean; outcome: DisputeOutcome | null }>(sql`
    select d.disputed_at as at, d.was_held as held, d.outcome from app.disputes d
      join app.orders o on o.id = d.order_id where o.number = ${number}`);

function linkOf(answer: Answer): Link {
  if (answer === null) return { kind: "forged" };
  return "state" in answer ? { kind: "expired" } : { kind: "order", order: answer };
}
