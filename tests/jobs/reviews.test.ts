import { expect, test } from "vitest";
import { keepReviews } from "#jobs/reviews.ts";
import { queues } from "#jobs/queues.ts";
import { schedule } from "#jobs/schedule.ts";

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
  expect(schedule["review.month-ended.make"]).toBe("0 7 1 * *");
  expect(queues).toHaveProperty(["review.month-ended.make"]);
});
