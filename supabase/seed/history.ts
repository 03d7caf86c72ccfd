import { type Line, Shopper, totalOf } from "./basket.ts";
import { busyness, day, hour, minute, shoppingMoment, wibMidnight } from "./calendar.ts";
import type { Product } from "./catalogue.ts";
import { longOutage } from "./erp-outages.ts";
import { decide, type Fate } from "./fate.ts";
import { assignments, budi, latePayer, type Partner, partners, sari } from "./people.ts";
import { creditFor, type PastOrder, statusOf } from "./past-order.ts";
import { Chance } from "./random.ts";

const days = 90;
const aimedOrders = 930;

/** Reasons that a salesman gives for acting. */
const reasons = [
  "Kunjungan rutin ke toko",
  "Pemilik memesan lewat telepon",
  "Bantu order pertama di sistem",
  "Restock setelah stok opname",
  "Promo akhir bulan",
];

/**
 * Ninety days of orders that look like life, about nine hundred, oldest first; nothing later than `now`.
 * The same `now` gives the same history.
 */
export function inventHistory(products: Product[], now: number): PastOrder[] {
  const chance = new Chance(90_210);
  const shopper = new Shopper(products, chance);
  const ledger = new Map<string, Fate[]>();
  const busyUntil = new Map<string, number>();
  const orders = visits(now, chance).flatMap(({ at, partner, wish }): PastOrder[] => {
    const past = ledger.get(partner.id) ?? [];
    const ours = past.reduce((sum, fate) => sum + fate.owedAt(at), 0);
    const lines = affordable(partner, shopper.basket(partner), ours, wish !== null, chance);
    if (!lines) return [];
    const outage = longOutage(now);
    const cutOff = at >= outage.from && at < outage.until;
    const asOf = cutOff ? outage.from : at - Math.floor(chance.between(0, 15) * minute);
    const credit = creditFor(partner, lines, ours, asOf, at - asOf > hour);
    const fate = decide({ at, partner, credit, now, late: partner === latePayer, chance });
    ledger.set(partner.id, [...past, fate]);
    const syncedAt = cutOff
      ? outage.until + Math.floor(chance.between(1, 8) * minute)
      : at + chance.whole(4, 90) * 1_000;
    return [
      {
        at,
        partner,
        lines,
        credit,
        ...fate.outcome,
        degraded: cutOff,
        syncError: null,
        syncedAt: syncedAt <= now ? syncedAt : null,
        acting: actingFor(partner, at, now, wish, chance, busyUntil),
      },
    ];
  });
  return short(troubled(orders, now));
}

type Visit = { at: number; partner: Partner; wish: "SHADOW" | "OWN" | null };

function visits(now: number, chance: Chance): Visit[] {
  const shops = partners
    .filter(({ region }) => region !== null)
    .map((partner) => ({
      // The late payer buys a lot, so that it is beyond its limit on any day.
      partner,
      weight:
        partner === latePayer ? 2 : { SILVER: 0.7, GOLD: 1.1, PLATINUM: 1.6 }[partner.tier] * chance.between(0.7, 1.3),
    }));
  const midnights = Array.from({ length: days }, (_, i) => wibMidnight(now, days - 1 - i));
  const whole =
    shops.reduce((sum, { weight }) => sum + weight, 0) *
    midnights.reduce((sum, midnight) => sum + busyness(midnight), 0);
  const usual = midnights.flatMap((midnight) =>
    shops.flatMap(({ partner, weight }): Visit[] => {
      const expected = (aimedOrders * weight * busyness(midnight)) / whole;
      return chance.is(expected) ? [{ at: shoppingMoment(midnight, chance), partner, wish: null }] : [];
    }),
  );
  // Whatever the hour of the demo, Salon Budi has something under way, one of it placed by its salesman, and an
  // order above the limit waits for staff's decision.
  const underWay: Visit[] = [
    { at: now - 4 * day, partner: budi, wish: "OWN" },
    { at: now - 26 * hour, partner: budi, wish: "SHADOW" },
    { at: now - 50 * minute, partner: latePayer, wish: "OWN" },
    { at: now - 40 * minute, partner: budi, wish: "OWN" },
  ];
  return [...usual.filter(({ at }) => at < now - 5 * minute), ...underWay].sort((a, b) => a.at - b.at);
}

/**
 * A basket that the room can take. Most shops wait until it fits, some ask for approval; the late payer always asks.
 */
function affordable(partner: Partner, lines: Line[], ours: number, must: boolean, chance: Chance): Line[] | null {
  const ceiling = partner === budi ? 0.45 : 0.85;
  if (partner === latePayer) return must || ours < partner.creditLimit * 1.2 ? lines : null;
  let rest = lines;
  while (rest.length > 1 && ours + totalOf(rest) > partner.creditLimit * ceiling) {
    if (partner !== budi && chance.is(0.2)) return lines;
    rest = rest.slice(0, -1);
  }
  return must || ours + totalOf(rest) <= partner.creditLimit * ceiling ? rest : null;
}

/** One salesman is in one shop at a time: a visit that would overlap becomes the store's own order. */
function actingFor(
  partner: Partner,
  at: number,
  now: number,
  wish: Visit["wish"],
  chance: Chance,
  busyUntil: Map<string, number>,
) {
  const candidates = assignments.filter((assignment) => assignment.partner === partner).map(({ salesman }) => salesman);
  const salesman = wish === "SHADOW" ? sari : chance.pick(candidates);
  const busy = busyUntil.get(salesman.id) ?? 0;
  const arrived = at - chance.whole(3, 20) * minute;
  const from = wish === "SHADOW" ? Math.max(arrived, busy + 1_000) : arrived;
  const until = Math.min(at + chance.whole(1, 5) * minute, now);
  const reason = chance.pick(reasons);
  const wanted = wish === "SHADOW" || (wish === null && chance.is(0.15));
  if (!wanted || from <= busy || from >= at) return null;
  busyUntil.set(salesman.id, until);
  return { salesman, from, until, reason };
}

/** The newest are still on their way to the ERP, and two that it refused wait for somebody. */
function troubled(orders: PastOrder[], now: number): PastOrder[] {
  const older = (...statuses: string[]) =>
    orders.filter((order) => order.partner !== budi && order.at < now - hour && statuses.includes(statusOf(order)));
  // On a day on which staff has worked everything off, two that it approved.
  const refused = new Set([...older("APPROVED"), ...older("SUBMITTED", "PROCESSING")].slice(-2));
  const waiting = new Set(orders.slice(-3).filter(({ at }) => at > now - 3 * hour));
  return orders.map((order) =>
    refused.has(order)
      ? { ...order, syncedAt: null, syncError: "422: partner is blocked for new documents" }
      : waiting.has(order)
        ? { ...order, syncedAt: null }
        : order,
  );
}

/** Of what was ordered while the ERP was out one article was not all there: staff made the rest a pre-order. */
function short(orders: PastOrder[]): PastOrder[] {
  const scarce = ({ quantity, preorder }: Line) => quantity > 2 && preorder === 0;
  const found = orders.find(
    ({ degraded, syncedAt, moves, lines }) =>
      degraded && syncedAt !== null && moves.some(({ status }) => status === "SHIPPED") && lines.some(scarce),
  );
  if (!found) return orders;
  const line = found.lines.find(scarce)!;
  const lines = found.lines.map((each) => (each === line ? { ...each, preorder: 2 } : each));
  return orders.map((order) =>
    order === found
      ? { ...order, lines, short: { sku: line.product.sku, pieces: 2, decidedAt: order.syncedAt! + 25 * minute } }
      : order,
  );
}
