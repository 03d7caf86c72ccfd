import type { CircuitState } from "./state.ts";

/** A stretch of the picture: where it begins and how wide it is, in per cent of the time shown. */
export type Stretch = { state: CircuitState; from: number; width: number };
export type History = { stretches: Stretch[]; outages: number; outMs: number };
type Change = { at: Date; state: CircuitState };

const worse: Record<CircuitState, number> = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 };
/**
 * Columns of the picture. One holds the worst that happened in it, so that an outage of seconds is seen in a week too.
 */
const columns = 480;

/**
 * The breaker's states between two moments. `changes`: oldest first, with the last one before `from` when there is one;
 * before the first the breaker was closed, as it begins. Not connected is whatever is not CLOSED: people see the
 * degraded mode then.
 */
export function historyOf(changes: Change[], from: Date, to: Date): History {
  const [begin, end] = [from.getTime(), to.getTime()];
  const worst: CircuitState[] = Array.from({ length: columns }, () => "CLOSED");
  let [outages, outMs, out] = [0, 0, false];
  const spells: Change[] = [{ at: new Date(0), state: "CLOSED" }, ...changes];
  for (const [index, { at, state }] of spells.entries()) {
    const start = Math.max(at.getTime(), begin);
    const stop = Math.min(spells[index + 1]?.at.getTime() ?? end, end);
    if (stop < begin || start > end || stop <= start) continue;
    if (state === "CLOSED") out = false;
    else {
      outMs += stop - start;
      if (!out) outages += 1;
      out = true;
    }
    const column = (moment: number) => ((moment - begin) / (end - begin)) * columns;
    for (let each = Math.floor(column(start)); each < Math.min(columns, Math.ceil(column(stop))); each += 1) {
      if (worse[state] > worse[worst[each]!]) worst[each] = state;
    }
  }
  return { stretches: stretchesOf(worst), outages, outMs };
}

function stretchesOf(worst: CircuitState[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [column, state] of worst.entries()) {
    const last = stretches.at(-1);
    if (last?.state === state) last.width += 100 / columns;
    else stretches.push({ state, from: (column * 100) / columns, width: 100 / columns });
  }
  return stretches;
}

/**
 * Whole hours of Jakarta between two moments that are divisible by `every` (24: midnights), as per cent of the time
 * between.
 */
export function hourMarks(from: Date, to: Date, every: number): Array<{ at: Date; x: number }> {
  const step = every * 3_600_000;
  const jakarta = 7 * 3_600_000;
  const [begin, end] = [from.getTime(), to.getTime()];
  const marks = [];
  for (let at = Math.ceil((begin + jakarta) / step) * step - jakarta; at <= end; at += step)
    marks.push({ at: new Date(at), x: ((at - begin) / (end - begin)) * 100 });
  return marks;
}
