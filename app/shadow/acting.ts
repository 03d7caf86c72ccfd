import { z } from "zod";

/** How a session of Shadow Mode ended. */
export type ActingEnd = "BY_HAND" | "EXPIRED" | "SIGNED_OUT" | "SUSPENDED" | "REPLACED" | "SWITCHED_OFF";

/** Usual reasons to work as a store. */
export const actingReasons = ["VISIT", "PHONE", "WHATSAPP", "HELP"] as const;
export type ActingReason = (typeof actingReasons)[number];

/** Why a salesman works as a store: a usual reason, words of his own, or both. */
export const actingForm = z
  .object({
    why: z.enum(actingReasons).optional().catch(undefined),
    reason: z.string().trim().max(160, "TOO_LONG").default(""),
    end: z.uuid("BAD_INPUT").optional(),
    next: z.string().default(""),
  })
  .refine(({ why, reason }) => why || reason.length >= 5, { path: ["why"], message: "ACTING_REASON" });

/** The reason as the store's owner reads it. `reasons`: the usual ones in the words that the salesman chose from. */
export const reasonText = (
  { why, reason }: Pick<z.output<typeof actingForm>, "why" | "reason">,
  reasons: Record<ActingReason, string>,
) => [why && reasons[why], reason].filter(Boolean).join(": ");

/** Where he goes on to as a store: to the page for which he needed one, else the catalogue. */
export const afterBeginning = (path: string) =>
  /^\/(?:cart|checkout|orders|products(?:\/[\w-]+)?)(?:\?|$)/.exec(path) ? path : "/products";
/** The address of a page before a session, which leads on to that one. */
export const beginFor = (address: string, path: string) => {
  const next = afterBeginning(path.replace(/^(\/cart)\/.*/, "$1"));
  return next === "/products" ? address : `${address}?next=${encodeURIComponent(next)}`;
};

/** Which session to end; else the one that the page was shown for. */
export const endActingForm = z.object({
  acting: z.uuid("BAD_INPUT").optional(),
  shown_for: z.string().default(""),
  next: z.string().default(""),
});

/** Where he goes on after a session: to the page that he was on, where it is one without a store, too. */
export const afterActing = (path: string) =>
  /^\/(?:clients|products|dashboard)(?:[/?]|$)/.test(path) ? path : "/clients";
