import type { Mail } from "#emails/layout.tsx";
import type { Channel, WorkerQueries, DueAlert } from "./queries.ts";
import type { Deliver } from "./deliver.ts";
import { job } from "./job.ts";
import { log } from "./log.ts";
import { alertSms, legible, shortUrl } from "./sms-text.ts";

const batch = 4;
const idleMs = 2_000;
/** Short of the lease of two minutes: after that somebody else may be sending it. */
const leaseMs = 100_000;

type Tools = { queries: WorkerQueries; appUrl: string; whatsapp: string };
/** One channel to the owner: how its message is written and who takes it. */
type Sending<Message> = {
  channel: Channel;
  write: (alert: DueAlert, tools: Tools) => Promise<Message> | Message;
  deliver: Deliver<Message>;
};

/**
 * Passes over the e-mails that are due. Before the first mail, and again after each start, it says which channels
 * this worker serves: from then on orders get what it can send.
 */
export function openAlerts({ channels, ...tools }: Tools & { deliver: Deliver<Mail>; channels: Channel[] }) {
  let declared = false;
  return async (): Promise<number> => {
    if (!declared) await tools.queries.declareChannels(channels);
    declared = true;
    return sendDueAlerts(tools);
  };
}

/** One pass over the e-mails that are due; returns the pause after it. */
export const sendDueAlerts = ({ deliver, ...tools }: Tools & { deliver: Deliver<Mail> }): Promise<number> =>
  sendDue({ channel: "EMAIL", write: mailOf, deliver }, tools);

/** The same for SMS. */
export const sendDueSms = ({ deliver, ...tools }: Tools & { deliver: Deliver<string> }): Promise<number> =>
  sendDue({ channel: "SMS", write: smsOf, deliver }, tools);

/**
 * A crash anywhere leaves the row to the next lease; the order's id as key, and a message made of nothing but what was
 * stored with the order, keep the provider from sending twice.
 */
async function sendDue<Message>({ channel, write, deliver }: Sending<Message>, tools: Tools): Promise<number> {
  const claimed = Date.now();
  const due = await tools.queries.claimAlerts(channel, batch);
  for (const alert of due)
    await job("order.shadow-placed.alert", alert.request_id, { order: alert.content.number, channel }, async () => {
      const message = await write(alert, tools);
      if (Date.now() - claimed > leaseMs) return; // The machine slept: the lease has run out, or is about to.
      const delivery = await deliver(message, alert.recipient, keyOf(channel, alert), alert.reference);
      await tools.queries.settleAlert(channel, alert, delivery);
      const facts = { order: alert.content.number, channel, outcome: delivery.kind };
      if (delivery.kind === "accepted") log.info(facts, "owner told");
      else log.warn(facts, "owner not told");
    });
  return due.length === batch ? 0 : idleMs;
}

// Sent again by staff, it is another mail.
function keyOf(channel: Channel, { order_id, generation }: DueAlert): string {
  const key = channel === "SMS" ? `shadow-alert/${order_id}/sms` : `shadow-alert/${order_id}`;
  return generation === 1 ? key : `${key}/${generation}`;
}

async function mailOf({ content, token }: DueAlert, { appUrl, whatsapp }: Tools): Promise<Mail> {
  // Only now: the mail's library takes a second to load, which a worker that starts after a crash does not have to
  // wait for.
  const { shadowAlert } = await import("#emails/shadow-alert.tsx");
  return shadowAlert(content.language, {
    storeName: content.store,
    salesmanName: content.salesman,
    orderNumber: content.number,
    total: content.total,
    lines: content.lines,
    light: content.light,
    degraded: content.degraded,
    placedAt: content.placedAt,
    orderUrl: `${appUrl}/orders/${content.number}`,
    disputeUrl: `${appUrl}/bukan-saya/${token}`,
    whatsapp,
  });
}

const smsOf = ({ content, token }: DueAlert, { appUrl }: Tools): string =>
  alertSms(
    {
      storeName: legible(content.store, content.storeCode),
      salesmanName: legible(content.salesman, content.salesmanCode),
      total: content.total,
      url: shortUrl(appUrl, token),
    },
    content.language,
  );
