import { z } from "zod";
import { cursor, searchText } from "#app/ui/list.ts";
import { decodeCursor } from "#app/db/cursor.ts";
import { typedNumber } from "#app/ui/typed-number.ts";

export const pageSize = 24;
/** By name; by price, for whoever has prices; without one of these what fits best what was typed, or by name. */
export const sorts = ["name", "price", "price-desc"] as const;
export type Sort = (typeof sorts)[number];

/** So many letters are looked for here: a page of SKUs fits in. */
export const searchMost = 400;

/** What a browser may ask of the catalogue; anything else is ignored, since these come from links. */
export const catalogueFilter = z.object({
  q: searchText(searchMost),
  brand: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .nullable()
    .catch(null),
  category: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .nullable()
    .catch(null),
  sort: z.enum(sorts).nullable().catch(null),
  after: cursor,
  before: cursor,
});
export type CatalogueFilter = z.output<typeof catalogueFilter>;

export const readFilter = (params: URLSearchParams): CatalogueFilter =>
  catalogueFilter.parse({
    q: params.get("q") ?? "",
    ...Object.fromEntries(["brand", "category", "sort", "after", "before"].map((name) => [name, params.get(name)])),
  });

/** What an address says of a filter, at another place of its list or at its start. */
export const filterParams = (
  { q, brand, category, sort }: CatalogueFilter,
  place: { after?: string | null; before?: string | null } = {},
) => ({
  q,
  brand,
  category,
  sort,
  after: place.after ?? null,
  before: place.before ?? null,
});

/** The order that a list really has: a price that is not shown orders nothing. */
export type Order = "best" | Sort;
export const orderOf = ({ q, sort }: CatalogueFilter, priced: boolean): Order =>
  sort === "name" || (sort && priced) ? sort : q ? "best" : "name";

/** What a row's place in an order is made of; the last decides between equals. */
export const orderColumns = {
  best: ["rank", "name", "id"],
  name: ["name", "id"],
  price: ["own", "id"],
  "price-desc": ["own", "id"],
} as const;
/** The place that a cursor names, or null when it is none of this order. */
export const readPlace = (order: Order, cursor: string | null): Array<string | number> | null =>
  decodeCursor(
    cursor,
    ...orderColumns[order].map((column) => (column === "name" ? ("text" as const) : ("id" as const))),
  );

export const sku = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9-]{3,32}$/, "UNKNOWN_SKU");
const pieces = (least: number, message: string) =>
  z.string().transform((typed, context) => {
    const value = /^[\d.,\s]+$/.test(typed) ? typedNumber(typed) : null;
    if (value !== null && Number.isInteger(value) && value >= least && value <= 9_999) return value;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
/** Pieces, as people type a number: «12», «1.000», «05». */
export const quantity = pieces(1, "QUANTITY");
export const quantityOrZero = pieces(0, "QUANTITY_OR_ZERO");
