import { people } from "#tests/support/cast.ts";
import { plenty, type TestDb } from "#tests/support/rolled-back.ts";

export type Line = { sku: string; quantity?: number; shown?: number | null; add?: number };
type Quote = {
  lines: Array<{ sku: string; quantity: number; total: number }>;
  withdrawn: Array<{ sku: string; name: string; quantity: number; reason: string }>;
  total: number;
  pieces: number;
  digest: string;
  note: string;
  preorder: boolean;
};

/** Somebody saves lines of his cart. */
export const set = (db: TestDb, lines: Line[], who = people.budi) =>
  db.as(who, () => db.value<number>("select app.set_cart($1)", [JSON.stringify(lines)]));

/** What the cart shows and comes to. */
export const quote = (db: TestDb, who = people.budi) => db.as(who, () => db.value<Quote>("select app.quote()"));

/** What lies in somebody's cart: quantities by SKU. */
export const cart = async (db: TestDb, who = people.budi) =>
  Object.fromEntries(
    (
      await db.rows<{ sku: string; quantity: number }>(
        `
          select p.sku, i.quantity from app.cart_items i join app.products p on p.id = i.product_id
            where author_id = $1 order by 1`,
        [who],
      )
    ).map(({ sku, quantity }) => [sku, quantity]),
  );

/** What an article is called. */
export const nameOf = (db: TestDb, sku: string) =>
  db.value<string>("select name from app.products where sku = $1", [sku]);

/** Takes an article out of sale, or puts it back. */
export const withdraw = (db: TestDb, sku: string, active = false) =>
  db.sql.query("update app.products set active = $2 where sku = $1", [sku, active]);

/** Takes its prices away. */
export const unprice = (db: TestDb, sku: string) =>
  db.sql.query("delete from app.prices where product_id = (select id from app.products where sku = $1)", [sku]);

/** Budi orders what a page showed him. */
export const place = (db: TestDb, digest: string | null = null) =>
  db.as(people.budi, () =>
    db.value<{ number: string }>("select app.place_order(gen_random_uuid(), $1, '', false)", [digest]),
  );

/** Budi's cart with three articles, one, two and three pieces; and another that is not in it. */
export async function filled(db: TestDb) {
  const skus = await plenty(db);
  await db.sql.query("delete from app.cart_items");
  const [one, two, three] = skus;
  await db.fill(people.budi, [one, 1], [two, 2], [three, 3]);
  return { one, two, three, other: skus[3] };
}
