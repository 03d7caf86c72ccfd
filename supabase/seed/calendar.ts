import type { Chance } from "./random.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

// The business lives in WIB, which has no summer time.
const wib = 7 * hour;

/** 00:00 in WIB of the day that many days before now. Instants are milliseconds everywhere here. */
export const wibMidnight = (now: number, daysAgo: number) => Math.floor((now + wib) / day) * day - wib - daysAgo * day;

export const wibDate = (at: number) => new Date(at + wib).toISOString().slice(0, 10);
export const wibYear = (at: number) => wibDate(at).slice(0, 4);

/** How busy a day is against others: Monday restocks, Sunday rests, month's end fills the shelves. */
export function busyness(at: number): number {
  const local = new Date(at + wib);
  const weekday = [0.25, 1.45, 1.15, 1.05, 1.1, 1.2, 0.8][local.getUTCDay()]!;
  const date = local.getUTCDate();
  return weekday * (date >= 26 || date <= 2 ? 1.6 : date >= 10 && date <= 15 ? 0.85 : 1);
}

/** A moment of the day at which shops order: late morning and mid-afternoon, seldom after closing. */
export function shoppingMoment(midnight: number, chance: Chance): number {
  const [from, until] = chance.pick([
    [8, 10],
    [10, 12],
    [10, 12],
    [12, 14],
    [14, 17],
    [14, 17],
    [17, 21.5],
  ] as const);
  return midnight + Math.floor(chance.between(from, until) * hour);
}

/** That moment if staff is open (08:00-18:00, not on Sunday), else soon after it opens again. */
export function whenOpen(at: number, chance: Chance): number {
  const midnight = wibMidnight(at, 0);
  const local = (at - midnight) / hour;
  const sunday = new Date(at + wib).getUTCDay() === 0;
  if (!sunday && local >= 8 && local < 18) return at;
  const opening = midnight + (sunday || local >= 18 ? 32 : 8) * hour;
  return whenOpen(opening + Math.floor(chance.between(3, 90) * minute), chance);
}
