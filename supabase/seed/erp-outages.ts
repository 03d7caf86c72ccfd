import { hour, minute, wibMidnight } from "./calendar.ts";
import type { Row } from "./rows.ts";

/**
 * A time in which the ERP did not answer, and with what words; `trials`: how often it seemed to be back before it was.
 */
export type Outage = { from: number; until: number; error: string; trials: number };

/** The morning, some weeks ago, that stores remember: they ordered while the ERP did not answer. */
export const longOutage = (now: number): Outage => {
  const from = wibMidnight(now, 20) + 9.5 * hour;
  return { from, until: from + 3.5 * hour, error: "connection: connect ECONNREFUSED", trials: 2 };
};

/**
 * When the ERP was out, oldest first: that morning, a night in which it came and went, and two short ones early in the
 * morning, the last of them within a day. Of the last week only at times at which nobody ordered, so that no order
 * would have had to wait.
 */
export function outagesOf(now: number, ordered: number[]): Outage[] {
  const quiet = (from: number, minutes: number): { from: number; until: number } => {
    const until = from + minutes * minute;
    return ordered.some((at) => at > from - 5 * minute && at < until + 5 * minute)
      ? quiet(from - 20 * minute, minutes)
      : { from, until };
  };
  const early = wibMidnight(now, 0) + 4.3 * hour;
  const night = quiet(wibMidnight(now, 5) + 23 * hour, 21);
  const flapping = [0, 7, 14].map((after) => ({
    from: night.from + after * minute,
    until: night.from + (after + 4) * minute,
    error: "status: 503 Service Unavailable",
    trials: 1,
  }));
  return [
    longOutage(now),
    ...flapping,
    { ...quiet(wibMidnight(now, 3) + 5.2 * hour, 6), error: "timeout: no complete answer within 3000 ms", trials: 1 },
    { ...quiet(early < now - hour ? early : early - 24 * hour, 11), error: "connection: socket hang up", trials: 2 },
  ];
}

/** What the breaker noted of them. */
export const circuitRows = (outages: Outage[]): Row[] =>
  outages.flatMap(({ from, until, error, trials }) => {
    const row = (at: number, state: string, words: string | null = null): Row => ({
      at: new Date(at).toISOString(),
      state,
      error: words,
    });
    const step = (until - from) / (trials + 1);
    return [
      row(from + 12_000, "OPEN", error),
      ...Array.from({ length: trials - 1 }, (_, i) => [
        row(from + (i + 1) * step, "HALF_OPEN"),
        row(from + (i + 1) * step + 5_000, "OPEN", error),
      ]).flat(),
      row(until - 15_000, "HALF_OPEN"),
      row(until, "CLOSED"),
    ];
  });
