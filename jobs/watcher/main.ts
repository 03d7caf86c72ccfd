// The watcher: a third small process that needs no database and sees from outside whether there is one. It tells people
// by itself, and the database afterwards. Run it on another machine than what it watches.
import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { careful, standardOutput } from "#app/logger.ts";
import { env } from "./env.ts";
import { lockOf, openFile } from "./file.ts";
import { openWatcher } from "./watcher.ts";

const log = pino(
  { base: { process: "watcher" }, timestamp: pino.stdTimeFunctions.isoTime, ...careful },
  standardOutput(),
);
const lookAgainMs = 1_000;
const { SLACK_WEBHOOK_CRITICAL: critical, SLACK_WEBHOOK_PRODUCTION: production, SLACK_WEBHOOK_WARNING: warning } = env;

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => process.exit(0));

// Two of them would tell everything twice. The second one waits, and takes over when the first has ended.
const lock = () => lockOf(env.WATCHER_STATE_FILE, (words) => log.error(words));
let held = lock();
if (!held) log.warn("another watcher works with this state file: waiting until it ends");
while (!held) {
  await pause(lookAgainMs);
  held = lock();
}

const round = openWatcher({
  sites: env.WATCH_URLS ?? [env.APP_URL],
  appUrl: env.APP_URL,
  readyToken: env.METRICS_TOKEN,
  uptimeSecret: env.UPTIME_SECRET,
  slack: critical && production && warning ? { critical, production, warning } : null,
  deadManUrl: env.WATCHER_DEAD_MAN_URL,
  memory: openFile(env.WATCHER_STATE_FILE, (words) => log.error(words)),
  say: (facts, words) => log.info(facts, words),
});

log.info("watcher ready");
for (;;) {
  const began = performance.now();
  await round().catch((error: unknown) => log.error({ err: error }, "a round of the watcher failed"));
  await pause(Math.max(0, env.WATCH_EVERY_SECONDS * 1_000 - (performance.now() - began)));
}
