import { expect, test } from "vitest";
import { rolledBack } from "#tests/support/rolled-back.ts";
import { incidents, look, type Minute, minute, quiet, stateOf } from "./detectors-support.ts";

// Traces: the minutes of a web process as they might be recorded, one a row, played through the real rules with three
// looks a minute. `gap`: no web process told anything in that minute.

type Trace = Array<Minute | "gap">;
const well = (minutes: number, requests = 40): Trace => Array.from({ length: minutes }, () => ({ requests }));
const bad = (minutes: number, failed: number, requests = 40): Trace =>
  Array.from({ length: minutes }, () => ({ requests, failed }));

const traces: Array<{ name: string; trace: Trace; opened: number; rounds?: number; end?: string }> = [
  { name: "a quiet day", trace: well(20), opened: 0 },
  { name: "one request in twenty-five fails, always", trace: bad(20, 1, 25), opened: 0 },
  { name: "a spike of one minute", trace: [...well(6), ...bad(1, 6), ...well(8)], opened: 0 },
  { name: "too few requests, half of which fail", trace: bad(15, 3, 6), opened: 0 },
  { name: "a fifth fails from one minute to the next", trace: [...well(6), ...bad(8, 8)], opened: 1, end: "DETECTED" },
  {
    name: "a slow rise",
    trace: [...well(6), ...[1, 1, 2, 2, 3, 4, 5, 6, 8, 10].map((failed) => ({ requests: 40, failed }))],
    opened: 1,
    end: "DETECTED",
  },
  {
    name: "flapping: bad and well by turns, every two minutes",
    trace: [...well(6), ...Array.from({ length: 6 }, () => [...bad(2, 20), ...well(2)]).flat()],
    opened: 1,
    rounds: 1,
    end: "DETECTED",
  },
  {
    name: "it ends, and ten minutes of well-being resolve it",
    trace: [...well(6), ...bad(6, 10), ...well(18)],
    opened: 1,
    end: "RESOLVED",
  },
  {
    name: "it ends, and nine minutes do not",
    trace: [...well(6), ...bad(6, 10), ...well(9)],
    opened: 1,
    end: "DETECTED",
  },
  {
    name: "a gap: whoever tells nothing proves nothing",
    trace: [...well(6), ...bad(6, 10), ...Array.from({ length: 25 }, () => "gap" as const)],
    opened: 1,
    end: "DETECTED",
  },
  {
    name: "a gap in the calm time is no calm",
    trace: [...well(6), ...bad(6, 10), ...well(5), "gap", "gap", "gap", "gap", "gap", ...well(4)],
    opened: 1,
    end: "DETECTED",
  },
  {
    name: "everybody has gone: too few requests are no well-being",
    trace: [...well(6), ...bad(6, 10), ...well(25, 2)],
    opened: 1,
    end: "DETECTED",
  },
];

test.each(traces)("$name: $opened", ({ trace, opened, rounds, end }) =>
  rolledBack(async (db) => {
    await quiet(db);
    for (const [at, one] of trace.entries()) {
      if (one !== "gap") await minute(db, at, one);
      // What was answered in a minute is looked at when that minute is over.
      for (const second of [16, 36, 56]) await look(db, (at + 1) * 60 + second, { web: one !== "gap" });
    }
    const found = await incidents(db, "requests-failing");
    expect(found.length).toBe(opened);
    if (opened === 0) return;
    expect(found[0]).toEqual({ severity: 2, cause: "REQUESTS_FAILING", state: end, round: rounds ?? 1 });
    // Told once, however often it was seen.
    expect(
      await db.value(`
        select count(*)::int from app.notifications n join app.incidents i on i.id = n.incident_id
         where i.dedup_key = 'requests-failing' and n.kind <> 'RESOLVED' and n.channel = 'SLACK'`),
    ).toBeLessThanOrEqual(1);
  })(),
);

test(
  "a minute that hangs is the other rule's: one in ten takes longer than five seconds, in both windows",
  rolledBack(async (db) => {
    await quiet(db);
    for (let at = 0; at < 6; at += 1) await minute(db, at, { requests: 40, slow: 4 });
    for (const second of [16, 26, 36]) await look(db, 6 * 60 + second);
    expect(await stateOf(db, "requests-slow")).toEqual({ sight: "SEEN", value: 0.1, broken: true, times: 1 });
    expect(await stateOf(db, "requests-failing")).toMatchObject({ value: 0, broken: false });
    expect(await incidents(db, "requests-slow")).toHaveLength(1);
    expect(await incidents(db, "requests-failing")).toHaveLength(0);
  }),
);

test(
  "files, signs of life and addresses of nobody neither hide a failure nor make one",
  rolledBack(async (db) => {
    await quiet(db);
    for (let at = 0; at < 6; at += 1) {
      await minute(db, at, { requests: 1000 }, "GET files");
      await minute(db, at, { requests: 1000 }, "HEAD /api/health");
      await minute(db, at, { requests: 40, failed: 4 }, "GET /orders/:number");
      await minute(db, at, { requests: 40, failed: 40 }, "GET other");
    }
    await look(db, 6 * 60 + 16);
    expect(await stateOf(db, "requests-failing")).toMatchObject({ sight: "SEEN", value: 0.1 });
  }),
);
