import type { AbuseRule } from "./abuse.ts";
import { wordFor } from "#app/ui/word.ts";
import type { suspendedFor as source } from "./words.suspended.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

const why: Record<AbuseRule, string> = {
  STORES_PER_HOUR: "too many stores within 60 minutes",
  ORDERS_PER_HOUR: "orders in much quicker succession than is his habit",
  OUTSIDE_ASSIGNMENT: "stores outside his assignment",
  ORDER_VALUE: "an order far larger than the store usually places",
  SEASON_VALUE: "large orders in a busy season",
  PROMOTED_VALUE: "a large order of a promotion's package",
  SAME_BASKET: "the same basket in many stores",
  PROMOTED_BASKET: "a promotion's package in many stores",
  IMPLAUSIBLE_TRAVEL: "a distance that makes no sense",
  OWNER_DISPUTED: "an owner says that an order is not his",
  NEW_DEVICE: "a new device",
  SHARED_DEVICE: "one device used by two salesmen",
  OFFICE_DEVICE: "a computer that a whole office uses",
  REPEATED: "the same sign again and again",
  SLOW_DRIFT: "orders that grow slowly in many stores",
};

export const suspendedFor: typeof source = (score, rules) =>
  say`Score ${score}: ${rules.map((rule) => wordFor(why, rule) ?? rule).join(", ")}`;
