import type { Mail } from "#emails/layout.tsx";
import type { WorkerQueries, DueMail } from "./queries.ts";
import type { Deliver } from "./deliver.ts";
import { job } from "./job.ts";
import { log, reasonOf } from "./log.ts";

const batch = 4;
const idleMs = 5_000;

type Tools = {
  queries: WorkerQueries;
  deliver: Deliver<Mail>;
  appUrl: string;
  whatsapp: string;
  /** Where a mail goes whose recipient is SALES_INBOX. */
  salesInbox: string;
  /** What stores are told of their orders goes too. */
  toStores?: boolean;
};

/** One pass over the mails that are due, whatever they tell; returns the pause after it. */
export async function sendDueMails({
  queries,
  deliver,
  appUrl,
  whatsapp,
  salesInbox,
  toStores,
}: Tools): Promise<number> {
  const due = await queries.claimMails(batch, toStores);
  for (const mail of due)
    await job("mail.written.send", mail.request_id, { mail: mail.id, kind: mail.kind }, async () => {
      const message = await written(mail, { appUrl, whatsapp });
      const delivery =
        typeof message === "string"
          ? ({ kind: "refused", reason: message } as const)
          : await deliver(message, mail.recipient === "SALES_INBOX" ? salesInbox : mail.recipient, mail.provider_key);
      await queries.settleMail(mail.id, delivery);
      const facts = { mail: mail.id, kind: mail.kind, outcome: delivery.kind };
      if (delivery.kind === "accepted") log.info(facts, "mail sent");
      else log.warn(facts, "mail not sent");
    });
  return due.length === batch ? 0 : idleMs;
}

/** The mail, or why it cannot be written: trying again would not change that. */
async function written(
  { kind, language, props, created_at }: DueMail,
  ours: { appUrl: string; whatsapp: string },
): Promise<Mail | string> {
  const { writeMail } = await import("#emails/mails.ts");
  try {
    return await writeMail(kind, language, { ...props, ...ours }, created_at);
  } catch (error) {
    return reasonOf(error);
  }
}
