// The worker process: alerts to store owners, orders to the ERP, stock and credit from it. It may be killed at any
// point: what it was doing is a row with a lease, and the next worker finds it.
import { sweepAbuse } from "./abuse.ts";
import { sendDueAlerts, sendDueSms } from "./alerts.ts";
import { openAuditDesk } from "./audit/desk.ts";
import { openBoss, startBoss } from "./boss.ts";
import { openCounter } from "./counter.ts";
import { paced } from "./deliver.ts";
import { env } from "./env.ts";
import { openErpDesk } from "./erp/desk.ts";
import { locate } from "./geo/locate.ts";
import { inspectDueOrders } from "./inspect.ts";
import { log, reasonOf } from "./log.ts";
import { loop, sleep } from "./loop.ts";
import { watchLogins } from "./logins.ts";
import { mailer } from "./mailer.ts";
import { sendDueNotices } from "./notices.ts";
import { watchNotifications } from "./notifications.ts";
import { openShutOuts } from "./shut-outs.ts";
import { smsGateway } from "./sms.ts";
import { keepErpWeek } from "./stock-check.ts";
import { keepReviews } from "./reviews.ts";

const patienceMs = 15_000;

const counter = openCounter(env.WORKER_DATABASE_URL);
// The provider takes two letters a second, from all our loops together.
const deliver = paced(mailer({ apiKey: env.RESEND_API_KEY, baseUrl: env.RESEND_BASE_URL, from: env.MAIL_FROM }), 500);
const { SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: token, SMS_SENDER: sender } = env;
const text = url && token ? paced(smsGateway({ url, token, sender }), 500) : null;
const ours = { counter, appUrl: env.APP_URL, whatsapp: env.HQ_WHATSAPP };

let declared = false;
const alerts = loop("alerts", async () => {
  // Before the first letter, and again after each start: from then on orders also get what this worker can send.
  if (!declared) await counter.declareChannels(text ? ["EMAIL", "SMS"] : ["EMAIL"]);
  declared = true;
  return sendDueAlerts({ ...ours, deliver });
});
const texts = text && loop("texts", () => sendDueSms({ ...ours, deliver: text }));
const notices = loop("notices", () => sendDueNotices({ ...ours, deliver }));
const inspections = loop("inspections", () => inspectDueOrders({ counter, locate }));
const abuse = loop("abuse", () => sweepAbuse(counter));
const notifications = loop("notifications", () => watchNotifications(counter));
const logins = loop("logins", () => watchLogins(counter));
const shutOuts = loop("shut outs", openShutOuts(counter));
const reviews = loop("reviews", () => keepReviews(counter));
const auditDesk = openAuditDesk({
  databaseUrl: env.WORKER_DATABASE_URL,
  signer: env.AUDIT_SIGNING_KEY,
  earlierKeys: env.AUDIT_PUBLIC_KEY ?? [],
  headsFile: env.AUDIT_HEADS_FILE,
});

const erpDesk = openErpDesk({ baseUrl: env.ERP_BASE_URL, apiKey: env.ERP_API_KEY }, counter);
const erpWeek = loop("erp-week", () => keepErpWeek(counter, erpDesk.wakePulls));

const boss = openBoss(env.WORKER_DATABASE_URL);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(signal));

await startBoss(boss, {
  counter,
  wakeAbuse: abuse.wake,
  wakeAlerts: () => {
    alerts.wake();
    texts?.wake();
  },
  wakeInspections: inspections.wake,
  wakeNotices: notices.wake,
  wakePushes: erpDesk.wakePushes,
  wakePulls: erpDesk.wakePulls,
  wakeErpWeek: erpWeek.wake,
  wakeReviews: reviews.wake,
});
log.info("worker ready");

/** Ends what is running in order; whatever takes longer than our patience is a lease that runs out by itself. */
async function stop(signal: string): Promise<never> {
  log.info({ signal }, "worker stops");
  const ended = Promise.allSettled([
    alerts.stop(),
    texts?.stop(),
    notices.stop(),
    inspections.stop(),
    abuse.stop(),
    notifications.stop(),
    reviews.stop(),
    shutOuts.stop(),
    logins.stop(),
    erpWeek.stop(),
    auditDesk.stop(),
    erpDesk.stop(),
    boss.stop({ graceful: true, timeout: patienceMs - 5_000 }),
  ]).then(() => counter.close());
  await Promise.race([ended, sleep(patienceMs)]).catch((error: unknown) =>
    log.warn({ reason: reasonOf(error) }, "stopping"),
  );
  process.exit(0);
}
