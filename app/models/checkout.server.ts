import sql from "sql-template-tag";
import type { Db } from "#app/db/door.server.ts";
import type { CheckoutKey, Written } from "./checkout.ts";

export type Placed = { number: string; light: "GREEN" | "AMBER"; repeated: boolean };

/**
 * Places the viewer's cart as an order; idempotent by key. Errors (DatabaseRefusal.code): EMPTY, NOREG, STOCK with
 * detail.lines, KEYED, WITHD with
 * detail.lines (in the cart and not for sale), STALE with detail.total when prices or cart changed, DNIED without a store.
 */
export async function placeOrder(db: Db, { checkout_key: key, note, preorder }: Written & { checkout_key: CheckoutKey }): Promise<Placed> {
  return (await db.one<{ placed: Placed }>(sql`
    select app.place_order(${key.id}, ${key.digest}, ${note}, ${preorder}) as placed`)).placed;
}

/** Keeps what was written at the checkout with the cart, until the order is sent. Errors: INVAL note, DNIED without a store. */
export const keepCheckout = (db: Db, { note, preorder }: Written) => db.one(sql`select app.keep_checkout(${note}, ${preorder})`);
