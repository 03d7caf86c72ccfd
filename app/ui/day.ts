import { z } from "zod";

// Postgres has no year 0 and takes days that no form of ours means: years are those of this business.
const ofOurs = /^20\d\d-/;

/** A day that the calendar has, as 2026-11-16. `code`: what is said of anything else. */
export const day = (code: string) => z.string(code).trim().pipe(z.iso.date(code).regex(ofOurs, code));

/** The day of the business (WIB) on which this moment lies, as 2026-11-16. */
export const dayInJakarta = (at: Date): string => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);

// As Postgres writes it: a space in place of T, and hours alone where the offset has no minutes.
const written = /^(\S+) (\S+[+-](?:0\d|1[0-4]))(:\d\d)?$/;

/** A moment as Postgres writes it, to the microsecond: 2026-11-16 09:30:00.123456+07. */
export const writtenMoment = (code: string) =>
  z.string(code).refine((value) => {
    const [, on, at, minutes = ":00"] = written.exec(value) ?? [];
    return ofOurs.test(value) && z.iso.datetime({ offset: true }).safeParse(`${on}T${at}${minutes}`).success;
  }, code);

/** A moment in UTC to the microsecond, as addresses carry it: 2026-11-16T02:30:00.123456Z. */
export const utcMoment = z.iso.datetime({ precision: 6 }).regex(ofOurs);

/**
 * A day however people write it in a list's search (2026-11-30, 30/11/2026, 30-11-26, 30.11.2026), as 2026-11-30. Null
 * for what is none: there is no 31 February.
 */
export function readDay(typed: string): string | null {
  const [, date, month, year] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-]((?:20)?\d{2})\s*$/.exec(typed) ?? [];
  const meant =
    date && month && year ? `20${year.slice(-2)}-${month.padStart(2, "0")}-${date.padStart(2, "0")}` : typed;
  return day("DAY").safeParse(meant).data ?? null;
}
