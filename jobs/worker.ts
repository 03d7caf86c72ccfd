// The worker process; what it does is the table in jobs/loops.ts. It may be killed at any point: what it was doing is a
// row with a lease, and the next worker finds it.
import "tsx/esm"; // The mails are JSX. All else Node reads by itself.
import { endByMistake } from "#app/end-by-mistake.ts";
import { openWatchers } from "#app/watched.ts";
import { openAudit } from "./audit/audit.ts";
import { openBoss, startBoss } from "./boss.ts";
import { paced } from "./deliver.ts";
import { env } from "./env.ts";
import { openErp } from "./erp/erp.ts";
import { log, reasonOf } from "./log.ts";
import { sleep } from "./loop.ts";
import { workerLoops } from "./loops.ts";
import { mailer } from "./mailer.ts";
import { openQueries } from "./queries.ts";
import { startLoops } from "./run-loops.ts";
import { smsGateway } from "./sms.ts";

const patienceMs = 15_000;
const closeWatchers = await openWatchers("worker", env, (facts, message) => log.warn(facts, message));
endByMistake(log, closeWatchers);

const queries = openQueries(env.WORKER_DATABASE_URL);
// The provider takes two mails a second, from all our loops together.
const deliver = paced(mailer({ apiKey: env.RESEND_API_KEY, baseUrl: env.RESEND_BASE_URL, from: env.MAIL_FROM }), 500);
const { SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: token, SMS_SENDER: sender } = env;
const deliverText = url && token ? paced(smsGateway({ url, token, sender }), 500) : null;
const {
  SLACK_WEBHOOK_CRITICAL: critical,
  SLACK_WEBHOOK_PRODUCTION: production,
  SLACK_WEBHOOK_WARNING: warning,
  DEAD_MAN_URL: deadManUrl,
} = env;
const slack = critical && production && warning ? { critical, production, warning } : null;
const audit = openAudit({
  databaseUrl: env.WORKER_DATABASE_URL,
  signer: env.AUDIT_SIGNING_KEY,
  earlierKeys: env.AUDIT_PUBLIC_KEY ?? [],
  headsFile: env.AUDIT_HEADS_FILE,
});
const erpAccess = { baseUrl: env.ERP_BASE_URL, apiKey: env.ERP_API_KEY, deadlineMs: env.ERP_TIMEOUT_MS };

const loops = startLoops((wake) => {
  const erp = openErp(erpAccess, queries, () => void wake("erp.back"));
  const { APP_URL: appUrl, HQ_WHATSAPP: whatsapp, SALES_INBOX: salesInbox } = env;
  const maintenance = env.MAINTENANCE_MODE !== undefined && env.MAINTENANCE_MODE !== "OFF";
  const { JOURNEY_EMAIL: email, JOURNEY_PASSWORD: password, UPTIME_SECRET: uptimeSecret } = env;
  const journey = email && password ? { account: { email, password }, uptimeSecret } : null;
  const ours = { queries, deliver, deliverText, slack, deadManUrl, appUrl, whatsapp, salesInbox, journey };
  return workerLoops({ ...ours, maintenance, audit, erp, wake });
});
const boss = openBoss(env.WORKER_DATABASE_URL);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(signal));

await startBoss(boss, loops);
log.info("worker ready");

/** Ends what is running in order; whatever takes longer than our patience is a lease that runs out by itself. */
async function stop(signal: string): Promise<never> {
  log.info({ signal }, "worker stops");
  const ended = Promise.allSettled([loops.stop(), boss.stop({ graceful: true, timeout: patienceMs - 5_000 })]).then(
    () => Promise.all([queries.close(), closeWatchers()]),
  );
  await Promise.race([ended, sleep(patienceMs)]).catch((error: unknown) =>
    log.warn({ reason: reasonOf(error) }, "stopping"),
  );
  process.exit(0);
}
