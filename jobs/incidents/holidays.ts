import Holidays from "date-holidays";
import type { WorkerQueries } from "#jobs/queries.ts";

const dayMs = 86_400_000;

/** Indonesia's public holidays of a year, by the calendar of the package: {day: YYYY-MM-DD, name in both languages}. */
export function holidaysOf(year: number): Array<{ day: string; id: string; en: string }> {
  const calendar = new Holidays("ID", { types: ["public"] });
  const named = (lang: "id" | "en") =>
    new Map(calendar.getHolidays(year, lang).map(({ date, name }) => [date.slice(0, 10), name]));
  const en = named("en");
  return [...named("id")].map(([day, id]) => ({ day, id, en: en.get(day) ?? id }));
}

/** Once a day: this year's and the next one's holidays, for whatever rings in working time only. */
export async function keepHolidays(queries: Pick<WorkerQueries, "keepHolidays">, now = new Date()): Promise<number> {
  const year = now.getUTCFullYear();
  await queries.keepHolidays([...holidaysOf(year), ...holidaysOf(year + 1)]);
  return dayMs;
}
