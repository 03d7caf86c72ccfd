import { expect, test } from "vitest";
import { callHours, heightOfMs, percentTop } from "#app/erp/calls.ts";
import { weeksBefore, weeksOf } from "#app/erp/duty.ts";
import { historyOf, hourMarks } from "#app/erp/history.ts";
import { bucketOf, latencyBuckets } from "#app/erp/latency.ts";
import { type ErpReason, reasonOf } from "#app/erp/erp-reason.ts";
import { warehouseChanges } from "#app/erp/feed-refusal.ts";
import { messages } from "#app/words.ts";

const to = new Date("2026-11-22T02:00:00Z");
const from = new Date("2026-11-21T02:00:00Z");
const at = (hours: number) => new Date(from.getTime() + hours * 3_600_000);
const wide = (history: ReturnType<typeof historyOf>) => history.stretches.reduce((sum, { width }) => sum + width, 0);

test("an outage is as long as it was, its probes with it, and everything else is connected", () => {
  const history = historyOf(
    [
      { at: at(6), state: "OPEN" },
      { at: at(7), state: "HALF_OPEN" },
      { at: at(7.5), state: "CLOSED" },
    ],
    from,
    to,
  );
  expect(history).toMatchObject({ outages: 1, outMs: 1.5 * 3_600_000 });
  expect(history.stretches.map(({ state }) => state)).toEqual(["CLOSED", "OPEN", "HALF_OPEN", "CLOSED"]);
  expect(history.stretches[1]).toMatchObject({ from: 25, width: expect.closeTo(100 / 24, 5) });
  expect(wide(history)).toBeCloseTo(100, 6);
});

test("what began before the time shown, or lasts still, counts for the part within it", () => {
  expect(
    historyOf(
      [
        { at: at(-5), state: "OPEN" },
        { at: at(1), state: "CLOSED" },
        { at: at(23), state: "OPEN" },
      ],
      from,
      to,
    ),
  ).toMatchObject({ outages: 2, outMs: 2 * 3_600_000 });
  expect(
    historyOf(
      [
        { at: at(-5), state: "OPEN" },
        { at: at(-4), state: "CLOSED" },
      ],
      from,
      to,
    ),
  ).toMatchObject({ outages: 0, outMs: 0, stretches: [{ state: "CLOSED", from: 0 }] });
  expect(historyOf([], from, to).stretches).toHaveLength(1);
});

test("an outage of seconds is seen in a day, and one that goes back and forth is one", () => {
  const seconds = (n: number) => at(12 + n / 3_600);
  const flapping = [
    { at: seconds(0), state: "OPEN" as const },
    { at: seconds(5), state: "HALF_OPEN" as const },
    { at: seconds(6), state: "OPEN" as const },
    { at: seconds(16), state: "CLOSED" as const },
  ];
  const history = historyOf(flapping, from, to);
  expect(history).toMatchObject({ outages: 1, outMs: 16_000 });
  expect(history.stretches.map(({ state }) => state)).toEqual(["CLOSED", "OPEN", "CLOSED"]);
});

test("marks stand on Jakarta's hours and midnights", () => {
  expect(hourMarks(from, to, 6).map(({ at: mark }) => mark.toISOString().slice(11, 16))).toEqual([
    "05:00",
    "11:00",
    "17:00",
    "23:00",
  ]);
  expect(hourMarks(from, to, 24)).toEqual([{ at: new Date("2026-11-21T17:00:00Z"), x: 62.5 }]);
});

test("a day's hours in order, operations added up, refusals no failures, nothing said of an hour without calls", () => {
  const histogram = (ms: number, count: number) =>
    Array.from({ length: latencyBuckets }, (_, bucket) => (bucket === bucketOf(ms) ? count : 0));
  const hour = new Date("2026-11-22T01:00:00Z");
  const hours = callHours(
    [
      { hour, operation: "ping", ok: 80, refused: 0, failed: 10, histogram: histogram(10, 80) },
      { hour, operation: "create", ok: 0, refused: 10, failed: 0, histogram: histogram(800, 10) },
    ],
    new Date("2026-11-22T02:40:00Z"),
  );
  expect(hours).toHaveLength(24);
  expect([hours[0]!.hour, hours[23]!.hour]).toEqual([
    new Date("2026-11-21T03:00:00Z"),
    new Date("2026-11-22T02:00:00Z"),
  ]);
  expect(hours[22]).toMatchObject({ calls: 100, refused: 10, failed: 10, errorPercent: 10 });
  expect(hours[22]!.p50! / 10).toBeCloseTo(1, 0);
  expect(hours[22]!.p95! / 800).toBeCloseTo(1, 0);
  expect(hours[23]).toMatchObject({ calls: 0, errorPercent: null, p50: null, p95: null });
});

test("axes hold what they show", () => {
  expect([[], [null], [0.4], [5], [5.1], [60]].map(percentTop)).toEqual([5, 5, 5, 5, 10, 100]);
  expect([0.5, 1, 5_000, 60_000].map(heightOfMs)).toEqual([0, 0, 1, 1]);
  expect(heightOfMs(100) - heightOfMs(10)).toBeCloseTo(heightOfMs(1_000) - heightOfMs(100), 6);
});

test("weeks go back from this one to the first, thirteen at most", () => {
  expect(weeksOf("2026-11-02", "2026-11-16")).toEqual(["2026-11-16", "2026-11-09", "2026-11-02"]);
  expect(weeksOf("2020-01-06", "2026-11-16")).toHaveLength(13);
  expect(weeksOf(weeksBefore("2026-11-16"), "2026-11-16").at(-1)).toBe("2026-08-24");
});

test("every reason that a pull or a call can give has words of staff", () => {
  const told: Array<[string, ErpReason]> = [
    ["row count 160 against 100 before", "SIZE"],
    ["row count of MDN 33 against 300 before", "SIZE"],
    ['content: ["row count 7 x"] appears twice', "TWICE"],
    ["the same snapshot as the live one", "SAME"],
    ["a warehouse that was not there before: TEST", "WAREHOUSE_NEW"],
    ["more than 50 warehouses", "WAREHOUSES"],
    ["the pieces of an article are too large a number", "LARGE"],
    ["database 22003: integer out of range", "DATABASE"],
    ["begun before the live one was", "OLDER"],
    ["empty", "EMPTY"],
    ["a quantity is not a whole number >= 0", "NUMBER"],
    ["an article twice", "TWICE"],
    ["an unknown article", "UNKNOWN_ARTICLE"],
    ["an unknown store", "UNKNOWN_STORE"],
    ["a warehouse is missing: MDN", "WAREHOUSE"],
    ["a warehouse without a name of ours", "WAREHOUSE_NAME"],
    ["content: page 2 belongs to another snapshot", "MIXED"],
    ["content: 600 rows arrived where 1200 were announced", "SHORT"],
    ["timeout: no complete answer within 4000 ms", "TIMEOUT"],
    ["connection: ECONNREFUSED", "CONNECTION"],
    ["rate-limit: status 429", "BUSY"],
    ["status: status 503", "STATUS"],
    ["oversize: the answer is longer than 2097152 bytes", "TOO_LONG"],
    ["content: the answer belongs to another request", "FOREIGN"],
    ["content: the answer is not JSON", "CONTENT"],
    ["content: content type text/html", "CONTENT"],
    ["something new", "OTHER"],
  ];
  for (const [words, reason] of told) expect([words, reasonOf(words)]).toEqual([words, reason]);
  for (const lang of ["id", "en"] as const)
    for (const [, reason] of told) expect(messages(lang).erp.reasons[reason]).toMatch(/\w/);
});

test("what a refused feed became is told per warehouse: those that came, went or changed", () => {
  expect(
    warehouseChanges({ id: 1, rows: 9, live: { SBY: 5, MDN: 4, JKT: 2 }, refused: { SBY: 5, JKT: 3, TEST: 1 } }),
  ).toEqual([
    { name: "JKT", before: 2, after: 3 },
    { name: "MDN", before: 4, after: 0 },
    { name: "TEST", before: 0, after: 1 },
  ]);
  expect(warehouseChanges({ id: 1, rows: 9, live: null, refused: { SBY: 5 } })).toEqual([]);
});
