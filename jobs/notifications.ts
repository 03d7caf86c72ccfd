import type { WorkerQueries } from "./queries.ts";
import { log } from "./log.ts";

const minuteMs = 60_000;
/** From here on the database tells staff, too. */
const worthTelling = 0.05;

/**
 * Looks each minute how full the queue of notifications is: full, nobody can wake the worker any more, and
 * everything waits for a sweep. To look is also what empties it: once full it stays so when its cause is gone, because
 * only who sends lets go of what was heard.
 */
export async function watchNotifications(queries: Pick<WorkerQueries, "watchNotifications">): Promise<number> {
  const usage = await queries.watchNotifications();
  if (usage >= worthTelling)
    log.error({ usage }, "the queue of notifications fills up: somebody listens in an open transaction");
  return minuteMs;
}
