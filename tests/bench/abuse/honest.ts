import { normal, type Salesman, type Store, type Population } from "./population.ts";
import { basketFor, type Placed } from "./basket.ts";
import { day, dayZero, isClosed, isRush, isStockingUp, minute, season } from "./calendar.ts";

/** A working day as it is: a route or a row of calls, some stores that buy nothing, a rush at the end of the month. */
export function honestDay(population: Population, who: Salesman, n: number, extra: Store[] = []): Placed[] {
  const { chance } = population;
  if (isClosed(n) || n < who.firstDay || onLeave(who, n)) return [];
  const saturday = n % 7 === 5;
  const busy = (saturday ? 0.5 : 1) * (isRush(n) ? 1.35 : isStockingUp(n) ? 1.2 : 1);
  const visits = Math.max(1, Math.round(who.visits * busy + 1.2 * normal(chance)));
  // Each weekday has its route; a few stores call out of turn. Not every visit ends with an order.
  const route = who.stores.filter((_, i) => i % 6 === n % 7).slice(0, visits);
  const called = Array.from({ length: Math.max(1, visits - route.length) }, () => chance.pick(who.stores));
  const targets = [...new Set([...route, ...called, ...extra])].filter(() => chance.is(0.85));
  const calls = who.style === "phone" || (who.style === "mixed" && chance.is(0.4)) || (isRush(n) && chance.is(0.4));
  let at = dayZero + n * day + (calls ? chance.between(8.5, 13.5) : chance.between(8, 10)) * 60 * minute;
  return targets.map((store) => {
    at += gapOf(calls, isRush(n), chance.next(), normal(chance)) * minute;
    return {
      at: Math.round(at),
      salesman: who.n,
      store,
      basket: basketFor(population, store, n, valueOf(population, who, store, n)),
      assigned: true,
      device: who.device,
      verdict: verdictOf(chance.next()),
    };
  });
}

/**
 * Minutes to the next order. To take one by phone means to call, to begin acting, to ask, to fill the cart and to check
 * out.
 */
function gapOf(calls: boolean, rush: boolean, pause: number, sway: number): number {
  if (!calls) return 12 + 32 * Math.exp(0.5 * sway);
  if (pause < 0.15) return 50 + 60 * Math.abs(sway);
  return Math.max(4, (rush ? 14 : 17) * Math.exp(0.45 * sway));
}

/** Rupiah that this store spends today. */
export function valueOf({ chance }: Population, who: Salesman, store: Store, n: number): number {
  const drift = (who.growth + store.trend) * (n / 90);
  const feast = store.stocksUp !== null && isStockingUp(n) && chance.is(0.5) ? store.stocksUp : 1;
  return store.size * feast * season(n, store.region) * Math.exp(drift + store.sway * normal(chance));
}

/** What an address on a mobile network says about the way from the last one. */
export const verdictOf = (dice: number): Placed["verdict"] =>
  dice < 0.007 ? "IMPLAUSIBLE" : dice < 0.26 ? "INDETERMINATE" : "PLAUSIBLE";

export const onLeave = (who: Salesman, n: number) => who.leave !== null && n >= who.leave[0] && n <= who.leave[1];
