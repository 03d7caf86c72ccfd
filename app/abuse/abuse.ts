import { z } from "zod";

// What each rule of app.abuse_rules stores with a hit. Numbers and codes only: the words are in words.*.ts.
const count = z.number().int().nonnegative();
const storesPerHour = z.object({
  stores: count,
  limit: z.number(),
  p99: z.number().optional(),
  factor: z.number().optional(),
});
const ordersPerHour = z.object({
  orders: count,
  median: z.number(),
  spread: z.number(),
  z: z.number(),
  limit: z.number(),
});
const storeValue = z.object({ total: count, median: z.number(), orders: count, factor: z.number(), floor: z.number() });
const orderValue = storeValue.extend({ othersLarge: count, othersOrders: count });
// The way from his order before (`from`). `leastKm` is what certainly lies between both places, and what the speed is
// reckoned from.
const travel = z.object({
  from: z.string(),
  distanceKm: z.number(),
  leastKm: z.number(),
  minutes: z.number(),
  kmh: z.number(),
});
const basket = z.object({ stores: count, limit: z.number(), sellers: count, lines: count });
const sharedDevice = z.object({ others: count, handovers: count, handoverDays: count, days: count });
const repeated = z.object({
  of: z.string(),
  days: count.optional(),
  orders: count.optional(),
  handovers: count.optional(),
  expected: z.number().optional(),
});
const slowDrift = z.object({
  stores: count,
  days: count,
  percent: z.number(),
  leastPercent: z.number(),
  tradePercent: z.number(),
  errors: z.number(),
  limitPercent: z.number(),
});

/** What a hit saw, by rule. */
export const abuseInputs = {
  STORES_PER_HOUR: storesPerHour,
  ORDERS_PER_HOUR: ordersPerHour,
  OUTSIDE_ASSIGNMENT: z.object({ store: z.string() }),
  ORDER_VALUE: orderValue,
  SEASON_VALUE: orderValue,
  PROMOTED_VALUE: storeValue.extend({ sellers: count }),
  SAME_BASKET: basket,
  PROMOTED_BASKET: basket,
  IMPLAUSIBLE_TRAVEL: z.union([travel, z.strictObject({})]),
  OWNER_DISPUTED: z.object({}),
  NEW_DEVICE: z.object({}),
  SHARED_DEVICE: sharedDevice,
  OFFICE_DEVICE: sharedDevice,
  REPEATED: repeated,
  SLOW_DRIFT: slowDrift,
} as const;

export type AbuseRule = keyof typeof abuseInputs;
export type AbuseInputs<R extends AbuseRule> = z.output<(typeof abuseInputs)[R]>;
/** One function per rule that says what a hit of it saw, in one language. */
export type AbuseWords = { [R in AbuseRule]: (inputs: AbuseInputs<R>) => string };

export const isAbuseRule = (rule: string): rule is AbuseRule => Object.hasOwn(abuseInputs, rule);

/** A hit as the pages list it. */
export type AbuseHit = {
  rule: string;
  weight: number;
  geographic: boolean;
  at: Date | string;
  inputs: unknown;
  orderNumber?: string | null;
  version?: number;
};

const scoredRule = z.object({
  rule: z.string(),
  weight: z.number(),
  hits: count,
  lastAt: z.string(),
  geographic: z.boolean(),
  decides: z.boolean(),
});
/** What private.abuse_score() answers, and what a review task keeps as its detail. */
export const abuseScore = z.object({
  score: z.number(),
  version: z.number(),
  signals: count,
  since: z.string().nullable(),
  rules: z.array(scoredRule),
});
export type AbuseScore = z.output<typeof abuseScore>;

const suspensionScore = z.object({ score: z.number(), rules: z.array(z.string()) });
/** Why somebody is suspended: what an admin typed, or the score that the system went by, its heaviest rule first. */
export type SuspensionReason = string | z.output<typeof suspensionScore>;

export const isSuspensionScore = (reason: unknown): reason is z.output<typeof suspensionScore> =>
  suspensionScore.safeParse(reason).success;
/** That reason in the reader's words. */
export const suspensionWords = (
  suspendedFor: (score: number, rules: string[]) => string,
  reason: SuspensionReason,
): string => (typeof reason === "string" ? reason : suspendedFor(reason.score, reason.rules));

// Too little to hold against anybody alone: where an address seems to be, a browser not seen before, and what has an
// ordinary reason.
const weak = new Set<string>([
  "NEW_DEVICE",
  "PROMOTED_BASKET",
  "PROMOTED_VALUE",
  "SEASON_VALUE",
  "OFFICE_DEVICE",
] satisfies AbuseRule[]);
/** Is this sign weak by itself? Geographic ones always are. */
export const isWeak = ({ rule, geographic }: Pick<AbuseHit, "rule" | "geographic">) => geographic || weak.has(rule);

/** What a hit saw, in words; the rule's code alone when it is of a rule or a shape that this program does not know. */
export function explainHit(words: AbuseWords, { rule, inputs }: Pick<AbuseHit, "rule" | "inputs">): string {
  if (!isAbuseRule(rule)) return rule;
  const parsed = abuseInputs[rule].safeParse(inputs);
  return parsed.success ? (words[rule] as (inputs: unknown) => string)(parsed.data) : rule;
}
