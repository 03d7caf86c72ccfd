import { z } from "zod";

export const reviewStates = ["DRAFT", "SUBMITTED", "APPROVED"] as const;
export type ReviewState = (typeof reviewStates)[number];
export const priorities = ["HIGH", "MEDIUM", "LOW"] as const;
export type Priority = (typeof priorities)[number];
/** As many times «why». */
export const whys = ["why1", "why2", "why3", "why4", "why5"] as const;

const text = (most: number) => z.string().trim().max(most, "TOO_LONG").optional();

/** What a field for day and hour sends, in the time of the business: 2026-11-30T14:05. */
export const moment = z
  .union(
    [z.literal("").transform(() => null), z.string().regex(/^20\d\d-\d\d-\d\d[T ]\d\d[:.]\d\d$/, "MOMENT")],
    "MOMENT",
  )
  .optional()
  .transform((typed, issues) => {
    if (!typed) return null;
    const iso = `${typed.slice(0, 10)}T${typed.slice(11).replace(".", ":")}:00+07:00`;
    if (!Number.isNaN(Date.parse(iso))) return iso;
    issues.addIssue({ code: "custom", message: "MOMENT" });
    return null;
  });

const id = z.union([z.literal("").transform(() => undefined), z.string().regex(/^\d{1,15}$/, "BAD_INPUT")]).optional();

/** All of a post-mortem in one form, an action to be added, and which of them is taken out or done (with a word). */
export const postMortemForm = z.object({
  version: id,
  summary: text(2000),
  services: text(500),
  people: text(500),
  slaBreached: z.literal("yes").optional(),
  beganAt: moment,
  endedAt: moment,
  timeline: text(5000),
  why1: text(500),
  why2: text(500),
  why3: text(500),
  why4: text(500),
  why5: text(500),
  rootCause: text(2000),
  wentWell: text(2000),
  wentWrong: text(2000),
  lucky: text(2000),
  what: text(500),
  owner: text(80),
  due: z.union([z.literal(""), z.iso.date("DUE_DAY")]).optional(),
  priority: z.union([z.literal(""), z.enum(priorities)], "PRIORITY").optional(),
  drop: id,
  done: id,
  note: text(500),
});
export type PostMortemWords = z.output<typeof postMortemForm>;

/** Approves it as it was seen. */
export const approveForm = z.object({
  version: z
    .string("BAD_INPUT")
    .regex(/^\d{1,9}$/, "BAD_INPUT")
    .transform(Number),
});
/** A moment as a field for day and hour shows it, in the time of the business. */
export const inField = (at: Date | string | null): string =>
  at ? new Date(new Date(at).getTime() + 7 * 3_600_000).toISOString().slice(0, 16) : "";
