import { z } from "zod";

const text = (most: number) => z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(most, "TOO_LONG");

/** What is known of an error; `from`: the incident that it was learned from. */
export const knownErrorForm = z.object({
  cause: z.string("CAUSE").regex(/^[A-Z_]{3,40}$/, "CAUSE"),
  sign: text(500),
  why: text(1000),
  wayRound: text(2000),
  rule: z.string().trim().max(500, "TOO_LONG").optional(),
  from: z.string().trim().max(20, "TOO_LONG").optional(),
});
export type KnownErrorWords = z.output<typeof knownErrorForm>;

/** Which of them is mended. */
export const mendForm = z.object({ code: z.string("BAD_INPUT").max(20, "BAD_INPUT") });
