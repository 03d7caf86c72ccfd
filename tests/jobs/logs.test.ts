import { expect, test, vi } from "vitest";
import { type AgedLine, logQueue } from "#app/log-queue.ts";
import { log } from "#jobs/log.ts";
import { openLogs } from "#jobs/logs.ts";

/** A database that may be away or refuse, and what it was told. */
function book() {
  const told: AgedLine[] = [];
  const state = { error: null as Error | null, days: 0, told };
  const queries = {
    noteLogs: (lines: AgedLine[]) =>
      state.error ? Promise.reject(state.error) : Promise.resolve(void told.push(...lines)),
    ensureLogDays: () => Promise.resolve(void (state.days += 1)),
  };
  return { state, logs: openLogs(queries) };
}
const messages = (told: AgedLine[]) => told.splice(0).map(({ message }) => message);

test("the worker's lines are written every two seconds; while the database is away they wait", async () => {
  const { state, logs } = book();
  await logQueue().drain(() => Promise.resolve());
  log.info({ order: "ORD-2026-000001" }, "one");
  expect(await logs.pass()).toBe(2_000);
  expect(messages(state.told)).toEqual(["one"]);

  state.error = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  log.info("two");
  await expect(logs.pass()).rejects.toThrow("ECONNREFUSED");
  state.error = null;
  await logs.pass();
  expect(messages(state.told)).toEqual(["two", "the database is away: waiting for it"]);
  log.info("three");
  await logs.close();
  expect(messages(state.told)).toEqual(["three"]);
  expect(state.days).toBe(1);
});

test("what it refuses is lost and counted, and the next lines go through", async () => {
  const { state, logs } = book();
  log.info("refused");
  state.error = Object.assign(new Error("no partition"), { code: "23514" });
  await logs.pass();
  state.error = null;
  await logs.pass();
  expect(messages(state.told)).toEqual([
    "lines of the log were refused by the database",
    "lines of the log were not stored",
  ]);
});

test("each hour it sees to the next days", async () => {
  const { state, logs } = book();
  await logs.pass();
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 3_601_000);
  await logs.pass();
  expect(state.days).toBe(2);
});
