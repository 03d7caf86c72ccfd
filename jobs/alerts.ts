import type { Counter, DueAlert } from "./counter.ts";
import { log } from "./log.ts";
import { sleep } from "./loop.ts";
import type { Deliver } from "./mailer.ts";

const batch = 4;
const idleMs = 2_000;
/** The provider takes two letters a second. */
const betweenMs = 500;

type Tools = { counter: Counter; deliver: Deliver; appUrl: string; whatsapp: string };

/**
 * One pass over the alerts that are due; returns the pause after it. A crash anywhere leaves the row to the next
 * lease, and the order's id as key keeps the provider from sending twice.
 */
export async function sendDueAlerts({ counter, deliver, appUrl, whatsapp }: Tools): Promise<number> {
  const due = await counter.claimAlerts(batch);
  if (due.length === 0) return idleMs;
  // Only now: the letter's library takes a second to load, which a worker that starts after a crash does not have to wait for.
  const { shadowAlert } = await import("#emails/shadow-alert.tsx");
  for (const [index, alert] of due.entries()) {
    if (index > 0) await sleep(betweenMs);
    const letter = await shadowAlert(alert.language, contentOf(alert, appUrl, whatsapp));
    const delivery = await deliver(letter, alert.recipient, `shadow-alert/${alert.order_id}`);
    if (delivery.kind === "accepted") {
      await counter.alertSent(alert.order_id, delivery.id);
      log.info({ order: alert.number }, "owner told");
    } else {
      await counter.alertFailed(alert.order_id, delivery.reason, delivery.final);
      log.warn({ order: alert.number, final: delivery.final, reason: delivery.reason }, "owner not told");
    }
  }
  return due.length === batch ? betweenMs : idleMs;
}

function contentOf(alert: DueAlert, appUrl: string, whatsapp: string) {
  return {
    storeName: alert.store,
    salesmanName: alert.salesman,
    orderNumber: alert.number,
    total: alert.total,
    placedAt: alert.placed_at,
    orderUrl: `${appUrl}/orders/${alert.number}`,
    whatsapp,
  };
}
