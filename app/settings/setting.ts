import { z } from "zod";
import { typedNumber } from "#app/ui/typed-number.ts";

export const bypassKey = "CREDIT_CHECK_BYPASS";
export const forceDegradedKey = "erp.force_degraded";

/**
 * A change of a setting: on or off, one of its words, or a number as people type it. Whether it fits is judged by the
 * database, where the setting says what it may be. What is turned off needs no hours.
 */
export const settingForm = z.preprocess(
  (form) =>
    typeof form === "object" && form !== null && "value" in form && form.value === "false"
      ? { ...form, hours: "" }
      : form,
  z.object({
    value: z
      .string("NOT_A_NUMBER")
      .trim()
      .transform((typed, context) => {
        if (typed === "true" || typed === "false") return typed === "true";
        const value = /^[a-z][a-z_]{1,29}$/.test(typed) ? typed : typedNumber(typed);
        if (value !== null) return value;
        context.addIssue({ code: "custom", message: "NOT_A_NUMBER" });
        return z.NEVER;
      }),
    /** The value that the form was shown with, where it was shown. */
    seen: z.string().max(40).optional(),
    reason: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(200, "TOO_LONG"),
    hours: z
      .string()
      .trim()
      .optional()
      .transform((value) => value || "4")
      .pipe(
        z
          .string()
          .regex(/^([1-9]|1\d|2[0-4])$/, "HOURS_OUT_OF_RANGE")
          .transform(Number),
      ),
  }),
);
