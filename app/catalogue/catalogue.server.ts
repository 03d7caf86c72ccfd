import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { encodeCursor } from "#app/db/cursor.ts";
import { limit } from "#app/db/limit.ts";
import type { Lang } from "#app/words.ts";
import { type CatalogueFilter, type Order, orderColumns, orderOf, pageSize, readPlace } from "./catalogue.ts";
import {
  priceColumns,
  pricesOf,
  type Product,
  productColumns,
  type ProductRow,
  toProduct,
  viewerTier,
} from "./product.server.ts";
import { listBrands, listCategories, type Shelf } from "./shelves.server.ts";

/**
 * `total`: of the whole list. `previous` and `next`: the cursors of the pages beside it. With the shelves to filter by,
 * which also name what stands on them.
 */
export type ProductPage = {
  products: Product[];
  total: number;
  previous: string | null;
  next: string | null;
  brands: Shelf[];
  categories: Shelf[];
  /** When nothing is called what was typed: the words that were probably meant, by which the list was made instead. */
  meant: string | null;
  /** When nothing was found on the chosen shelves: how many the same words find on all of them. */
  elsewhere: number;
  /** Of a list of SKUs: what of it, as it was typed, is no article of this list. */
  missing: string[];
};

type Told = { total: number; missing?: string[] | null; meant?: string | null; elsewhere?: number };
type PageRow = Told & (ProductRow | { id: null });

/**
 * A page of 24, in the order of the filter. `priced`: with the viewer's own prices and stock badges, which only a store
 * may ask for; RLS gives a store its own tier and nobody else's.
 */
export async function listProducts(db: Db, filter: CatalogueFilter, lang: Lang, priced: boolean): Promise<ProductPage> {
  const [found, brands, categories] = await Promise.all([
    db.many<PageRow>(productPage(filter, priced)),
    listBrands(db),
    listCategories(db, lang),
  ]);
  const brandNames = namesOf(brands);
  const categoryNames = namesOf(categories);
  const { rows, previous, next } = cutPage(
    found.filter((row): row is PageRow & ProductRow => row.id !== null),
    filter,
    orderOf(filter, priced),
  );
  const products = rows.map((row) =>
    toProduct(row, brandNames.get(row.brandId) ?? "", categoryNames.get(row.categoryId) ?? ""),
  );
  const { total = 0, missing, meant = null, elsewhere = 0 } = found[0] ?? {};
  return {
    products,
    total,
    previous,
    next,
    brands,
    categories,
    meant,
    elsewhere,
    missing: [...new Set(missing)],
  };
}

/**
 * The statement behind listProducts, also sent bare by the benchmark that it is measured against. At least one row: the
 * total.
 */
export function productPage(filter: CatalogueFilter, priced: boolean): Sql {
  const { q, brand, category } = filter;
  const order = orderOf(filter, priced);
  const back = backwards(filter, order);
  const place = back ?? readPlace(order, filter.after);
  const down = (order === "price-desc") !== (back !== null);
  const columns = orderColumns[order];
  const direction = down ? sql`desc` : empty;
  const key = (from: Sql) => join(columns.map((column) => sql`${from}.${raw(column)} ${direction}`));
  const onShelf = (row: Sql) => sql`
    ${brand ? sql`and ${row}.brand_id = (select id from app.brands where slug = ${brand})` : empty}
    ${category ? sql`and ${row}.category_id = (select id from app.categories where slug = ${category})` : empty}`;
  const tierOnce = sql`select tier from viewer`; // Who is asking is looked up once, for the prices and for the count.
  const names = join(columns.map((column) => sql`shelf.${raw(column)}`));
  // What a search finds is looked at once, for the count and for the page; a shelf is walked in its index, and its
  // count is kept.
  return sql`
    with ${priced ? sql`viewer as materialized (${viewerTier} as tier),` : empty}
    ${q ? foundBy(q) : empty}
    shelf as ${q ? sql`materialized` : sql`not materialized`} (
      select ${productColumns}${priced ? priceColumns : empty}${q ? sql`, f.rank` : empty}
        from ${q ? sql`found f join app.products p on p.id = f.id` : sql`app.products p`}
        ${priced ? pricesOf(tierOnce) : empty}
       where p.active ${onShelf(sql`p`)}),
    page as (
      select * from shelf
       ${place ? sql`where (${names}) ${down ? sql`<` : sql`>`} (${join(columns.map(valueOf(place)))})` : empty}
       order by ${key(sql`shelf`)} ${limit(pageSize + 1)})
    select hits.total, page.*${priced ? sql`, s.badge` : empty}${q ? guesses(filter) : empty}
      from (${
        q
          ? sql`select count(*)::int as total from shelf`
          : sql`
              select coalesce(sum(n.articles), 0)::int as total from app.shelf_counts n
               where n.tier = ${priced ? sql`(${tierOnce})` : sql`''`} ${onShelf(sql`n`)}`
      }) hits
      left join page on true
      ${priced ? sql`left join app.product_stock s on s.product_id = page.id` : empty}
     order by ${key(sql`page`)}`;
}

// What is called what was typed; only when nothing is, what is called as it was probably meant.
const foundBy = (q: string) => sql`
  asked as materialized (select * from private.find_articles(${q})),
  meant as materialized (select private.did_you_mean(${q}) as words where not exists (select from asked)),
  found as materialized (
    select * from asked union all select f.* from meant, private.find_articles(meant.words) f),`;

const valueOf = (place: Array<string | number>) => (column: string, index: number) =>
  column === "name" ? sql`${place[index]}::text` : sql`${place[index]}::bigint`;
/** The place before which a page ends, when it is asked for backwards. */
const backwards = (filter: CatalogueFilter, order: Order) => (filter.after ? null : readPlace(order, filter.before));

// What is missing of a list of SKUs; and what stands on other shelves, where one was chosen and has nothing.
const guesses = ({ brand, category }: CatalogueFilter) => sql`
  , (select array_agg(typed order by rank)
       from (select f.rank, f.typed
               from found f left join shelf on shelf.id = f.id
              where f.typed is not null
              group by f.rank, f.typed having count(shelf.id) = 0) m) as missing
  , (select m.words from meant m) as meant
  , case when hits.total = 0 and ${Boolean(brand || category)}
    then (select count(f.id)::int from found f) else 0 end as elsewhere`;

/** One row more was read than a page holds, in the direction of reading: it tells that there is another page. */
function cutPage(rows: ProductRow[], filter: CatalogueFilter, order: Order) {
  const back = backwards(filter, order) !== null;
  const more = rows.length > pageSize;
  const shown = back ? rows.slice(0, pageSize).reverse() : rows.slice(0, pageSize);
  const at = (row: ProductRow | undefined) =>
    row ? encodeCursor(orderColumns[order].map((column) => row[column]!)) : null;
  const begun = back ? more : readPlace(order, filter.after) !== null;
  return { rows: shown, previous: begun ? at(shown[0]) : null, next: back || more ? at(shown.at(-1)) : null };
}

const namesOf = (shelves: Shelf[]) => new Map(shelves.map(({ id, name }) => [id, name]));
