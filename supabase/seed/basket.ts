import { createHash } from "node:crypto";
import type { Tier } from "#app/accounts/viewer.ts";
import { categories, type Product } from "./catalogue.ts";
import type { Partner } from "./people.ts";
import type { Chance } from "./random.ts";

export type Line = { product: Product; quantity: number; preorder: number; unitPrice: number; marketPrice: number };

/** A line at the store's own price, the volume price where it has earned it. */
export function line(partner: Partner, product: Product, quantity: number, preorder = 0): Line {
  const own = product.prices[partner.tier];
  const unitPrice = own.volumeMinimum !== null && quantity >= own.volumeMinimum ? own.volumePrice! : own.price;
  return { product, quantity, preorder, unitPrice, marketPrice: product.prices.SILVER.price };
}

export const totalOf = (lines: Line[]) => lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
export const marketOf = (lines: Line[]) =>
  lines.reduce((sum, { quantity, marketPrice }) => sum + quantity * marketPrice, 0);

/** The digest that checkout stores with an order. */
export function digestOf(lines: Line[]): string {
  const parts = lines
    .toSorted((a, b) => a.product.id - b.product.id)
    .map((l) => `${l.product.id}:${l.quantity}:${l.unitPrice}`);
  return createHash("md5").update(parts.join(",")).digest("hex");
}

// What a shop does not do it hardly buys.
const seldom = {
  UNISEX: ["beard-care", "nail-care", "electrical"],
  BARBER: ["nail-care", "smoothing", "hair-colour", "bleach", "conditioner"],
  BRIDAL: ["beard-care", "electrical", "bleach"],
  OTHER: ["beard-care", "smoothing", "styling", "bleach", "developer"],
};

/** Pieces of one line, by the size of the shop. */
const appetite: Record<Tier, [least: number, most: number]> = { SILVER: [1, 4], GOLD: [1, 7], PLATINUM: [2, 14] };

/** Fills baskets as shops do: the popular by Zipf's law, own habits, their own trade. */
export class Shopper {
  private readonly chance: Chance;
  private readonly ranking: Product[];
  private readonly cumulated: number[];
  private readonly habits = new Map<string, Product[]>();

  constructor(products: Product[], chance: Chance) {
    this.chance = chance;
    this.ranking = products
      .map((product) => ({ product, key: chance.next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ product }) => product);
    let sum = 0;
    this.cumulated = this.ranking.map((_, rank) => (sum += 1 / (rank + 6)));
  }

  basket(partner: Partner): Line[] {
    const habit = this.habits.get(partner.id) ?? [];
    const chosen = new Set<Product>();
    const wanted = this.chance.whole(2, partner.tier === "SILVER" ? 6 : 9);
    while (chosen.size < wanted)
      chosen.add(habit.length > 4 && this.chance.is(0.5) ? this.chance.pick(habit) : this.popular(partner));
    this.habits.set(partner.id, [...habit, ...chosen].slice(-30));
    return [...chosen]
      .sort((a, b) => a.name.localeCompare(b.name, "id"))
      .map((product) => this.lineOf(partner, product));
  }

  private popular(partner: Partner): Product {
    for (;;) {
      const at = this.chance.next() * this.cumulated.at(-1)!;
      const product = this.ranking[this.cumulated.findIndex((sum) => sum > at)]!;
      const foreign = seldom[partner.salonType].includes(categories[product.categoryId - 1]!.slug);
      if (!foreign || this.chance.is(0.1)) return product;
    }
  }

  private lineOf(partner: Partner, product: Product): Line {
    const dear = product.prices.SILVER.price > 250_000;
    const [least, most] = dear ? [1, 2] : appetite[partner.tier];
    const pieces = this.chance.whole(least, most);
    const cartons = product.prices.SILVER.volumeMinimum;
    const quantity = cartons !== null && !dear && partner.tier !== "SILVER" && this.chance.is(0.12) ? cartons : pieces;
    return line(partner, product, quantity, this.chance.is(0.012) ? quantity : 0);
  }
}
