import type { Mail } from "#emails/layout.tsx";
import type { WorkerQueries, DueNotice } from "./queries.ts";
import type { Deliver } from "./deliver.ts";
import { log, reasonOf } from "./log.ts";

const batch = 4;
const idleMs = 5_000;

type Tools = { queries: WorkerQueries; deliver: Deliver<Mail>; appUrl: string; whatsapp: string };

/** One pass over the letters that are due, whatever they tell; returns the pause after it. */
export async function sendDueNotices({ queries, deliver, appUrl, whatsapp }: Tools): Promise<number> {
  const due = await queries.claimNotices(batch);
  for (const notice of due) {
    const letter = await written(notice, { appUrl, whatsapp });
    const delivery =
      typeof letter === "string"
        ? ({ kind: "refused", reason: letter } as const)
        : await deliver(letter, notice.recipient, `notice/${notice.id}`);
    await queries.settleNotice(notice.id, delivery);
    const facts = { notice: notice.id, kind: notice.kind, outcome: delivery.kind };
    if (delivery.kind === "accepted") log.info(facts, "notice sent");
    else log.warn(facts, "notice not sent");
  }
  return due.length === batch ? 0 : idleMs;
}

/** The letter, or why it cannot be written: trying again would not change that. */
async function written(
  { kind, language, props }: DueNotice,
  ours: { appUrl: string; whatsapp: string },
): Promise<Mail | string> {
  const { writeNotice } = await import("#emails/notices.ts");
  try {
    return await writeNotice(kind, language, { ...props, ...ours });
  } catch (error) {
    return reasonOf(error);
  }
}
