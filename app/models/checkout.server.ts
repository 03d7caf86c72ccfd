import sql from "sql-template-tag";
import type { Db } from "#app/db/door.server.ts";
import type { CheckoutForm } from "./checkout.ts";

export type Placed = { number: string; light: "GREEN" | "AMBER"; repeated: boolean };

/**
 * Places the viewer's cart as an order; idempotent by key. Errors (DatabaseRefusal.code): EMPTY, NOREG, STOCK with
 * detail.lines, KEYED, STALE with detail.total when prices or cart changed, DNIED without a store.
 */
export async function placeOrder(db: Db, { checkout_key: key, note, preorder }: CheckoutForm): Promise<Placed> {
  return (await db.one<{ placed: Placed }>(sql`
    select app.place_order(${key.id}, ${key.digest}, ${note}, ${preorder}) as placed`)).placed;
}
