import { Db } from "#app/db/transaction.server.ts";
import { listProducts } from "#app/catalogue/catalogue.server.ts";
import { readFilter } from "#app/catalogue/catalogue.ts";
import { type TestDb } from "#tests/support/rolled-back.ts";

/** The web's way to ask, on the test's connection. */
export const dbOf = ({ sql }: TestDb) => new Db((text, values) => sql.query(text, values));
/** What an address of the catalogue shows to a person; null: a guest. */

/** A page of the catalogue, as somebody asks for it. */
export const page = (db: TestDb, query: Record<string, string>, who: string | null = null) =>
  db.as(who, () => listProducts(dbOf(db), readFilter(new URLSearchParams(query)), "id", who !== null));

/** What a guest finds. */
export const search = (db: TestDb, q: string, more: Record<string, string> = {}) => page(db, { q, ...more });

/** Articles of a brand that people write in more ways than one. */
export async function shelve(db: TestDb, ...articles: Array<{ sku: string; name: string }>) {
  const brand = await db.value<number>(
    "insert into app.brands (slug, name) values ('loreal-test', 'L''Oréal Professionnel') returning id",
  );
  for (const { sku, name } of articles) {
    await db.rows(
      `
        insert into app.products (sku, brand_id, category_id, name, picture)
          values ($1, $2, (select id from app.categories where slug = 'hair-colour'), $3, 'shampoo-1-0')`,
      [sku, brand, name],
    );
  }
}
