// How long calls to the ERP took is kept as counts in buckets whose bounds grow by the fourth root of two: 1 ms, 1.19,
// 1.41 … 4096, and one for what lies above. Sums of such rows are again such rows, whichever process and hour they come
// from; the middle of a bucket is off by 9 % at most.

/** Buckets of a row: bound i is 2^(i/4) ms for i = 0..48, and the last one has none. */
export const latencyBuckets = 50;
const steps = 4;

/** A row of which nothing was counted yet. */
export const noCalls = (): number[] => Array.from({ length: latencyBuckets }, () => 0);

/** The bucket of a call that took so long: the first whose upper bound it does not pass. */
export function bucketOf(ms: number): number {
  return ms <= 1 ? 0 : Math.min(latencyBuckets - 1, Math.ceil(steps * Math.log2(ms) - 1e-9));
}

/**
 * The time within which this share of the calls were answered, in ms: the geometric middle of its bucket. Null without
 * calls.
 */
export function percentileOf(histogram: number[], share: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  let left = Math.ceil(total * share);
  if (total === 0) return null;
  for (const [bucket, count] of histogram.entries()) {
    left -= count;
    if (left <= 0) return middleOf(bucket);
  }
  return middleOf(latencyBuckets - 1);
}

/** Two rows as one. */
export const addHistograms = (a: number[], b: number[]): number[] =>
  Array.from({ length: latencyBuckets }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));

const middleOf = (bucket: number) => (bucket === 0 ? 1 : 2 ** ((Math.min(bucket, latencyBuckets - 1) - 0.5) / steps));
