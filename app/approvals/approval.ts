import { z } from "zod";
import { cursor, readFilter } from "#app/ui/list.ts";
import { isUndecided } from "#app/orders/order.ts";
import { atOnce } from "#app/orders/several.ts";
import type { Credit, StoreCredit } from "#app/credit/credit.ts";

/** Why an order waits for an admin: what its credit decision at checkout said. */
export const approvalReasons = ["OVER_LIMIT", "OLD_DATA", "NO_DATA", "BYPASS"] as const;
export type ApprovalReason = (typeof approvalReasons)[number];
export const outcomes = ["APPROVED", "REJECTED"] as const;
export type DecisionOutcome = (typeof outcomes)[number];

/** Why one of several was not approved with them. */
export type LeftOut = "GONE" | "DECIDED" | "HELD" | "TOTAL";

/** So many invoices, orders and decisions of a store are shown beside one; the sums in its figures know them all. */
export const shownBeside = 20;

const approvalFilter = z.object({
  reason: z.enum(approvalReasons).nullable().catch(null),
  after: cursor,
});
export type ApprovalFilter = z.output<typeof approvalFilter>;

/** What the list may be asked for; anything else in the address is ignored. */
export const readApprovalFilter = (params: URLSearchParams): ApprovalFilter => readFilter(approvalFilter, params);

/** Approve or reject one, worth what was seen. The store reads the note. */
export const decisionForm = z
  .object({
    ask: z.literal("REJECTED").optional().catch(undefined),
    outcome: z.enum(outcomes).optional().catch(undefined),
    note: z.string().trim().max(300, "TOO_LONG").default(""),
    seen: z
      .string("STALE")
      .regex(/^\d{1,15}$/, "STALE")
      .transform(Number),
  })
  .transform(({ ask, outcome, note, seen }, ctx) => {
    if (ask) return { ask, note };
    if (!outcome) ctx.addIssue({ code: "custom", path: ["outcome"], message: "REQUIRED" });
    else if (outcome === "REJECTED" && note.length < 5)
      ctx.addIssue({ code: "custom", path: ["note"], message: "REASON_REQUIRED" });
    else return { outcome, note, seen };
    return z.NEVER;
  });
export type Decision = Extract<z.output<typeof decisionForm>, { outcome: string }>;

/** Several, as they were listed: «number:total number:total ...». */
export const decisionsForm = z.object({
  items: z
    .string("BAD_INPUT")
    .regex(/^ORD-\d{4}-\d{6,9}:\d{1,15}( ORD-\d{4}-\d{6,9}:\d{1,15})*$/, "BAD_INPUT")
    .transform((text) =>
      text.split(" ").map((item) => ({ number: item.split(":")[0]!, total: Number(item.split(":")[1]) })),
    )
    .refine((items) => items.length <= atOnce, "TOO_MANY"),
  note: z.string().trim().max(300, "TOO_LONG").default(""),
});

/** `items` of decisionsForm: what is approved is worth what was shown. */
export const itemsField = (orders: Array<{ number: string; total: number }>): string =>
  orders.map(({ number, total }) => `${number}:${total}`).join(" ");

/**
 * A credit decision as a store may read it: what it may spend and what is left, not how much of it lies with the ERP
 * and how much with us. That staff bypasses the comparison is not told, only that people look at orders.
 */
export const forStore = ({ light, reason, limit, room, total, over, asOf }: Credit): StoreCredit => ({
  light,
  reason: reason === "BYPASS" ? "MANUAL" : reason,
  limit,
  room,
  total,
  over: reason === "OVER_LIMIT" ? over : 0,
  asOf,
});
export type StoreReason = Exclude<ApprovalReason, "BYPASS"> | "MANUAL" | "WITHIN_LIMIT";

/** Does an order wait for staff's decision about its credit? */
export const waitsForApproval = ({
  light,
  status,
  held = false,
}: {
  light: string;
  status: string;
  held?: boolean;
}): boolean => light === "AMBER" && !held && isUndecided(status);

/** What a person decided about an order's credit; `actor` as its history names him. */
export type CreditDecision<At = Date> = { outcome: DecisionOutcome; at: At; actor: string; note: string | null };

/**
 * Told by the order's own history; null: nobody had to decide, or nobody has. The note is there only where it was meant
 * for the store.
 */
export function creditDecisionOf<At>(
  light: string,
  events: Array<{ kind: string; at: At; actor: string; detail: Record<string, unknown> }>,
): CreditDecision<At> | null {
  if (light !== "AMBER") return null;
  for (const { kind, at, actor, detail } of events.toReversed()) {
    const outcome = outcomes.find((known) => known === kind);
    if (!outcome) continue;
    const { note, forStore } = detail;
    return { outcome, at, actor, note: forStore === true && typeof note === "string" && note !== "" ? note : null };
  }
  return null;
}

/** What an order waits for, as a store reads it. `over` is 0 unless it is over the limit. */
export type Waiting = { reason: Exclude<StoreReason, "WITHIN_LIMIT">; over: number };

/** What this order waits for; null: nothing. */
export function waitingOf({
  reason,
  over,
  ...order
}: {
  light: string;
  status: string;
  held: boolean;
  reason: StoreReason;
  over: number;
}): Waiting | null {
  return waitsForApproval(order) && reason !== "WITHIN_LIMIT"
    ? { reason, over: reason === "OVER_LIMIT" ? over : 0 }
    : null;
}
