import { ownBasket, type Placed } from "./basket.ts";
import { day, dayZero, isClosed, isSunday, minute } from "./calendar.ts";
import { valueOf, verdictOf } from "./honest.ts";
import { normal, products, type Kind, type Salesman, type Store, type Population } from "./population.ts";

type Doing = (population: Population, who: Salesman, n: number, honest: Placed[]) => Placed[];

/** What he does on this day besides, or instead of, his honest work; the day's orders as they then are. */
export function withAbuse(population: Population, who: Salesman, n: number, honest: Placed[]): Placed[] {
  return who.kind === null || n < who.from ? honest : doings[who.kind](population, who, n, honest);
}

const some = (population: Population, stores: Store[], count: number) => {
  const left = [...stores];
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(population.chance.next() * left.length), 1)[0]!,
  );
};
const clock = (n: number, hours: number) => dayZero + n * day + Math.round(hours * 60 * minute);
const order = (population: Population, who: Salesman, store: Store, at: number, basket: string[]): Placed => ({
  at: Math.round(at),
  salesman: who.n,
  store,
  basket,
  assigned: true,
  device: who.device,
  verdict: verdictOf(population.chance.next()),
});

const doings: Record<Kind, Doing> = {
  /** Every few days a row of orders in many stores within the hour. */
  burst(population, who, n, honest) {
    const { chance } = population;
    if (isSunday(n) || !chance.is(0.25)) return honest;
    let at = clock(n, chance.between(11, 20));
    const stores = some(population, who.stores, chance.whole(8, 15));
    const gap = chance.between(48, 57) / stores.length;
    return [
      ...honest,
      ...stores.map((store) => {
        at += gap * chance.between(0.7, 1.3) * minute;
        return order(population, who, store, at, ownBasket(population, store, valueOf(population, who, store, n)));
      }),
    ];
  },

  /** Week by week a little more in most of his stores, and now and then an order that nobody asked for. */
  "slow and low"(population, who, n, honest) {
    const { chance } = population;
    const ramp = Math.min(1, (n - who.from) / 30);
    const top = 1.5 + ((who.n * 37) % 60) / 100;
    const grown = honest.map((placed) =>
      placed.store.n % 10 < 8
        ? {
            ...placed,
            basket: ownBasket(
              population,
              placed.store,
              valueOf(population, who, placed.store, n) * (1 + (top - 1) * ramp),
            ),
          }
        : placed,
    );
    if (isClosed(n) || !chance.is(0.5 * ramp)) return grown;
    const [store] = some(population, who.stores, 1) as [Store];
    return [
      ...grown,
      order(
        population,
        who,
        store,
        clock(n, chance.between(15, 17.5)),
        ownBasket(population, store, valueOf(population, who, store, n)),
      ),
    ];
  },

  /** One basket of his own making, carried from store to store through the day. */
  "same basket"(population, who, n, honest) {
    const { chance } = population;
    if (isClosed(n) || !chance.is(0.4)) return honest;
    const basket = Array.from(
      { length: chance.whole(1, 4) },
      () => `${chance.whole(1, products)}x${chance.whole(2, 15)}`,
    );
    let at = clock(n, chance.between(9, 11));
    return [
      ...honest,
      ...some(population, who.stores, chance.whole(4, 9)).map((store) => {
        at += chance.between(25, 60) * minute;
        return order(population, who, store, at, basket);
      }),
    ];
  },

  /** Stores that are not his, often far away. */
  "outside territory"(population, who, n, honest) {
    const { chance } = population;
    if (isClosed(n) || !chance.is(0.4)) return honest;
    const strange = some(
      population,
      population.stores.filter((store) => store.owner !== who.n && store.n % 50 === n % 50),
      chance.whole(1, 2),
    );
    return [
      ...honest,
      ...strange.map((store) => ({
        ...order(
          population,
          who,
          store,
          clock(n, chance.between(9, 19)),
          ownBasket(population, store, store.size * Math.exp(0.5 * normal(chance))),
        ),
        assigned: false,
        verdict: store.region !== who.region && chance.is(0.35) ? ("IMPLAUSIBLE" as const) : verdictOf(chance.next()),
      })),
    ];
  },

  /** Orders many times larger than the store ever placed. */
  "big tickets"(population, who, n, honest) {
    const { chance } = population;
    if (isClosed(n) || !chance.is(0.5)) return honest;
    const [store] = some(population, who.stores, 1) as [Store];
    return [
      ...honest,
      order(
        population,
        who,
        store,
        clock(n, chance.between(9, 17)),
        ownBasket(population, store, store.size * chance.between(5, 12)),
      ),
    ];
  },

  /** One person with a colleague's password: his neighbour's orders come from his own browser on many days. */
  "two accounts on one device"(population, who, n, honest) {
    const partner = population.salesmen[who.n % 2 === 0 ? who.n + 1 : who.n - 1]!;
    const leader = who.n % 2 === 0 ? who : partner;
    if (who === leader || isClosed(n) || !population.chance.is(0.6)) return honest;
    const ghosts = some(population, who.stores, population.chance.whole(1, 3)).map((store) => ({
      ...order(
        population,
        who,
        store,
        clock(n, population.chance.between(8.5, 18)),
        ownBasket(population, store, valueOf(population, who, store, n)),
      ),
      device: leader.device,
    }));
    return [...honest, ...ghosts];
  },
};
