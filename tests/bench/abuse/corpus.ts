import { withAbuse } from "./abusive.ts";
import type { Placed } from "./basket.ts";
import { day, dayZero } from "./calendar.ts";
import { honestDay, onLeave } from "./honest.ts";
import { inventPopulation, type Population, type Salesman, usual } from "./population.ts";

export type Corpus = { seed: number; population: Population; orders: Placed[] };

/** Ninety days of shadow orders, or fewer, in the order of time. */
export function inventCorpus(seed: number, size = usual): Corpus {
  const population = inventPopulation(seed, size);
  const orders: Placed[] = [];
  for (let n = 0; n < size.days; n += 1) {
    for (const who of population.salesmen)
      orders.push(...withAbuse(population, who, n, honestDay(population, who, n, covered(population, who, n))));
  }
  lifeOfDevices(population, orders);
  lateAssignments(population, orders);
  orders.sort((a, b) => a.at - b.at);
  return { seed, population, orders };
}

/** Stores of a colleague who is away, while they are this one's by a real change of assignments. */
function covered(population: Population, who: Salesman, n: number) {
  const colleague = population.salesmen[(who.n + 10) % population.salesmen.length]!;
  if (colleague.region !== who.region || !onLeave(colleague, n) || onLeave(who, n)) return [];
  return Array.from({ length: population.chance.whole(2, 4) }, () => population.chance.pick(colleague.stores));
}

/**
 * New telephones, browsers that forget, one borrowed for a day, one handed on, and computers that a whole office uses.
 */
function lifeOfDevices({ salesmen, chance, size: { days } }: Population, orders: Placed[]): void {
  const bySalesman = bySalesmen(orders);
  const own = (who: Salesman, from: number, until: number) =>
    (bySalesman.get(who.n) ?? []).filter(
      ({ at, device }) => device === who.device && dayOf(at) >= from && dayOf(at) < until,
    );
  const give = (placed: Placed[], device: string) => {
    for (const one of placed) one.device = device;
  };
  for (const who of salesmen) {
    const colleague = salesmen[(who.n + 20) % salesmen.length]!;
    const sort = chance.next();
    // Abuse on one device is about this very device: it is left as it is.
    if (who.kind === "two accounts on one device") continue;
    if (sort < 0.15) give(own(who, chance.whole(5, 85), days), `${who.device}-new`);
    else if (sort < 0.2) for (let n = 0; n < days; n += 4) give(own(who, n, n + 4), `${who.device}-${n}`);
    else if (sort < 0.25) {
      const n = chance.whole(20, 85);
      give(own(who, n, n + 1), colleague.device);
    } else if (sort < 0.27 && who.firstDay > 0) give(own(who, 0, days), colleague.device + "-old");
  }
  // Two offices with a computer that five to eight people take turns at.
  for (const region of [2, 7]) {
    for (const who of salesmen
      .filter((one) => one.region === region && one.kind === null)
      .slice(0, chance.whole(5, 8))) {
      give(
        own(who, 0, days).filter(() => chance.is(0.3)),
        `office-${region}`,
      );
    }
  }
}

/** Somebody lost a store while he was serving it: an order or two that are outside on paper. */
function lateAssignments({ salesmen, chance }: Population, orders: Placed[]): void {
  const bySalesman = bySalesmen(orders);
  for (const who of salesmen.filter(() => chance.is(0.06))) {
    const n = chance.whole(20, 85);
    for (const placed of (bySalesman.get(who.n) ?? []).filter(({ at }) => dayOf(at) === n).slice(0, chance.whole(1, 2)))
      placed.assigned = false;
  }
}

function bySalesmen(orders: Placed[]): Map<number, Placed[]> {
  const found = new Map<number, Placed[]>();
  for (const placed of orders) {
    const his = found.get(placed.salesman);
    if (his) his.push(placed);
    else found.set(placed.salesman, [placed]);
  }
  return found;
}

const dayOf = (at: number) => Math.floor((at - dayZero) / day);
