import { z } from "zod";
import { day } from "#app/ui/day.ts";
import { typedNumber } from "#app/ui/typed-number.ts";

export type StockLevel = "GOOD" | "WATCH" | "BAD";

/** Weeks back from this one that a checkpoint may still be written for. */
export const weeksBack = 12;

export const risks = ["HIGH", "MEDIUM", "LOW"] as const;
export type Risk = (typeof risks)[number];
/** Man-days set aside for mending gaps. */
export const bufferDays = 5;
/** What the company's playbook says of the integration: what a checkpoint begins with while there is none. */
export const playbookSays = { risk: "HIGH", buffer: 2, watchFrom: 3, watchTo: 7 } as const;

const figure = (code: string, first: number) =>
  z
    .string()
    .default(String(first))
    .transform((typed, context) => {
      const value = typedNumber(typed);
      if (value !== null) return value;
      context.addIssue({ code: "custom", message: code });
      return z.NEVER;
    });

const week = (code: string, first: number) => figure(code, first).pipe(z.int(code).min(1, code).max(52, code));

/** What was talked about with the people who run the ERP. */
export const checkpointForm = z.object({
  week: day("WEEK"),
  attended: z.string("ATTENDED").trim().min(3, "ATTENDED").max(200, "TOO_LONG"),
  notes: z.string("NOTES").trim().min(5, "NOTES").max(2000, "TOO_LONG"),
  points: z.string().trim().max(1000, "TOO_LONG").default(""),
  risk: z.enum(risks, "RISK").default(playbookSays.risk),
  buffer: figure("BUFFER", playbookSays.buffer),
  watchFrom: week("WATCH", playbookSays.watchFrom),
  watchTo: week("WATCH", playbookSays.watchTo),
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
