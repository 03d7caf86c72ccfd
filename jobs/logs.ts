import { logQueue } from "#app/log-queue.ts";
import { tellAway } from "./database.ts";
import { log, reasonOf } from "./log.ts";
import type { WorkerQueries } from "./queries.ts";
import type { Part } from "./run-loops.ts";

const flushMs = 2_000;
const hourMs = 3_600_000;

/**
 * Writes the worker's log into the database every two seconds, and at the end; each hour it sees to it that the log has
 * its next days. While the database is away lines wait, within bounds.
 */
export function openLogs(
  queries: Pick<WorkerQueries, "noteLogs" | "ensureLogDays">,
): Part & { pass: () => Promise<number> } {
  const queue = logQueue();
  let hourlyAt = -Infinity;

  const write = async () => {
    await queue.drain((lines) =>
      queries.noteLogs(lines).catch((error: unknown) => {
        if (tellAway(error)) throw error;
        queue.lose(lines.length); // What the database refuses it would refuse again.
        log.warn({ reason: reasonOf(error) }, "lines of the log were refused by the database");
      }),
    );
    const dropped = queue.takeLost();
    if (dropped > 0) log.warn({ dropped }, "lines of the log were not stored");
  };

  return {
    async pass() {
      if (performance.now() - hourlyAt > hourMs) {
        await queries.ensureLogDays();
        hourlyAt = performance.now();
      }
      await write();
      return flushMs;
    },
    interrupt: () => undefined,
    close: () => write().catch(() => undefined),
  };
}
