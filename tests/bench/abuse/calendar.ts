/** Day 0, a Monday, at midnight in Jakarta. Lebaran falls on day 74. */
export const dayZero = Date.parse("2026-01-05T00:00:00+07:00");
export const day = 86_400_000;
export const minute = 60_000;

const lebaran = 74;
const closed = new Set([11, 43, 73, 74, 75, 76, 77, 78]);
/** Last working days of a month, when targets are due. */
const rushes = new Set([23, 24, 25, 26, 51, 52, 53, 54, 83, 84, 85, 86]);

export const isSunday = (n: number) => n % 7 === 6;
export const isClosed = (n: number) => isSunday(n) || closed.has(n);
export const isRush = (n: number) => rushes.has(n);
/** The two weeks in which whoever stocks up for the feast does. */
export const isStockingUp = (n: number) => n >= lebaran - 16 && n < lebaran - 1;

/** What the season does to an order: more and more before the feast, less after it; not everywhere alike. */
export function season(n: number, region: number): number {
  const strength = 0.35 + (0.6 * ((region * 7) % 10)) / 10;
  if (n < lebaran - 20) return 1;
  if (n < lebaran) return 1 + strength * ((n - (lebaran - 20)) / 20);
  return n < lebaran + 10 ? 0.7 : 0.95;
}
