import { z } from "zod";

// Postgres has no year 0 and takes days that no form of ours means: years are those of this business.
const ofOurs = /^20\d\d-/;

/** A day that the calendar has, as 2026-11-16. `code`: what is said of anything else. */
export const day = (code: string) => z.string(code).trim().pipe(z.iso.date(code).regex(ofOurs, code));

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
