import { Chance } from "#supabase/seed/random.ts";

/** The six ways of abuse that the corpus knows, or none. For the report alone: nothing that is loaded says it. */
export const kinds = [
  "burst",
  "slow and low",
  "same basket",
  "outside territory",
  "big tickets",
  "two accounts on one device",
] as const;
export type Kind = (typeof kinds)[number];

export type Store = {
  n: number;
  region: number;
  owner: number;
  size: number;
  sway: number;
  trend: number;
  stocksUp: number | null;
  bought: string[];
};
export type Salesman = {
  n: number;
  region: number;
  kind: Kind | null;
  firstDay: number;
  stores: Store[];
  style: "field" | "phone" | "mixed";
  visits: number;
  growth: number;
  device: string;
  leave: [from: number, until: number] | null;
  from: number;
};
export type Population = {
  size: Size;
  salesmen: Salesman[];
  stores: Store[];
  promotions: Promotion[];
  chance: Chance;
};
export type Promotion = { from: number; until: number; regions: Set<number>; basket: string[]; share: number };

/** How many salesmen there are, for how many days they order, and from which on somebody looks. */
export type Size = { honest: number; abusers: Record<Kind, number>; days: number; judgedFrom: number };
export const usual: Size = {
  honest: 200,
  abusers: {
    burst: 7,
    "slow and low": 7,
    "same basket": 7,
    "outside territory": 7,
    "big tickets": 6,
    "two accounts on one device": 6,
  },
  days: 90,
  judgedFrom: 30,
};
/** One of each, and three days to judge. */
export const small: Size = {
  honest: 2,
  abusers: Object.fromEntries(kinds.map((kind) => [kind, 1])) as Size["abusers"],
  days: 61,
  judgedFrom: 58,
};
export const regions = 10;
const bestSellers = 12;
export const products = 300;

/**
 * Two hundred honest salesmen and forty others, ten regions, some eleven thousand stores, unless they are fewer. The
 * same seed gives the same population.
 */
export function inventPopulation(seed: number, size: Size): Population {
  const chance = new Chance(seed);
  const roles: Array<Kind | null> = [
    ...Array<null>(size.honest).fill(null),
    ...kinds.flatMap((kind) => Array<Kind>(size.abusers[kind]).fill(kind)),
  ];
  const stores: Store[] = [];
  const salesmen = roles.map((kind, n): Salesman => {
    const region = n % regions;
    const own = Array.from({ length: chance.whole(34, 60) }, () =>
      inventStore(stores.length, region, n, chance, stores),
    );
    return {
      n,
      region,
      kind,
      stores: own,
      device: `device-${seed}-${n}`,
      firstDay: kind === null && chance.is(0.06) ? chance.whole(15, 75) : -1,
      style: chance.is(0.15) ? "phone" : chance.is(0.3) ? "mixed" : "field",
      visits: chance.between(6, 11),
      // What a good or a bad quarter does to all that he sells; a few do much better than they did.
      growth: chance.is(0.08) ? chance.between(0.1, 0.2) : 0.05 * normal(chance),
      leave: chance.is(0.2) ? leaveOf(chance) : null,
      from: kind === null ? Infinity : chance.whole(38, kind === "slow and low" ? 46 : 58),
    };
  });
  return { size, salesmen, stores, promotions: inventPromotions(chance), chance };
}

function inventStore(n: number, region: number, owner: number, chance: Chance, stores: Store[]): Store {
  const store: Store = {
    n,
    region,
    owner,
    size: 1_500_000 * Math.exp(0.55 * normal(chance)),
    sway: chance.between(0.3, 0.6),
    trend: 0.2 * normal(chance),
    stocksUp: chance.is(0.25) ? chance.between(2.5, 7) : null,
    bought: Array.from({ length: 8 }, () => String(1 + Math.floor(products * chance.next() ** 2))),
  };
  stores.push(store);
  return store;
}

function leaveOf(chance: Chance): [number, number] {
  const from = chance.whole(5, 80);
  return [from, from + chance.whole(3, 12)];
}

/** Packages that headquarters advertises for two to four days, in the whole country or in some regions. */
function inventPromotions(chance: Chance): Promotion[] {
  return [9, 23, 37, 48, 60, 67, 83].map((day) => {
    const from = day + chance.whole(-2, 2);
    const wide = chance.is(0.6);
    return {
      from,
      until: from + chance.whole(1, 3),
      share: chance.between(0.25, 0.6),
      regions: new Set(Array.from({ length: regions }, (_, region) => region).filter(() => wide || chance.is(0.3))),
      basket: Array.from({ length: chance.whole(2, 4) }, () => `${chance.whole(1, products)}x${chance.pick([6, 12])}`),
    };
  });
}

/** What everybody buys, in packs: two stores with the very same small order are no wonder. */
export const plainBasket = (chance: Chance) => [`${chance.whole(1, bestSellers)}x${chance.pick([6, 12, 24])}`];

/** The standard normal distribution. */
export function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());
}
