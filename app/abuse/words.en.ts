import type { abuse as source } from "./words.id.ts";
import { figuresIn } from "./figures.ts";
import { suspendedFor } from "./words.suspended.en.ts";
import { wordFor } from "#app/ui/word.ts";

const { number, rupiah } = figuresIn("en");

const rules: typeof source.rules = {
  STORES_PER_HOUR: "Many stores in an hour",
  ORDERS_PER_HOUR: "Orders in very quick succession",
  OUTSIDE_ASSIGNMENT: "Outside his assignment",
  ORDER_VALUE: "Very large order",
  SEASON_VALUE: "Large order in a busy season",
  PROMOTED_VALUE: "Large order of a package others sell too",
  SAME_BASKET: "Same basket",
  PROMOTED_BASKET: "Same basket, sold by others too",
  IMPLAUSIBLE_TRAVEL: "Place makes no sense",
  OWNER_DISPUTED: "“Not me” from the owner",
  NEW_DEVICE: "New device",
  SHARED_DEVICE: "Shared device",
  OFFICE_DEVICE: "Computer of an office",
  REPEATED: "Again and again",
  SLOW_DRIFT: "Slow growth",
};

const words: typeof source.words = {
  STORES_PER_HOUR: ({ stores, limit, p99, factor }) =>
    stores >= limit || p99 === undefined || factor === undefined
      ? `${stores} different stores within 60 minutes (limit ${number(limit)})`
      : `${stores} different stores within 60 minutes, more than ${number(factor)} times his habit (${number(p99)} ` +
        "stores)",
  ORDERS_PER_HOUR: ({ orders, median, z, limit }) =>
    `${orders} orders within 60 minutes; usually ${number(median)} an hour (score ${number(z)}, limit ` +
    `${number(limit)})`,
  OUTSIDE_ASSIGNMENT: ({ store }) => `Order for ${store}, a store that was not his at the time`,
  ORDER_VALUE: ({ total, median, factor }) =>
    `${rupiah(total)}, more than ${number(factor)} times what this store usually orders (${rupiah(median)} in 90 days)`,
  SEASON_VALUE: ({ total, median, othersLarge, othersOrders }) =>
    `${rupiah(total)}, usually ${rupiah(median)}; ${othersLarge} of ${othersOrders} orders by other salesmen of the ` +
    "region were very large too",
  PROMOTED_VALUE: ({ total, median, sellers }) =>
    `${rupiah(total)}, usually ${rupiah(median)}; ${sellers} other salesmen sell the same package, probably a ` +
    "promotion",
  SAME_BASKET: ({ stores, limit, lines }) =>
    `The same articles and quantities (${lines} lines) in ${stores} stores within 24 hours (limit ${number(limit)})`,
  PROMOTED_BASKET: ({ stores, sellers }) =>
    `The same articles and quantities in ${stores} stores within 24 hours; ${sellers} other salesmen sell them too, ` +
    "probably a promotion",
  IMPLAUSIBLE_TRAVEL: (way) =>
    "from" in way
      ? `From order ${way.from} to this one about ${number(way.distanceKm)} km, ${number(way.leastKm)} km at the ` +
        `least, in ${number(way.minutes)} minutes: ${number(way.kmh)} km an hour, judging by his internet addresses`
      : "Too far from the place of the order before to have come, judging by his internet addresses",
  OWNER_DISPUTED: () => "The owner of the store says that this order is not his",
  NEW_DEVICE: () => "A device that he has not used in the last 90 days",
  SHARED_DEVICE: ({ others, handovers, days }) =>
    `The same device was used by ${others} other salesmen within ${days} days (changed hands ${handovers} times)`,
  OFFICE_DEVICE: ({ others, days }) =>
    `The same device was used by ${others} other salesmen within ${days} days, probably a computer of an office`,
  REPEATED: ({ of, days, orders, handovers }) =>
    `“${wordFor(rules, of) ?? of}” keeps happening: ` +
    (handovers === undefined
      ? `${orders ?? 0} orders on ${days ?? 0} days`
      : `changed hands ${handovers} times on ${days ?? 0} days`),
  SLOW_DRIFT: ({ percent, leastPercent, stores, days, tradePercent, limitPercent }) =>
    `Orders in ${stores} of his stores within ${days} days were ${number(percent)} % larger than before, beyond the ` +
    `market (${number(tradePercent)} %); allowing for chance at least ${number(leastPercent)} % (limit ` +
    `${number(limitPercent)} %)`,
};

export const abuse: typeof source = {
  rules,
  words,
  suspendedFor,
  title: "Signs of abuse",
  weight: (weight) => `${weight} points`,
  weak: "Weak evidence",
  weakWhy:
    "Weak evidence supports a case and never decides one: the place of an internet address is often wrong by " +
    "hundreds of kilometres.",
  version: (version) => `Rules version ${version}`,
  score: (score) => `Score ${score}`,
  order: "Order",
  empty: "No signs yet",
  emptyText: "No rule has fired.",
};
