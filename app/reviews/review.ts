import { z } from "zod";

export const reviewDecisions = ["NO_ACTION", "WATCH", "COACHING", "ESCALATE_HR"] as const;
export type ReviewDecision = (typeof reviewDecisions)[number];

/** The auditor's word on one salesman's month. */
export const signForm = z.object({
  decision: z.enum(reviewDecisions, "DECISION"),
  note: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(500, "TOO_LONG"),
});
export type Signature = z.output<typeof signForm>;

/** A month as addresses have it, 2026-10; anything else is none. */
export const monthName = /^20\d\d-(0[1-9]|1[0-2])$/;

export type ReviewState = "OPEN" | "LATE" | "DONE" | "EMPTY";
