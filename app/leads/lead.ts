import { z } from "zod";
import { day } from "#app/ui/day.ts";
import { keysOf } from "#app/ui/keys.ts";
import { cursor, readFilter, searchText } from "#app/ui/list.ts";
import { phoneNumber } from "#app/ui/phone.ts";
import { typedNumber } from "#app/ui/typed-number.ts";

export const salonTypes = ["SALON", "BARBER", "BRIDAL", "UNISEX", "OTHER"] as const;
export type SalonType = (typeof salonTypes)[number];
/** Rupiah a month for products. */
export const spendRanges = ["UNDER_5M", "5M_TO_20M", "20M_TO_50M", "OVER_50M"] as const;
export type SpendRange = (typeof spendRanges)[number];
export const leadStates = ["NEW", "CONTACTED", "QUALIFIED", "HANDED_OVER", "CLOSED", "ERASED"] as const;
export type LeadState = (typeof leadStates)[number];

/** A form for becoming a partner that is larger than this, in bytes, is none of ours. */
export const largestLead = 16 * 1024;

// What no keyboard makes and Postgres cannot hold.
const sound = /^[^\0]*$/;
const text = (least: number, most: number) =>
  z.string("REQUIRED").trim().min(least, "REQUIRED").max(most, "TOO_LONG").regex(sound, "BAD_TEXT");
const more = (most: number) => z.string("BAD_TEXT").trim().max(most, "TOO_LONG").regex(sound, "BAD_TEXT").optional();
/** What may be left out, as a form leaves it out. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === "string" && !value.trim() ? undefined : value), schema);

/** What somebody tells who wants to become a partner; the names are those of the public API. */
export const leadForm = z.object({
  business_name: text(2, 120),
  contact_name: text(2, 120),
  phone_whatsapp: z.string("PHONE").transform((typed, context) => {
    const number = phoneNumber(typed);
    if (number) return number;
    context.addIssue({ code: "custom", message: "PHONE" });
    return z.NEVER;
  }),
  city: text(2, 80),
  salon_type: z.enum(salonTypes, "SALON_TYPE"),
  consent: z.preprocess((value) => value === true || value === "true" || value === "yes", z.literal(true, "CONSENT")),
  chair_count: optional(
    z
      .union([z.string(), z.number()], "CHAIRS")
      .transform((typed) => typedNumber(String(typed)))
      .pipe(z.number("CHAIRS").int("CHAIRS").min(1, "CHAIRS").max(50, "CHAIRS"))
      .optional(),
  ),
  specialization: more(200),
  current_brands_used: more(200),
  monthly_spend_range: optional(z.enum(spendRanges, "SPEND").optional()),
  email: optional(
    z
      .string("EMAIL")
      .trim()
      .max(200, "TOO_LONG")
      .regex(/^[^@\s\0]+@[^@\s\0]+\.[^@\s\0]+$/, "EMAIL")
      .optional(),
  ),
  message: more(1000),
});
export type Lead = z.output<typeof leadForm>;

/** The field that nobody sees: what fills it in is a program. */
export const honeypot = "company";
/** When the form was shown, signed. */
export const stampField = "form_shown";
/** The page's form: what is told, and what tells a person from a program. */
export const partnerForm = leadForm.extend({
  [honeypot]: z.string().optional(),
  [stampField]: z.string().max(100).optional(),
});

/** What an admin does with a lead, from the state that his page showed: leads it on, or writes a note alone. */
export const leadMove = z.object({
  state: z.enum(["CONTACTED", "QUALIFIED", "HANDED_OVER", "CLOSED", "NOTED"], "OUT_OF_RANGE"),
  seen: z.enum(leadStates, "OLD_PAGE"),
  note: z.string().trim().max(500, "TOO_LONG").default(""),
});

/** Where a lead may be led on to: private.lead_leads_on says the same. */
export function movesFrom(state: LeadState): Array<"CONTACTED" | "QUALIFIED" | "HANDED_OVER" | "CLOSED"> {
  if (state === "CLOSED") return ["CONTACTED"];
  const all = ["CONTACTED", "QUALIFIED", "HANDED_OVER", "CLOSED"] as const;
  return state === "ERASED" ? [] : all.slice(state === "NEW" ? 0 : all.indexOf(state) + 1);
}

export const leadFilter = z.object({
  state: z.enum(leadStates).nullable().catch(null),
  q: searchText(),
  after: cursor,
});
export type LeadFilter = z.output<typeof leadFilter>;
export const readLeadFilter = (params: URLSearchParams): LeadFilter => readFilter(leadFilter, params);

export const exportFormats = ["xlsx", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];
/** A file of leads has as many at most. */
export const exportMost = 10_000;
/** What the trail says that a file was filtered by: of what was typed only that there was something. */
export const filterAsCodes = ({ state, q }: Pick<LeadFilter, "state" | "q">): Record<string, string | true> => ({
  ...(state ? { state } : {}),
  ...(q ? { search: true as const } : {}),
});

/** Who may take leads away, by whom and why. */
export const exportRightForm = z.object({
  code: z.string().regex(/^(ADM|AUD)-\d{3,6}$/, "NOT_FOUND"),
  allowed: z.enum(["yes", "no"], "BAD_INPUT"),
  reason: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(200, "TOO_LONG"),
});

/** How somebody asked to be forgotten. */
export const askedBy = ["EMAIL", "WHATSAPP", "PHONE_CALL", "LETTER"] as const;
export type AskedBy = (typeof askedBy)[number];
export const erasureForm = z.object({
  address: z.string("REACHABLE").trim().min(3, "REACHABLE").max(200, "TOO_LONG"),
  askedBy: z.enum(askedBy, "ASKED_BY"),
  day: day("ASKED_DAY"),
});

/** The fields that are answers, in the order in which they are read. */
export const answers = keysOf(leadForm.shape).filter((name) => name !== "consent");
