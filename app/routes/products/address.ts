import { type CatalogueFilter, filterParams } from "#app/catalogue/catalogue.ts";
import { listAddress } from "#app/ui/list.ts";

/** The address of this list, from a place in it. */
export const address = (filter: CatalogueFilter, place: Parameters<typeof filterParams>[1] = {}) =>
  listAddress("/products", filterParams(filter, place));
