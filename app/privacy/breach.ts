import { z } from "zod";
import { moment } from "#app/incidents/post-mortem.ts";
import { typedNumber } from "#app/ui/typed-number.ts";

/** The checklist of a leak, in the order in which it is worked off. */
export const breachSteps = ["STOPPED", "EXTENT", "PROOF", "AUTHORITY", "PERSONS", "PUBLIC", "LEARNED"] as const;
export type BreachStep = (typeof breachSteps)[number];
export const letters = ["authority", "persons"] as const;
export type Letter = (typeof letters)[number];

const words = z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(1_000, "TOO_LONG");

/** What the letters say, and since when it is known. */
export const markForm = z.object({
  known: moment,
  data: words,
  happened: words,
  measures: words,
  persons: z
    .string()
    .trim()
    .transform((typed) => (typed === "" ? null : typedNumber(typed)))
    .pipe(z.number("PERSONS").int("PERSONS").min(0, "PERSONS").max(10_000_000, "PERSONS").nullable())
    .default(null),
});
/** A step that is done, with a word. */
export const stepForm = z.object({
  step: z.enum(breachSteps, "BREACH_STEP"),
  note: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(500, "TOO_LONG"),
});
