import type { WorkerQueries } from "./queries.ts";
import { log } from "./log.ts";

const hourMs = 3_600_000;

/**
 * Makes the monthly reviews that are due and looks for those that nobody signed in time. At the worker's start, every
 * hour and on the 1st at seven: a run too many finds nothing to do, and a missed one is made up for.
 */
export async function keepReviews(queries: Pick<WorkerQueries, "makeReviews" | "sweepReviews">): Promise<number> {
  const made = await queries.makeReviews();
  const overdue = await queries.sweepReviews();
  if (made > 0 || overdue > 0) log.info({ made, overdue }, "monthly reviews");
  return hourMs;
}
