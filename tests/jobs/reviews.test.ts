import { expect, test } from "vitest";
import { keepReviews } from "#jobs/reviews.ts";
import { workerRows } from "./support/worker-rows.ts";

test("each pass makes what is due before it looks for what is overdue, and comes again within the hour", async () => {
  const asked: string[] = [];
  const queries = {
    makeReviews: () => (asked.push("make"), Promise.resolve(1)),
    sweepReviews: () => (asked.push("sweep"), Promise.resolve(0)),
  };
  expect(await keepReviews(queries)).toBeLessThanOrEqual(3_600_000);
  expect(asked).toEqual(["make", "sweep"]);
});

test("the clock knocks on the 1st at seven", () => {
  const row = workerRows.find(({ name }) => name === "reviews");
  expect(row!.cron).toBe("0 7 1 * *");
  expect(row).toMatchObject({ queue: "review.month-ended.make" });
});
