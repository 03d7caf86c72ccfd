import { plainBasket, products, type Store, type Population } from "./population.ts";

/** An order of the corpus. A basket is articles with their quantities, as «17x6». */
export type Placed = {
  at: number;
  salesman: number;
  store: Store;
  basket: string[];
  assigned: boolean;
  device: string;
  verdict: "PLAUSIBLE" | "IMPLAUSIBLE" | "INDETERMINATE";
};

/** Whole rupiah for a piece; by number, so that it needs no table. */
export const priceOf = (product: number) => 15_000 + ((product * 7_919) % 230) * 1_000;

export const totalOf = (basket: string[]) =>
  basket.reduce((sum, line) => {
    const [product, quantity] = line.split("x").map(Number) as [number, number];
    return sum + priceOf(product) * quantity;
  }, 0);

/** What a store buys for about so much: today's package, what everybody buys, or its own articles. */
export function basketFor(population: Population, store: Store, n: number, value: number): string[] {
  const { chance, promotions } = population;
  const promotion = promotions.find(({ from, until, regions }) => n >= from && n <= until && regions.has(store.region));
  if (promotion && chance.is(promotion.share)) return promotion.basket;
  if (chance.is(0.08)) return plainBasket(chance);
  return ownBasket(population, store, value);
}

/** Articles of the store's own choice for about so much. */
export function ownBasket({ chance }: Population, store: Store, value: number): string[] {
  const wanted = new Set(
    Array.from({ length: chance.whole(1, 5) }, () =>
      chance.is(0.8) ? Number(chance.pick(store.bought)) : chance.whole(1, products),
    ),
  );
  return [...wanted].map((product) => {
    const pieces = value / wanted.size / priceOf(product);
    return `${product}x${Math.max(1, Math.min(9_999, Math.round(pieces)))}`;
  });
}
