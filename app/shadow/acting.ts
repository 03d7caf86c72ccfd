import { z } from "zod";

/** How a session of Shadow Mode ended. */
export type ActingEnd = "BY_HAND" | "EXPIRED" | "SIGNED_OUT" | "SUSPENDED" | "REPLACED" | "SWITCHED_OFF";

/** Why a salesman works as a store; the store's owner can read it. */
export const actingForm = z.object({
  reason: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(200, "TOO_LONG"),
  end: z.uuid("BAD_INPUT").optional(),
});

/** Which session to end; else the one that the page was shown for. */
export const endActingForm = z.object({
  acting: z.uuid("BAD_INPUT").optional(),
  shown_for: z.string().default(""),
});
