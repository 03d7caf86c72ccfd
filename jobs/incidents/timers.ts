import { log } from "#jobs/log.ts";
import type { WorkerQueries } from "#jobs/queries.ts";

const everyMs = 5_000;
const batch = 50;

/**
 * Rings what is due by the database's clock: within five seconds while a worker runs, each timer once, however many
 * workers sweep. What rang has been told, or will be by the outbox, in the same transaction.
 */
export async function ringTimers(queries: Pick<WorkerQueries, "ringTimers">): Promise<number> {
  const rang = await queries.ringTimers(batch);
  if (rang > 0) log.warn({ rang }, "timers rang");
  return rang === batch ? 0 : everyMs;
}

const hourMs = 3_600_000;

/** Once an hour: actions of post-mortems whose day is over become tasks. */
export async function chaseActions(queries: Pick<WorkerQueries, "chaseActions">): Promise<number> {
  const found = await queries.chaseActions();
  if (found > 0) log.warn({ found }, "actions of post-mortems are late");
  return hourMs;
}

/** Once an hour: playbooks that nobody has practised for too long become tasks. */
export async function askDrills(queries: Pick<WorkerQueries, "askDrills">): Promise<number> {
  const asked = await queries.askDrills();
  if (asked > 0) log.info({ asked }, "playbooks are to be practised");
  return hourMs;
}
