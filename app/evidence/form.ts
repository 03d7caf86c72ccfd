import { z } from "zod";
import { day } from "#app/ui/day.ts";

const dayMs = 86_400_000;
const longestDays = 400;

/** The calendar day of the business, so many days ago. */
export const jakartaDay = (daysAgo = 0): string =>
  new Date(Date.now() + 7 * 3_600_000 - daysAgo * dayMs).toISOString().slice(0, 10);

/** Those of these that are no days. */
export const notDays = (typed: Record<string, string>): string[] =>
  Object.keys(typed).filter((name) => !day("DAY").safeParse(typed[name]).success);

/** What an auditor asks for: days by Jakarta's calendar, both included, and why. */
export const exportForm = z
  .object({
    from: day("DAY"),
    to: day("DAY"),
    reason: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(200, "TOO_LONG"),
  })
  .refine(
    ({ from, to }) => from <= to && to <= jakartaDay() && Date.parse(to) - Date.parse(from) < longestDays * dayMs,
    { path: ["to"], error: "PERIOD" },
  );
