import type { Counter } from "./counter.ts";
import { log } from "./log.ts";

const minuteMs = 60_000;

/** Looks each minute whether our database logins are what they should be: each may change its own settings. The database tells the office. */
export async function watchLogins(counter: Pick<Counter, "watchLogins">): Promise<number> {
  const faults = await counter.watchLogins();
  if (faults.length > 0) log.error({ faults }, "a database login is not what it should be");
  return minuteMs;
}
