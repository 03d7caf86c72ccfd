import { article } from "./words.article.en.ts";
import type { catalogue as source } from "./words.id.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** The shop's first page and the catalogue. */
export const catalogue: typeof source = {
  home: {
    title: "Supplies for your salon",
    lead:
      "Hair care and salon tools in one catalogue. Partner prices, stock from our own warehouse, delivered by the " +
      "distributor in your region.",
    browse: "See the catalogue",
    partner: "A partner already?",
    signIn: "Sign in to see prices",
    categories: "Choose a category",
    points: [
      ["Prices for your tier", "Every product shows your price and what you save."],
      ["Honest stock", "Available, limited or pre-order: you know before you order."],
      ["Orders keep going", "Even when the warehouse system is down, we take your order."],
    ],
  },
  stock: { HIGH: "Available", LOW: "Limited", ZERO: "Pre-order" },
  title: "Catalogue",
  description:
    "Shampoo, colour, hair care and salon tools from PT. Alfa Beauty Cosmetica. Open to everybody; prices are shown " +
    "to partners who are signed in.",
  search: "Search product, brand or SKU",
  searchHint: "Several SKUs at once: ALF-0001 ALF-0012",
  missing: (typed) => `Not found: ${typed.join(", ")}`,
  missingElsewhere: "Look under all brands and categories",
  brand: "Brand",
  category: "Category",
  allBrands: "All brands",
  allCategories: "All categories",
  sort: "Sort by",
  sorts: { best: "Best match", name: "Name A–Z", price: "Lowest price", "price-desc": "Highest price" },
  count: (total) => say`${total} ${total === 1 ? "product" : "products"}`,
  resultsFor: (q, total) => say`Results for “${q}”: ${total} ${total === 1 ? "product" : "products"}`,
  guest: "Prices are shown to partners only.",
  guestLink: "Sign in to see prices",
  emptyTitle: "No product matches",
  emptyText: "Try a shorter word, or clear the filters.",
  meant: (q, meant, total) =>
    say`Nothing is called “${q}”. Did you mean “${meant}”: ${total} ${total === 1 ? "product" : "products"}`,
  elsewhereText: "Nothing under this brand or category, but there is under others.",
  elsewhere: (count) => say`See ${count} ${count === 1 ? "product" : "products"} of all brands`,
  price: "Your price",
  market: "Market price",
  unit: "Unit",
  save: (amount) => `Save ${amount}`,
  volume: (pieces, price) => `From ${pieces}: ${price}`,
  quantityOf: (product) => `Quantity of ${product}`,
  add: "Add",
  addLabel: (product) => `Add ${product} to the cart`,
  addToCart: "Add to cart",
  inCart: (pieces) => `${pieces} in the cart`,
  added: (product) => `${product} is in the cart.`,
  addedMany: (count) => `${counted(count, "product is", "products are")} in the cart.`,
  unpriced: "There is no price for your store yet. Please contact us.",
  preorderNote: "Out of stock. You can still order it as a pre-order.",
  back: "Back to the catalogue",
  each: (unit) => `per ${unit}`,
  pickStore: "Choose a store on the Clients page to see prices and order.",
  article,
};
