import type { WorkerQueries } from "./queries.ts";
import { log } from "./log.ts";

const everyMs = 10_000;

/**
 * Looks every ten seconds whether our database logins are what they should be, since each may change its own settings;
 * what `web` holds open for too long is ended. The database tells staff.
 */
export async function watchLogins(queries: Pick<WorkerQueries, "watchLogins">): Promise<number> {
  const faults = await queries.watchLogins();
  if (faults.length > 0) log.error({ faults }, "a database login is not what it should be");
  return everyMs;
}
