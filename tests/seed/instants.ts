import { day, hour, minute, wibDate, wibMidnight } from "#supabase/seed/calendar.ts";
import { workerRows } from "#tests/jobs/support/worker-rows.ts";
import { several } from "#supabase/local/several.ts";

const second = 1_000;
const first = wibMidnight(Date.parse("2026-01-01T00:00:00+07:00"), 0);
const midnights = Array.from({ length: 3 * 365 + 1 }, (_, i) => first + i * day);
const onDate = (pattern: RegExp) => midnights.filter((at) => pattern.test(wibDate(at)));
const both = (at: number) => [at - second, at + second];
const weekday = (at: number) => new Date(at + 7 * hour).getUTCDay();

/** An hour before each job that has hours of its own, on each of its days: "minute hours date * weekdays". */
function beforeJobs(): number[] {
  return workerRows.flatMap(({ cron }) => {
    if (!cron) return [];
    const [minutes, hours, date, , weekdays] = several(5, cron.split(" "));
    if (!/^\d/.test(hours)) return [];
    const listed = (list: string, value: number) => list === "*" || list.split(",").map(Number).includes(value);
    return midnights
      .filter((at) => listed(date, Number(wibDate(at).slice(8))) && listed(weekdays, weekday(at)))
      .flatMap((at) => hours.split(",").map((each) => at + (Number(each) - 1) * hour + Number(minutes) * minute));
  });
}

/** Each n-th of a list, so that what is left out is spread too. */
const some = (n: number, list: number[]) => list.filter((_, i) => i % n === 0);

const kinds = {
  monthEnds: onDate(/-01$/).flatMap(both), // Years' ends are among them.
  leapDay: [
    ...onDate(/-02-29$/).flatMap(both),
    ...onDate(/-03-01$/).flatMap(both),
    ...onDate(/-02-29$/).map((at) => at + 12 * hour),
  ],
  sundaysAtTen: midnights.filter((at) => weekday(at) === 0).map((at) => at + 22 * hour),
  hourBeforeJobs: some(6, beforeJobs()),
  midnights: some(8, midnights).flatMap(both),
};

/** 800 instants (milliseconds) of three years, oldest first: those above, and between them all hours of all days. */
export const instants: number[] = (() => {
  const chosen = new Set(Object.values(kinds).flat());
  // A job more with hours of its own, and there are more: then every so many of a kind, or more instants than 800, but
  // none left out unseen.
  if (chosen.size > 700)
    throw new Error(`${chosen.size} instants were chosen, and a hundred of 800 are for the hours between them.`);
  // A step that meets each minute of the day and each day of the week.
  for (let at = first + 8 * hour; chosen.size < 800; at += 5 * day + 7 * hour + 13 * minute + 37 * second)
    chosen.add(at);
  return [...chosen].sort((a, b) => a - b);
})();

/**
 * Twelve of them: a year's end from both sides, the leap day, month ends, Sundays at ten, hours before jobs, and
 * nights.
 */
export const dozen: number[] = [
  ...both(onDate(/2027-01-01/)[0]!),
  ...both(onDate(/2028-02-29/)[0]!),
  both(onDate(/2028-03-01/)[0]!)[0]!,
  both(onDate(/2026-11-29/)[0]!)[1]!,
  ...[40, 111].map((week) => kinds.sundaysAtTen[week]!),
  ...[3, 50].map((n) => kinds.hourBeforeJobs[n]!),
  kinds.monthEnds[2]!,
  // A morning on which staff has worked off all that an ERP could have refused.
  instants.find((at) => wibDate(at) === "2026-03-08")!,
].sort((a, b) => a - b);
