/** While the database is away, what it counts is counted here: the same limits, of this process alone. */
const windowMs = 15 * 60_000;
const mostKept = 5_000;
const tries = new Map<string, { from: number; n: number }>();

/** Counts one; the seconds to wait when that is beyond the limit, or 0. */
export function countHere(key: string, most: number, now = Date.now()): number {
  const known = tries.get(key);
  const running = known && now - known.from < windowMs ? known : { from: now, n: 0 };
  running.n += 1;
  tries.delete(key);
  tries.set(key, running); // The one heard of longest ago is the first to go.
  const [oldest] = tries.keys();
  if (tries.size > mostKept && oldest !== undefined) tries.delete(oldest);
  return waitOf(running, most, now);
}

const waitOf = ({ from, n }: { from: number; n: number }, most: number, now: number) =>
  n > most ? Math.max(1, Math.ceil((from + windowMs - now) / 1000)) : 0;
