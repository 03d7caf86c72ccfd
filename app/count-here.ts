/** What is counted by this process alone, in windows of time: what the database cannot count, or need not. */
const quarterMs = 15 * 60_000;
const mostKept = 5_000;
const tries = new Map<string, { from: number; n: number }>();

/** Counts one; the seconds to wait when that is beyond the limit, or 0. */
export function countHere(key: string, most: number, now = Date.now(), windowMs = quarterMs): number {
  const known = tries.get(key);
  const running = known && now - known.from < windowMs ? known : { from: now, n: 0 };
  running.n += 1;
  tries.delete(key);
  tries.set(key, running); // The one heard of longest ago is the first to go.
  const [oldest] = tries.keys();
  if (tries.size > mostKept && oldest !== undefined) tries.delete(oldest);
  return running.n > most ? Math.max(1, Math.ceil((running.from + windowMs - now) / 1000)) : 0;
}
