import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { CheckoutKey, Written } from "./checkout.ts";

/** `tried`: by the store that only tries; all of it was done and rolled back. */
export type Placed = { number: string; light: "GREEN" | "AMBER"; repeated: boolean; tried?: true };

/** An order that went out before the form that is looked at. */
export type SentOrder = { number: string; at: Date; note: string };

/**
 * Places the viewer's cart as an order; idempotent by key. Errors (DatabaseRefusal.reason): EMPTY_CART with
 * detail.number of the order that just emptied the cart, if one did, NO_REGION, STOCK_SHORT with detail.lines,
 * KEY_REUSED with detail.number of the order that has the key and what differs, WITHDRAWN with detail.lines (in the
 * cart and not for sale), STALE with detail.total when prices or cart changed, DENIED without a store.
 */
export async function placeOrder(
  db: Db,
  { checkout_key: key, note, preorder }: Written & { checkout_key: CheckoutKey },
): Promise<Placed> {
  return (
    await db.one<{ placed: Placed }>(sql`
    select app.place_order(${key.id}, ${key.digest}, ${note}, ${preorder}) as placed`)
  ).placed;
}

/**
 * Keeps what was written at the checkout with the cart, until the order is sent. Errors: TOO_LONG the note, DENIED
 * without a store.
 */
export const keepCheckout = (db: Db, { note, preorder }: Written) =>
  db.one(sql`select app.keep_checkout(${note}, ${preorder})`);

/** An order of the viewer's store, as far as a form that came after it needs to name it. Throws NotFound. */
export const findSent = (db: Db, number: string) =>
  db.one<SentOrder>(sql`
    select o.number, o.created_at as at, o.note from app.orders o
     where o.number = ${number} and o.partner_id = (select private.viewer_partner())`);
