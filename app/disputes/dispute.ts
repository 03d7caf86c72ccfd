import { z } from "zod";
import { cursor, readFilter } from "#app/ui/list.ts";
import type { OrderStatus } from "#app/orders/order.ts";

export const disputeOutcomes = ["OWNER_AGREES", "MISTAKE", "ABUSE"] as const;
export type DisputeOutcome = (typeof disputeOutcomes)[number];

/** «Bukan saya»: what the owner adds to it. */
export const disputeForm = z.object({ note: z.string().trim().max(500, "TOO_LONG").default("") });

/** What an admin decides. The owner reads the note. */
export const resolveForm = z.object({
  outcome: z.enum(disputeOutcomes, "REQUIRED"),
  note: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(300, "TOO_LONG"),
});
export type Resolution = z.output<typeof resolveForm>;

// The open ones unless asked otherwise: those wait for somebody.
export const disputeStates = ["open", "resolved", "all"] as const;
const disputeFilter = z.object({
  state: z.enum(disputeStates).catch("open"),
  after: cursor,
});
export type DisputeFilter = z.output<typeof disputeFilter>;

export const readDisputeFilter = (params: URLSearchParams): DisputeFilter => readFilter(disputeFilter, params);

/** What came, or would come, of saying «bukan saya»: it stops, it has left already, or it was over. */
export type Fate = "held" | "shipped" | "ended";

export function fateOf({ status, dispute }: { status: OrderStatus; dispute?: { held: boolean } | null }): Fate {
  if (dispute?.held) return "held";
  if (status === "SHIPPED" || status === "COMPLETED") return "shipped";
  return status === "REJECTED" || status === "CANCELLED" ? "ended" : "held";
}

/** May the order still be stopped, and so cancelled? */
export const isOpen = (status: OrderStatus): boolean => fateOf({ status }) === "held";
