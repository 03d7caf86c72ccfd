import { z } from "zod";

export const pageSize = 24;
/** What a browser may ask of the catalogue; anything else is ignored, since these come from links. */
export const catalogueFilter = z.object({
  q: z.string().trim().max(80).catch(""),
  brand: z.string().regex(/^[a-z0-9-]{1,60}$/).nullable().catch(null),
  category: z.string().regex(/^[a-z0-9-]{1,60}$/).nullable().catch(null),
  after: z.string().max(400).nullable().catch(null),
});
export type CatalogueFilter = z.output<typeof catalogueFilter>;

export const readFilter = (params: URLSearchParams): CatalogueFilter =>
  catalogueFilter.parse({ q: params.get("q") ?? "", brand: params.get("brand"), category: params.get("category"), after: params.get("after") });

export const sku = z.string().trim().toUpperCase().regex(/^[A-Z0-9-]{3,32}$/, "UNKNOWN_SKU");
/** A whole number as people type it. */
export const quantity = z.string().trim().regex(/^[1-9][0-9]{0,3}$/, "QUANTITY").transform(Number);
export const quantityOrZero = z.string().trim().regex(/^(0|[1-9][0-9]{0,3})$/, "QUANTITY_OR_ZERO").transform(Number);
