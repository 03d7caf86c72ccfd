import { z } from "zod";

export const bypassKey = "CREDIT_CHECK_BYPASS";
export const forceDegradedKey = "erp.force_degraded";

/**
 * A change of a setting. A number as people type it, with a comma or a point for at most two decimals: «10.000» could
 * mean ten or ten thousand, so it is refused rather than guessed. What is turned off needs no hours.
 */
export const settingForm = z.preprocess((form) => ((form as { value?: unknown }).value === "false" ? { ...(form as object), hours: "" } : form), z.object({
  value: z.string("OUT_OF_RANGE").trim().regex(/^(true|false|\d{1,9}([.,]\d{1,2})?)$/, "OUT_OF_RANGE")
    .transform((value) => (value === "true" || value === "false" ? value === "true" : Number(value.replace(",", ".")))),
  reason: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(200, "TOO_LONG"),
  hours: z.string().trim().optional().transform((value) => value || "4")
    .pipe(z.string().regex(/^([1-9]|1\d|2[0-4])$/, "OUT_OF_RANGE").transform(Number)),
}));
