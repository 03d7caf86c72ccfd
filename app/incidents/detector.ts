import { z } from "zod";
import { formatDecimal } from "#app/ui/format.ts";
import { typedNumber } from "#app/ui/typed-number.ts";
import type { Lang, Messages } from "#app/words.ts";

/** What a rule is at the moment. NEW: it has never seen anything, because what it watches is not set up. */
export const detectorStates = ["BROKEN", "FROZEN", "BLIND", "FEW", "NEW", "OK"] as const;
export type DetectorState = (typeof detectorStates)[number];
/** TIMES: how many times faster than it may be. */
export type DetectorUnit = "SHARE" | "COUNT" | "MINUTES" | "SECONDS" | "TIMES";

/** A rule, what it saw last, and what became of it. */
export type Detector = {
  name: string;
  severity: number;
  cause: string;
  playbook: string;
  /** False: it is told from outside, and its limit is no choice. */
  ours: boolean;
  unit: DetectorUnit;
  threshold: number;
  value: number | null;
  sight: "SEEN" | "FEW" | "BLIND";
  /** Looked at within the last minute: a worker runs. */
  fresh: boolean;
  measuredAt: Date | null;
  brokenSince: Date | null;
  setOffAt: Date | null;
  times: number;
  /** Its incident that nobody has closed. */
  incident: string | null;
};

/** From when on a rule is to be set off, as a number that people type; a share in per cent. */
export const thresholdForm = z.object({
  detector: z.string("DETECTOR").max(60, "DETECTOR"),
  value: z
    .string("NOT_A_NUMBER")
    .trim()
    .transform((typed, context) => {
      const value = typedNumber(typed);
      if (value !== null) return value;
      context.addIssue({ code: "custom", message: "NOT_A_NUMBER" });
      return z.NEVER;
    }),
  reason: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(200, "TOO_LONG"),
});

/** What to say of a rule: set off, and whether it can see that it still is. */
export function stateOf({ sight, fresh, measuredAt, brokenSince }: Detector): DetectorState {
  const sees = fresh && sight !== "BLIND";
  if (brokenSince) return sees ? "BROKEN" : "FROZEN";
  if (!sees) return measuredAt ? "BLIND" : "NEW";
  return sight === "FEW" ? "FEW" : "OK";
}

/** What a rule measured, as it is read: a share as per cent, a time with its unit. */
export const measured = (
  units: Messages["incidents"]["detectors"]["units"],
  unit: DetectorUnit,
  value: number,
  lang: Lang,
) => units[unit](formatDecimal(unit === "SHARE" ? value * 100 : value, lang, 1));
