import pg from "pg";
import { expect, test, vi } from "vitest";
import type { DuePull } from "#jobs/queries.ts";
import { pullDueFeeds } from "#jobs/erp/pull.ts";

const takenAt = new Date("2026-11-22T00:00:00Z");
const pulled = { snapshot: "stock-7", takenAt, rows: [{ sku: "AB-001", warehouse: "SBY", quantity: 3 }] };

/** One pull of stock, whose outcome at the database is given. */
async function pull(applyFeed: () => Promise<string | null>) {
  const said = { rejectFeed: vi.fn(() => Promise.resolve()), settlePull: vi.fn(() => Promise.resolve()) };
  const due: DuePull[] = [{ feed: "stock", started: "now" }];
  const queries = { ...said, applyFeed, claimPull: () => Promise.resolve(due.shift() ?? null) };
  const feeds = { listStock: () => Promise.resolve(pulled), listCredit: () => Promise.reject(new Error("not due")) };
  const failed = await pullDueFeeds(queries, feeds, "me").catch((error: unknown) => error);
  return { ...said, failed };
}

test("whatever the database refuses of a feed is on record as a refused pull; the next follows a pause", async () => {
  const refusal = Object.assign(new pg.DatabaseError("integer out of range", 1, "error"), { code: "22003" });
  const { rejectFeed, settlePull, failed } = await pull(() => Promise.reject(refusal));
  expect(failed).toBeUndefined();
  expect(rejectFeed).toHaveBeenCalledExactlyOnceWith("stock", "database 22003: integer out of range", {
    snapshot: "stock-7",
    takenAt,
    rows: 1,
  });
  expect(settlePull).toHaveBeenCalledExactlyOnceWith("me", "stock", false);
});

test("a database that is away refuses nothing: the loop waits for it", async () => {
  const { rejectFeed, failed } = await pull(() => Promise.reject(new Error("Connection terminated unexpectedly")));
  expect(failed).toBeInstanceOf(Error);
  expect(rejectFeed).not.toHaveBeenCalled();
});

test("the live snapshot again is no reason to ask without a pause", async () => {
  const { rejectFeed, settlePull } = await pull(() => Promise.resolve("the same snapshot as the live one"));
  expect(rejectFeed).not.toHaveBeenCalled();
  expect(settlePull).toHaveBeenCalledExactlyOnceWith("me", "stock", false);
});
