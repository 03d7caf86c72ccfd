import type { WorkerQueries } from "./queries.ts";
import { log } from "./log.ts";

const fiveMinutesMs = 300_000;

/**
 * Looks at what the order's own inspection cannot see: lost wake-ups, what owners said, slow changes over weeks. At the
 * worker's start and every five minutes; what there is to do stands in the database, so a pass too many finds nothing.
 */
export async function sweepAbuse(queries: Pick<WorkerQueries, "sweepAbuse">): Promise<number> {
  const late = await queries.sweepAbuse();
  if (late > 0) log.warn({ orders: late }, "shadow orders inspected late");
  return fiveMinutesMs;
}
