import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { Lang } from "#app/words.ts";

export type Shelf = { id: number; slug: string; name: string };

/** The shelves to filter by. Bounded: a distributor has dozens, not thousands. */
export const listBrands = (db: Db) => db.many<Shelf>(brandShelves);
export const listCategories = (db: Db, lang: Lang) => db.many<Shelf>(categoryShelves(lang));

export const brandShelves = sql`select id, slug, name from app.brands order by name limit 200`;
export const categoryShelves = (lang: Lang) =>
  sql`select id, slug, ${categoryName(lang)} as name from app.categories c order by 3 limit 200`;

export const categoryName = (lang: Lang) => (lang === "en" ? sql`c.name_en` : sql`c.name_id`);
