import type { QueueName } from "./queues.ts";

/**
 * What happens by the clock, as cron. Only a hint: how old a feed is stands in the database, so a night without a
 * worker is caught up when one starts, and a double run finds nothing to do.
 */
export const schedule: Partial<Record<QueueName, string>> = {
  "feed.grown-stale.pull": "* * * * *",
  "leftover.piled-up.sweep": "17 * * * *",
  "abuse.time-passed.sweep": "*/5 * * * *",
  "review.month-ended.make": "0 7 1 * *",
  "erp.week-ended.check": "0 7,22 * * 0,1",
};
