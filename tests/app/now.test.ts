import { expect, test } from "vitest";
import { judge, type Now } from "#app/vitals/now.ts";

const now = new Date("2026-11-30T03:00:00Z");
const minutesAgo = (n: number) => new Date(now.getTime() - n * 60_000);
const calm: Now = {
  traffic: { requests: 200, failed: 10, p95: 5_000, errors: 3, lateTimers: 0 },
  pace: { minutes: [2, 3], usual: 10 },
  queues: [{ kind: "MAILS", waiting: 40, oldest: minutesAgo(10) }],
  breaker: { state: "CLOSED", silent: false },
  gravest: 3,
  failedOrders: 0,
  now,
};
const said = (change: Partial<Now>) => judge({ ...calm, ...change }).map(({ what, tone }) => `${what} ${tone}`);
const traffic = (change: Partial<Now["traffic"]>) => ({ traffic: { ...calm.traffic, ...change } });

test.each<[string, Partial<Now>, string[]]>([
  ["at every threshold nothing is said", {}, []],
  ["one failure more of 200", traffic({ failed: 11 }), ["ERRORS bad"]],
  ["all of too few", traffic({ requests: 19, failed: 19, p95: 9_000 }), []],
  ["a millisecond slower", traffic({ p95: 5_001 }), ["SLOW bad"]],
  ["nothing measured", traffic({ requests: 0, failed: 0, p95: null }), []],
  ["a timer that did not ring", traffic({ lateTimers: 1 }), ["TIMERS bad"]],
  ["SEV-2", { gravest: 2 }, ["INCIDENT bad"]],
  ["no incident", { gravest: null }, []],
  ["the ERP is away", { breaker: { state: "OPEN", silent: false } }, ["BREAKER bad"]],
  ["it is being tried", { breaker: { state: "HALF_OPEN", silent: false } }, ["BREAKER warn"]],
  ["no worker", { breaker: { state: "CLOSED", silent: true } }, ["SILENT bad"]],
  ["an order that the ERP refused", { failedOrders: 1 }, ["FAILED_ORDERS bad"]],
  [
    "a queue older than ten minutes",
    { queues: [{ kind: "MAILS", waiting: 1, oldest: minutesAgo(11) }] },
    ["QUEUE warn"],
  ],
  ["less than half of the usual", { pace: { minutes: [4], usual: 10 } }, ["PACE warn"]],
  ["less than half of next to nothing", { pace: { minutes: [0], usual: 4 } }, []],
  ["nothing to compare with", { pace: { minutes: [0], usual: null } }, []],
])("%s", (_, change, expected) => {
  expect(said(change)).toEqual(expected);
});

test("the worst stands first, whatever it is", () => {
  const all = said({ pace: { minutes: [0], usual: 10 }, breaker: { state: "HALF_OPEN", silent: false }, gravest: 1 });
  expect(all).toEqual(["INCIDENT bad", "BREAKER warn", "PACE warn"]);
});
