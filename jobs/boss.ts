import { PgBoss } from "pg-boss";
import abuseTimePassedSweep from "./handlers/abuse-time-passed-sweep.ts";
import erpWeekEndedCheck from "./handlers/erp-week-ended-check.ts";
import feedGrownStalePull from "./handlers/feed-grown-stale-pull.ts";
import leftoverPiledUpSweep from "./handlers/leftover-piled-up-sweep.ts";
import noticeWrittenSend from "./handlers/notice-written-send.ts";
import orderPlacedPush from "./handlers/order-placed-push.ts";
import orderShadowPlacedAlert from "./handlers/order-shadow-placed-alert.ts";
import orderShadowPlacedInspect from "./handlers/order-shadow-placed-inspect.ts";
import reviewMonthEndedMake from "./handlers/review-month-ended-make.ts";
import type { Desk } from "./handler.ts";
import { tellAway, untilDone } from "./database.ts";
import { hearLastWords } from "./last-words.ts";
import { log, reasonOf } from "./log.ts";
import { queues, type QueueName } from "./queues.ts";
import { schedule } from "./schedule.ts";

const handlers = [
  orderShadowPlacedAlert,
  orderShadowPlacedInspect,
  noticeWrittenSend,
  orderPlacedPush,
  feedGrownStalePull,
  leftoverPiledUpSweep,
  abuseTimePassedSweep,
  reviewMonthEndedMake,
  erpWeekEndedCheck,
];

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
 * Starts it and opens every queue, waiting for the database at each step. Every step only states what is wanted, so it
 * can be repeated.
 */
export async function startBoss(boss: PgBoss, desk: Desk): Promise<void> {
  await untilDone(() => boss.start());
  for (const name of Object.keys(queues) as QueueName[]) {
    await untilDone(() => boss.createQueue(name, queues[name].options));
    await untilDone(() => boss.updateQueue(name, queues[name].options));
  }
  for (const handler of handlers) await untilDone(() => handler.attach(boss, desk));
  for (const [name, cron] of Object.entries(schedule))
    await untilDone(() => boss.schedule(name, cron, {}, { tz: "Asia/Jakarta" }));
}
