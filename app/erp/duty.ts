import { z } from "zod";
import { day } from "#app/ui/day.ts";

export type StockLevel = "GOOD" | "WATCH" | "BAD";

/** Weeks back from this one that a checkpoint may still be written for. */
export const weeksBack = 12;

/** What was talked about with the people who run the ERP. */
export const checkpointForm = z.object({
  week: day("WEEK"),
  attended: z.string("ATTENDED").trim().min(3, "ATTENDED").max(200, "TOO_LONG"),
  notes: z.string("NOTES").trim().min(5, "NOTES").max(2000, "TOO_LONG"),
  points: z.string().trim().max(1000, "TOO_LONG").default(""),
});
export type CheckpointNote = z.output<typeof checkpointForm>;

/** Why what a feed became is right; `seen`: the refused run that the form told of. */
export const feedRefusalForm = z.object({
  seen: z.coerce.number("STALE").int("STALE").positive("STALE").max(Number.MAX_SAFE_INTEGER, "STALE"),
  reason: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(200, "TOO_LONG"),
});

/** The first Monday that a checkpoint may still be written for. */
export const weeksBefore = (today: string) =>
  new Date(Date.parse(today) - weeksBack * 7 * 86_400_000).toISOString().slice(0, 10);

/** Mondays from `last` back to `first`, twelve weeks before it at most; newest first. Dates as 2026-11-16. */
export function weeksOf(first: string, last: string): string[] {
  const weeks: string[] = [];
  for (let at = Date.parse(last); at >= Date.parse(first) && weeks.length <= weeksBack; at -= 7 * 86_400_000)
    weeks.push(new Date(at).toISOString().slice(0, 10));
  return weeks;
}
