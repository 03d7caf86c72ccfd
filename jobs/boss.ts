import { PgBoss } from "pg-boss";
import { tellAway, untilDone } from "./database.ts";
import { hearLastWords } from "./last-words.ts";
import { log, reasonOf } from "./log.ts";
import type { Loops, Row } from "./run-loops.ts";

// Short, retried a little, and never piled up; nobody is notified: see jobs/queues.ts. What is done inside its job may
// take five minutes.
const kept = { retryLimit: 2, retryDelay: 1, deleteAfterSeconds: 24 * 60 * 60, notify: false };
const optionsOf = (row: Row) => ({ ...kept, expireInSeconds: "job" in row ? 300 : 30 });

// Nobody wakes for a retry or for what cron queues, and waking may fail: looked at often enough that it is not felt.
const reading = { batchSize: 20, burstWhenBatchFull: true, pollingIntervalSeconds: 2 };

// An advisory lock is anybody's who may log in: `web` could keep queues from being opened and old jobs from being
// expired. pg-boss has statements without, for databases that know none; it names the switch after its tests.
const withoutAdvisoryLocks = { __test__noAdvisoryLocks: true };

/** pg-boss on the schema that a migration made; it changes nothing there itself. */
export function openBoss(connectionString: string): PgBoss {
  hearLastWords();
  const boss = new PgBoss({
    connectionString,
    max: 4,
    connectionTimeoutMillis: 5_000,
    schema: "pgboss",
    migrate: false,
    createSchema: false,
    reindex: false, // the worker owns no index
    useListenNotify: true,
    notifyKeepAliveInitialDelayMs: 10_000,
    ...withoutAdvisoryLocks,
  });
  // Without a listener an `error` event ends the process; a database that goes away is no reason to die.
  boss.on("error", (error) => tellAway(error) || log.warn({ reason: reasonOf(error) }, "pg-boss"));
  boss.on("warning", ({ message }) => log.warn({ warning: message }, "pg-boss"));
  return boss;
}

/**
 * Starts it, opens the rows' queues and wakes for what comes in, waiting for the database at each step. Every step
 * only states what is wanted, so it can be repeated.
 */
export async function startBoss(boss: PgBoss, { rows, wake }: Pick<Loops, "rows" | "wake">): Promise<void> {
  await untilDone(() => boss.start());
  const queues = new Map(rows.flatMap((row) => (row.queue ? [[row.queue, row]] : [])));
  for (const [name, row] of queues) {
    await untilDone(() => boss.createQueue(name, optionsOf(row)));
    await untilDone(() => boss.updateQueue(name, optionsOf(row)));
  }
  for (const queue of queues.keys()) await untilDone(() => boss.work(queue, reading, () => wake(queue)));
  for (const [name, { cron }] of queues)
    if (cron) await untilDone(() => boss.schedule(name, cron, {}, { tz: "Asia/Jakarta" }));
}
