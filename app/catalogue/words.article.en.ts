import type { article as source } from "./words.article.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** An article as the office knows it. */
export const article: typeof source = {
  withdrawn: "Not sold any more: stores do not see it in the catalogue.",
  inCatalogue: "See it in the catalogue",
  forStaff: "Prices, stock and buyers of this article",
  prices: "Price per tier",
  noPrice: "It has no price yet, so it cannot be ordered.",
  tier: "Tier",
  price: "Price",
  volume: "Volume price",
  volumeFrom: (pieces, price) => `${price} from ${pieces}`,
  stock: "Stock",
  erp: "ERP stock",
  buffer: "Safety buffer",
  display: "Display stock: ERP less the buffer",
  held: "Ordered, not yet in the ERP’s data",
  free: "Can still be ordered",
  warehouse: (name) => `Warehouse ${name}`,
  asOf: "ERP data as of",
  never: "The ERP has never sent stock data.",
  toErp: "State of the ERP’s data",
  buyers: "Latest purchases",
  noBuyers: "Nobody has ordered this article yet.",
  store: "Store",
  quantity: "Quantity",
  newest: (n) => (n === 1 ? "The newest order is shown." : say`The newest ${n} orders are shown.`),
};
