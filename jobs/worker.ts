// The worker process: alerts to store owners, orders to the ERP, stock and credit from it. It may be killed at any
// point: what it was doing is a row with a lease, and the next worker finds it.
import { sendDueAlerts } from "./alerts.ts";
import { openBoss, startBoss } from "./boss.ts";
import { openCounter } from "./counter.ts";
import { env } from "./env.ts";
import { openErpDesk, type ErpDesk } from "./erp/desk.ts";
import { takeTurns } from "./erp/turn.ts";
import { log, reasonOf } from "./log.ts";
import { loop, sleep } from "./loop.ts";
import { mailer } from "./mailer.ts";
import { keepReviews } from "./reviews.ts";

const patienceMs = 15_000;

const counter = openCounter(env.WORKER_DATABASE_URL);
const deliver = mailer({ apiKey: env.RESEND_API_KEY, baseUrl: env.RESEND_BASE_URL, from: env.MAIL_FROM });
const alerts = loop("alerts", () =>
  sendDueAlerts({ counter, deliver, appUrl: env.APP_URL, whatsapp: env.HQ_WHATSAPP }),
);
const reviews = loop("reviews", () => keepReviews(counter));

let erpDesk: ErpDesk | null = null;
const turn = takeTurns(env.WORKER_DATABASE_URL, {
  begin() {
    erpDesk = openErpDesk({ baseUrl: env.ERP_BASE_URL, apiKey: env.ERP_API_KEY }, counter);
  },
  async end() {
    const ending = erpDesk;
    erpDesk = null;
    await ending?.stop();
  },
});

const boss = openBoss(env.WORKER_DATABASE_URL);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(signal));

await startBoss(boss, {
  counter,
  wakeAlerts: alerts.wake,
  wakePushes: () => erpDesk?.wakePushes(),
  wakePulls: () => erpDesk?.wakePulls(),
  wakeReviews: reviews.wake,
});
log.info("worker ready");

/** Ends what is running in order; whatever takes longer than our patience is a lease that runs out by itself. */
async function stop(signal: string): Promise<never> {
  log.info({ signal }, "worker stops");
  const ended = Promise.allSettled([
    alerts.stop(),
    reviews.stop(),
    turn.stop(),
    boss.stop({ graceful: true, timeout: patienceMs - 5_000 }),
  ]).then(() => counter.close());
  await Promise.race([ended, sleep(patienceMs)]).catch((error: unknown) => log.warn({ reason: reasonOf(error) }, "stopping"));
  process.exit(0);
}
