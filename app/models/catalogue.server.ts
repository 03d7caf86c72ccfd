import sql, { empty, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/door.server.ts";
import { limit } from "#app/db/limit.ts";
import { NotFound } from "#app/db/errors.server.ts";
import type { StockLevel } from "#app/ui/badges.tsx";
import { type CatalogueFilter, pageSize } from "./catalogue.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Lang } from "#app/locales/messages.ts";

/** Whole rupiah. `market` is the SILVER price that a saving is measured against. */
export type Price = { own: number; market: number; volume: { minimum: number; price: number } | null };
export type Product = {
  id: number;
  sku: string;
  name: string;
  brand: string;
  category: string;
  picture: string;
  unit: string;
  /** Null for whoever may not see prices. */
  price: Price | null;
  stock: StockLevel | null;
};
/** With the shelves to filter by, which also name what stands on them. */
export type ProductPage = { products: Product[]; next: string | null; brands: Shelf[]; categories: Shelf[] };
export type Shelf = { id: number; slug: string; name: string };

type Row = Omit<Product, "price" | "stock" | "brand" | "category"> & {
  brandId: number; categoryId: number;
  own?: number; market?: number; volumeMinimum?: number | null; volumePrice?: number | null; badge?: StockLevel | null;
};

const categoryName = (lang: Lang) => (lang === "en" ? sql`c.name_en` : sql`c.name_id`);

/**
 * A page of 24, by name. `priced`: with the viewer's own prices and stock badges, which only a store may ask for; RLS
 * gives a store its own tier and nobody else's.
 */
export async function listProducts(db: Db, filter: CatalogueFilter, lang: Lang, priced: boolean): Promise<ProductPage> {
  const [rows, brands, categories] = await Promise.all([db.many<Row>(productPage(filter, priced)), listBrands(db), listCategories(db, lang)]);
  const brandNames = namesOf(brands);
  const categoryNames = namesOf(categories);
  const products = rows.slice(0, pageSize).map((row) => toProduct(row, brandNames.get(row.brandId) ?? "", categoryNames.get(row.categoryId) ?? ""));
  const last = products.at(-1);
  return { products, next: rows.length > pageSize && last ? encodeCursor([last.name, last.id]) : null, brands, categories };
}

/** The statement behind listProducts, also sent bare by the benchmark that it is measured against. */
export function productPage(filter: CatalogueFilter, priced: boolean): Sql {
  const after = decodeCursor(filter.after, "text", "id");
  const words = searchQuery(filter.q);
  return sql`
    select ${columns(priced)}
      from app.products p
      ${priced ? prices : empty}
     where p.active
       ${filter.q ? sql`and p.search @@ to_tsquery('simple', ${words})` : empty}
       ${filter.brand ? sql`and p.brand_id = (select id from app.brands where slug = ${filter.brand})` : empty}
       ${filter.category ? sql`and p.category_id = (select id from app.categories where slug = ${filter.category})` : empty}
       ${after ? sql`and (p.name, p.id) > (${after[0]}::text, ${after[1]}::bigint)` : empty}
     order by p.name, p.id ${limit(pageSize + 1)}`;
}

/** One product with its description. Throws NotFound. */
export async function findProduct(db: Db, sku: string, lang: Lang, priced: boolean): Promise<Product & { description: string }> {
  const row = await db.maybe<Row & { brand: string; category: string; description: string }>(sql`
    select ${columns(priced)}, b.name as brand, ${categoryName(lang)} as category, ${lang === "en" ? sql`p.description_en` : sql`p.description_id`} as description
      from app.products p join app.brands b on b.id = p.brand_id join app.categories c on c.id = p.category_id
      ${priced ? prices : empty}
     where p.active and p.sku = ${sku}`);
  if (!row) throw new NotFound();
  return { ...toProduct(row, row.brand, row.category), description: row.description };
}

/** The shelves to filter by. Bounded: a distributor has dozens, not thousands. */
export const listBrands = (db: Db) => db.many<Shelf>(brandShelves);
export const listCategories = (db: Db, lang: Lang) => db.many<Shelf>(categoryShelves(lang));

export const brandShelves = sql`select id, slug, name from app.brands order by name limit 200`;
export const categoryShelves = (lang: Lang) => sql`select id, slug, ${categoryName(lang)} as name from app.categories c order by 3 limit 200`;

const namesOf = (shelves: Shelf[]) => new Map(shelves.map(({ id, name }) => [id, name]));

const columns = (priced: boolean) => sql`
  p.id, p.sku, p.name, p.brand_id as "brandId", p.category_id as "categoryId", p.picture, p.unit
  ${priced ? sql`, own.price as own, own.market_price as market, own.volume_minimum as "volumeMinimum", own.volume_price as "volumePrice", s.badge` : empty}`;

const prices = sql`
  join app.prices own on own.product_id = p.id and own.tier = (select private.viewer_tier())
  left join app.product_stock s on s.product_id = p.id`;

// Words that begin like what was typed, all of them. Punctuation is no operator here.
const searchQuery = (typed: string) => (typed.match(/[\p{L}\p{N}]+/gu) ?? ["∅"]).slice(0, 8).map((word) => `${word}:*`).join(" & ");

function toProduct({ id, sku, name, picture, unit, own, market, volumeMinimum, volumePrice, badge }: Row, brand: string, category: string): Product {
  const volume = volumeMinimum && volumePrice ? { minimum: volumeMinimum, price: volumePrice } : null;
  const price = own && market ? { own, market, volume } : null;
  return { id, sku, name, brand, category, picture, unit, price, stock: own ? (badge ?? "ZERO") : null };
}
