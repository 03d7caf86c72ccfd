import type { PgBoss } from "pg-boss";
import type { Counter } from "./counter.ts";
import { queues, type Payload, type QueueName } from "./queues.ts";

/** What a handler may use. */
export type Desk = {
  counter: Counter;
  wakeAbuse: () => void;
  wakeAlerts: () => void;
  wakeErpWeek: () => void;
  wakeInspections: () => void;
  wakeNotices: () => void;
  wakePushes: () => void;
  wakePulls: () => void;
  wakeReviews: () => void;
};

export type Handler = { queue: QueueName; attach: (boss: PgBoss, desk: Desk) => Promise<void> };

// Nobody rings for a retry or for what cron queues, and a ring may fail: looked at often enough that it is not felt.
const reading = { batchSize: 20, burstWhenBatchFull: true, pollingIntervalSeconds: 2 };

/** Ties a queue to what it sets off. A payload that does not fit fails the job; pg-boss keeps it for a look. */
export function handler<Q extends QueueName>(
  queue: Q,
  run: (payload: Payload<Q>, desk: Desk) => void | Promise<void>,
): Handler {
  return {
    queue,
    async attach(boss, desk) {
      await boss.work<unknown>(queue, reading, async (jobs) => {
        for (const job of jobs) await run(queues[queue].payload.parse(job.data ?? {}) as Payload<Q>, desk);
      });
    },
  };
}
