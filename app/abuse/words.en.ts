import type { abuse as source } from "./words.id.ts";
import { figuresIn } from "./figures.ts";
import { suspendedFor } from "./words.suspended.en.ts";
import { wordFor } from "#app/ui/word.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

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
      ? `${counted(stores, "different store")} within 60 minutes (limit ${number(limit)})`
      : `${counted(stores, "different store")} within 60 minutes, more than ${number(factor)} times his habit ` +
        `(${counted(p99, "store")})`,
  ORDERS_PER_HOUR: ({ orders, median, z, limit }) =>
    `${counted(orders, "order")} within 60 minutes; usually ${number(median)} an hour (score ${number(z)}, limit ` +
    `${number(limit)})`,
  OUTSIDE_ASSIGNMENT: ({ store }) => `Order for ${store}, a store that was not his at the time`,
  ORDER_VALUE: ({ total, median, factor }) =>
    `${rupiah(total)}, more than ${number(factor)} times what this store usually orders (${rupiah(median)} in 90 days)`,
  SEASON_VALUE: ({ total, median, othersLarge, othersOrders }) =>
    say`${rupiah(total)}, usually ${rupiah(median)}; very large too in the region: ${othersLarge} of ` +
    `${counted(othersOrders, "order")} by other salesmen`,
  PROMOTED_VALUE: ({ total, median, sellers }) =>
    say`${rupiah(total)}, usually ${rupiah(median)}; the same package is sold by ` +
    `${counted(sellers, "other salesman", "other salesmen")}, probably a promotion`,
  SAME_BASKET: ({ stores, limit, lines }) =>
    `The same articles and quantities (${counted(lines, "line")}) in ${counted(stores, "store")} within 24 hours ` +
    `(limit ${number(limit)})`,
  PROMOTED_BASKET: ({ stores, sellers }) =>
    say`The same articles and quantities in ${counted(stores, "store")} within 24 hours; sold by ` +
    `${counted(sellers, "other salesman", "other salesmen")} too, probably a promotion`,
  IMPLAUSIBLE_TRAVEL: (way) =>
    "from" in way
      ? `From order ${way.from} to this one about ${number(way.distanceKm)} km, ${number(way.leastKm)} km at the ` +
        `least, in ${number(way.minutes)} minutes: ${number(way.kmh)} km an hour, judging by his internet addresses`
      : "Too far from the place of the order before to have come, judging by his internet addresses",
  OWNER_DISPUTED: () => "The owner of the store says that this order is not his",
  NEW_DEVICE: () => "A device that he has not used in the last 90 days",
  SHARED_DEVICE: ({ others, handovers, days }) =>
    `The same device was used by ${counted(others, "other salesman", "other salesmen")} within ` +
    `${counted(days, "day")} (changed hands ${counted(handovers, "time")})`,
  OFFICE_DEVICE: ({ others, days }) =>
    `The same device was used by ${counted(others, "other salesman", "other salesmen")} within ` +
    `${counted(days, "day")}, probably a computer of an office`,
  REPEATED: ({ of, days, orders, handovers }) =>
    `“${wordFor(rules, of) ?? of}” keeps happening: ` +
    (handovers === undefined
      ? `${counted(orders ?? 0, "order")} on ${counted(days ?? 0, "day")}`
      : `changed hands ${counted(handovers, "time")} on ${counted(days ?? 0, "day")}`),
  SLOW_DRIFT: ({ percent, leastPercent, stores, days, tradePercent, limitPercent }) =>
    say`Orders in ${stores} of his stores within ${counted(days, "day")} were ${number(percent)} % larger than ` +
    `before, beyond the market (${number(tradePercent)} %); allowing for chance at least ` +
    `${number(leastPercent)} % (limit ${number(limitPercent)} %)`,
};

export const abuse: typeof source = {
  rules,
  words,
  suspendedFor,
  title: "Signs of abuse",
  weight: (weight) => counted(weight, "point"),
  weak: "Weak evidence",
  weakWhy:
    "Weak evidence supports a case and never decides one: the place of an internet address is often wrong by " +
    "hundreds of kilometres.",
  version: (version) => say`Rules version ${version}`,
  score: (score) => say`Score ${score}`,
  order: "Order",
  empty: "No signs yet",
  emptyText: "No rule has fired.",
};
