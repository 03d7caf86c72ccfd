import sql, { empty, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { NotFound } from "#app/db/errors.server.ts";
import type { StockLevel } from "#app/ui/badges.tsx";
import type { Lang } from "#app/words.ts";
import { categoryName } from "./shelves.server.ts";

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
/** A product as a statement gives it, with prices where they were asked for. */
export type ProductRow = Omit<Product, "price" | "stock" | "brand" | "category"> & {
  brandId: number;
  categoryId: number;
  rank?: number;
  own?: number;
  market?: number;
  volumeMinimum?: number | null;
  volumePrice?: number | null;
  badge?: StockLevel | null;
};
/** One product with its description. Throws NotFound. */
export async function findProduct(
  db: Db,
  sku: string,
  lang: Lang,
  priced: boolean,
): Promise<Product & { description: string }> {
  const row = await db.maybe<ProductRow & { brand: string; category: string; description: string }>(sql`
    select ${productColumns}${priced ? sql`${priceColumns}, s.badge` : empty}, b.name as brand,
      ${categoryName(lang)} as category, ${lang === "en" ? sql`p.description_en` : sql`p.description_id`} as description
      from app.products p join app.brands b on b.id = p.brand_id join app.categories c on c.id = p.category_id
      ${priced ? sql`${pricesOf(viewerTier)} left join app.product_stock s on s.product_id = p.id` : empty}
     where p.active and p.sku = ${sku}`);
  if (!row) throw new NotFound();
  return { ...toProduct(row, row.brand, row.category), description: row.description };
}

/** As many addresses as a map of the site may have, in two languages. */
const mostOnMap = 20_000;
/** The articles that anybody may look at. */
export const listSkus = (db: Db) =>
  db.many<{ sku: string }>(sql`select sku from app.products where active order by sku ${limit(mostOnMap)}`);

export const productColumns = sql`
  p.id, p.sku, p.name, p.brand_id as "brandId", p.category_id as "categoryId", p.picture, p.unit`;
/** With `pricesOf`. */
export const priceColumns = sql`
  , own.price as own, own.market_price as market, own.volume_minimum as "volumeMinimum",
    own.volume_price as "volumePrice"`;
export const viewerTier = sql`select private.viewer_tier()`;
/** Prices of a tier: RLS shows a store its own. */
export const pricesOf = (tier: Sql) => sql`join app.prices own on own.product_id = p.id and own.tier = (${tier})`;

/** What a row says, under the names of its shelves. */
export function toProduct(
  { id, sku, name, picture, unit, own, market, volumeMinimum, volumePrice, badge }: ProductRow,
  brand: string,
  category: string,
): Product {
  const volume = volumeMinimum && volumePrice ? { minimum: volumeMinimum, price: volumePrice } : null;
  const price = own && market ? { own, market, volume } : null;
  return { id, sku, name, brand, category, picture, unit, price, stock: own ? (badge ?? "ZERO") : null };
}
