import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addHistograms, bucketOf, latencyBuckets, percentileOf } from "#app/erp/latency.ts";
import { callStats, type CallSum } from "#jobs/erp/stats.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const total = (sums: CallSum[]) => sums.reduce((sum, { ok, refused, failed }) => sum + ok + refused + failed, 0);

/** A database that may be away, and what it was told. */
function book() {
  const told: CallSum[][] = [];
  const state = { away: false, told };
  return {
    state,
    queries: {
      noteErpCalls: (sums: CallSum[]) =>
        state.away ? Promise.reject(new Error("away")) : (told.push(sums), Promise.resolve()),
    },
  };
}

test("calls are noted within 10 seconds, per operation, with the outcome; only answered ones have a time", async () => {
  const { state, queries } = book();
  const stats = callStats(queries);
  stats.note("ping", "OK", 3);
  stats.note("ping", "FAILED", 4_000);
  stats.note("create", "REFUSED", 120);
  expect(state.told).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_000);
  const [ping, create] = state.told[0]!;
  expect(ping).toMatchObject({ operation: "ping", ok: 1, refused: 0, failed: 1 });
  expect(ping!.ago).toBeCloseTo(10, 0);
  expect(ping!.histogram.reduce((a, b) => a + b)).toBe(1);
  expect(create).toMatchObject({ operation: "create", ok: 0, refused: 1, failed: 0 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.told).toHaveLength(1); // nothing new, nothing written
  await stats.stop();
});

test("the last calls before a stop are written too", async () => {
  const { state, queries } = book();
  const stats = callStats(queries);
  await vi.advanceTimersByTimeAsync(1);
  stats.note("find", "OK", 9);
  await stats.stop();
  expect(total(state.told.flat())).toBe(1);
});

test("while the database is away calls are kept with their age, and told once when it is back", async () => {
  const { state, queries } = book();
  const stats = callStats(queries);
  state.away = true;
  stats.note("ping", "OK", 3);
  await vi.advanceTimersByTimeAsync(3_600_000);
  stats.note("ping", "OK", 3);
  state.away = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(total(state.told.flat())).toBe(2);
  expect(state.told.flat().map(({ ago }) => Math.round(ago))).toEqual([3_610, 10]);
  await stats.stop();
  expect(total(state.told.flat())).toBe(2);
});

test("a database that stays away costs no more than a day's memory: the oldest minutes give way", async () => {
  const { state, queries } = book();
  const stats = callStats(queries);
  state.away = true;
  for (let minute = 0; minute < 2_000; minute += 1) {
    stats.note("ping", "OK", 3);
    await vi.advanceTimersByTimeAsync(61_000);
  }
  state.away = false;
  await stats.stop();
  const ages = state.told.flat().map(({ ago }) => ago);
  expect(ages.length).toBe(1_440);
  expect(Math.min(...ages)).toBeLessThan(120);
});

test("a percentile is off by nine per cent at most, from one millisecond to four seconds", () => {
  for (let ms = 1; ms <= 4_000; ms *= 1.07) {
    const row = Array.from({ length: latencyBuckets }, () => 0);
    row[bucketOf(ms)]! += 1;
    const told = percentileOf(row, 0.95)!;
    expect(Math.abs(told - ms) / ms, `${ms} ms told as ${told}`).toBeLessThanOrEqual(0.0906);
  }
  expect(
    percentileOf(
      Array.from({ length: latencyBuckets }, () => 0),
      0.5,
    ),
  ).toBeNull();
  expect(bucketOf(60_000)).toBe(latencyBuckets - 1);
  expect(bucketOf(0.2)).toBe(0);
});

test("half of the calls and nineteen of twenty, of several processes together", () => {
  const row = (counts: Record<number, number>) => {
    const histogram = Array.from({ length: latencyBuckets }, () => 0);
    for (const [ms, count] of Object.entries(counts)) histogram[bucketOf(Number(ms))]! += count;
    return histogram;
  };
  const both = addHistograms(row({ 10: 90 }), row({ 900: 10 }));
  expect(percentileOf(both, 0.5)! / 10).toBeCloseTo(1, 0);
  expect(percentileOf(both, 0.9)! / 10).toBeCloseTo(1, 0);
  expect(percentileOf(both, 0.95)! / 900).toBeCloseTo(1, 0);
});
