import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import type { StockLevel } from "#app/ui/badges.tsx";
import { forStore } from "#app/approvals/approval.ts";
import type { CartChange, WithdrawnLine } from "./cart.ts";
import type { Tier } from "#app/accounts/viewer.ts";
import type { Credit, StoreCredit } from "#app/credit/credit.ts";

export type CartLine = {
  sku: string;
  name: string;
  picture: string;
  unit: string;
  quantity: number;
  /** Whole rupiah: a piece at this quantity, a piece at the SILVER price, the line. */
  unitPrice: number;
  marketPrice: number;
  total: number;
  volumeMinimum: number | null;
  volumePrice: number | null;
  badge: StockLevel;
  /** Pieces left, told only when the line asks for more than there are. */
  left: number | null;
};
export type Quote = {
  lines: CartLine[];
  total: number;
  marketTotal: number;
  pieces: number;
  /** Of what the buyer is shown; travels in the checkout key, so that a changed price is noticed. */
  digest: string;
  credit: StoreCredit;
  tier: Tier;
  region: string | null;
  /** In the cart, and not for sale now: shown, counted nowhere. */
  withdrawn: WithdrawnLine[];
  /** What was written at the checkout and not sent yet. */
  note: string;
  preorder: boolean;
  /** Of an empty cart: the order that emptied it, for a day and while nothing was put in since. */
  ordered: { number: string; at: string } | null;
};

/** The viewer's cart at this moment's prices, stock and credit. Null without a store. */
export async function quote(db: Db): Promise<Quote | null> {
  const { quote } = await db.one<{ quote: (Omit<Quote, "credit"> & { credit: Credit }) | null }>(
    sql`select app.quote() as quote`,
  );
  return quote && { ...quote, credit: forStore(quote.credit) };
}

/**
 * The same as the cart's own pages show it: credit is looked at when it is sent. An empty one is null, and maybe what
 * it was ordered as.
 */
export async function findCart(db: Db): Promise<{ cart: Cart | null; ordered: Quote["ordered"] }> {
  const quoted = await quote(db);
  if (!quoted || quoted.lines.length + quoted.withdrawn.length === 0)
    return { cart: null, ordered: quoted?.ordered ?? null };
  const { lines, withdrawn, total, marketTotal, tier } = quoted;
  const cart = {
    lines: lines.map(({ volumePrice: _, marketPrice: __, ...line }) => line),
    withdrawn,
    total,
    marketTotal,
    tier,
  };
  return { cart, ordered: null };
}
export type Cart = Pick<Quote, "withdrawn" | "total" | "marketTotal" | "tier"> & {
  lines: Array<Omit<CartLine, "volumePrice" | "marketPrice">>;
};

/**
 * All of these changes or none. Gives how many lines changed. Errors: CART_LINES with detail.lines
 * (LineProblem), CART_FULL, DENIED.
 */
export const setCart = async (db: Db, changes: CartChange[]) =>
  (await db.one<{ n: number }>(sql`select app.set_cart(${JSON.stringify(changes)}::jsonb) as n`)).n;

/** What these articles are called, sold now or not; where they are not in the cart, by SKU. */
export async function namesInCart(db: Db, skus: string[]): Promise<string[]> {
  if (skus.length === 0) return [];
  const { cart } = await findCart(db);
  const lines = [...(cart?.lines ?? []), ...(cart?.withdrawn ?? [])];
  return skus.map((sku) => lines.find((line) => line.sku === sku)?.name ?? sku);
}

/**
 * How many pieces of each article are in the viewer's cart, by SKU; empty without a store. A cart holds 200 articles.
 */
export async function findInCart(db: Db): Promise<Record<string, number>> {
  const lines = await db.many<{ sku: string; quantity: number }>(sql`
    select p.sku, i.quantity from app.cart_items i join app.products p on p.id = i.product_id ${limit(200)}`);
  return Object.fromEntries(lines.map(({ sku, quantity }) => [sku, quantity]));
}
