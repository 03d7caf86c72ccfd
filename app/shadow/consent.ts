import { z } from "zod";
import { utcMoment } from "#app/ui/day.ts";
import { cursor } from "#app/ui/list.ts";

export const capLimit = 1_000_000_000_000;
export const shadowPageSize = 5;

// «5.000.000», «5000000», «Rp 5.000.000». A comma is none of these: it would be a part of a rupiah.
const amount = /^(?:rp\.?\s*)?(\d{1,13}|\d{1,3}(?:[. ]\d{3}){1,4})$/i;

/** What a store allows its salesmen. An empty cap is none. */
export const consentForm = z.object({
  allowed: z
    .string()
    .optional()
    .transform((value) => value !== undefined && value !== "" && value !== "no"),
  cap: z
    .string()
    .trim()
    .default("")
    .transform((typed, context) => {
      if (typed === "") return null;
      const cap = Number((amount.exec(typed)?.[1] ?? "").replace(/\D/g, ""));
      if (cap >= 1 && cap <= capLimit) return cap;
      context.addIssue({ code: "custom", message: "CAP_RANGE" });
      return z.NEVER;
    }),
});
export type Consent = z.output<typeof consentForm>;

/** What salesmen may still order in a store's name this month. Without a cap, `cap` and `left` are null. */
export type Allowance = { allowed: boolean; cap: number | null; used: number; left: number | null };

/** Whether an order of so much is more than is left. */
export const exceeds = (allowance: Pick<Allowance, "left"> | null | undefined, total: number): boolean =>
  typeof allowance?.left === "number" && total > allowance.left;

/** Pages of two lists on one page: each goes on by itself. */
export const shadowPlace = z.object({
  sessions: utcMoment.nullable().catch(null),
  orders: cursor,
});
