import { addHistograms, percentileOf } from "./latency.ts";

/** What was counted of one operation in one hour. */
export type CallRow = {
  hour: Date;
  operation: string;
  ok: number;
  refused: number;
  failed: number;
  histogram: number[];
};
/** An hour of all operations together. Without calls there is nothing to tell: null. */
export type CallHour = {
  hour: Date;
  calls: number;
  refused: number;
  failed: number;
  errorPercent: number | null;
  p50: number | null;
  p95: number | null;
};

const hourMs = 3_600_000;

/** The 24 hours up to the one that runs at `now`, oldest first, each with what its calls came to. */
export function callHours(rows: CallRow[], now: Date): CallHour[] {
  const last = Math.floor(now.getTime() / hourMs) * hourMs;
  return Array.from({ length: 24 }, (_, index) => {
    const hour = new Date(last - (23 - index) * hourMs);
    return summed(
      hour,
      rows.filter((row) => row.hour.getTime() === hour.getTime()),
    );
  });
}

function summed(hour: Date, rows: CallRow[]): CallHour {
  const sum = (key: "ok" | "refused" | "failed") => rows.reduce((total, row) => total + row[key], 0);
  const [ok, refused, failed] = [sum("ok"), sum("refused"), sum("failed")];
  const calls = ok + refused + failed;
  const histogram = rows.reduce<number[]>((all, row) => addHistograms(all, row.histogram), []);
  return {
    hour,
    calls,
    refused,
    failed,
    errorPercent: calls > 0 ? (100 * failed) / calls : null,
    p50: percentileOf(histogram, 0.5),
    p95: percentileOf(histogram, 0.95),
  };
}

/** The top of the axis for these percentages: the first round one that none exceeds. */
export const percentTop = (values: Array<number | null>): number => {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return [5, 10, 25, 50].find((top) => most <= top) ?? 100;
};

const slowest = 5_000;
/** How high a time stands on an axis from 1 ms to 5 s on which each tenfold is as high as the other: 0 to 1. */
export const heightOfMs = (ms: number): number =>
  Math.min(1, Math.max(0, Math.log10(Math.max(1, ms)) / Math.log10(slowest)));
