import {
  notificationFacts,
  causeIn,
  happenedIn,
  incidentUrl,
  notificationSms,
  notificationText,
} from "#app/incidents/notification.ts";
import { postToSlack, slackChannels, type SlackChannel, type SlackOutcome } from "#app/incidents/slack.ts";
import { paper } from "#app/playbooks/paper.ts";
import type { Mail } from "#emails/layout.tsx";
import type { Deliver, Delivery } from "#jobs/deliver.ts";
import { job } from "#jobs/job.ts";
import { log } from "#jobs/log.ts";
import type { DueNotification, NotificationChannel, WorkerQueries } from "#jobs/queries.ts";

const batch = 5;
const idleMs = 2_000;
const slackDeadlineMs = 5_000;

export type Webhooks = Record<SlackChannel, string>;
type Tools = {
  queries: Pick<WorkerQueries, "claimNotifications" | "settleNotification">;
  appUrl: string;
  /** The head office's number, 62…: where photos of paper notes go. */
  whatsapp: string;
};
type Send = (notification: DueNotification) => Promise<SlackOutcome | Delivery>;

const queueOf = {
  SLACK: "incident.changed.slack",
  MAIL: "incident.changed.mail",
  SMS: "incident.changed.sms",
} as const;

/** One pass over what is due by one channel; returns the pause after it. */
async function tellBy(channel: NotificationChannel, send: Send, { queries }: Tools): Promise<number> {
  const due = await queries.claimNotifications(channel, batch);
  for (const notification of due) {
    const what = { notification: notification.id, channel, kind: notification.kind };
    await job(queueOf[channel], notification.request_id, what, async () => {
      const outcome = await send(notification);
      await queries.settleNotification(notification, outcome);
      const facts = { ...what, outcome: outcome.kind };
      if (outcome.kind === "accepted") log.info(facts, "told of an incident");
      else log.warn(facts, "not told of an incident");
    });
  }
  return due.length === batch ? 0 : idleMs;
}

/** What cannot be written will not be by trying again: the next channel says what it can. */
const factsOf = ({ facts }: DueNotification) => notificationFacts.safeParse(facts).data ?? null;

/** «Back to paper notes» says at once what that means: the text to salesmen, as playbook D has it. */
const stepsOf = (kind: string, { whatsapp }: Tools) => (kind === "LATE_BLACKOUT" ? paper(whatsapp) : "");
const unreadable = { kind: "refused", reason: "facts that nobody can read" } as const;

export const tellBySlack = (webhooks: Webhooks, tools: Tools) =>
  tellBy(
    "SLACK",
    async (notification) => {
      const facts = factsOf(notification);
      const channel = slackChannels.find((name) => name === notification.target);
      if (!facts || !channel) return unreadable;
      const text = notificationText("id", notification.kind, facts, tools.appUrl);
      const steps = stepsOf(notification.kind, tools);
      return postToSlack(webhooks[channel], steps ? `${text}\n${steps}` : text, slackDeadlineMs);
    },
    tools,
  );

export const tellByMail = (deliver: Deliver<Mail>, tools: Tools) =>
  tellBy(
    "MAIL",
    async (notification) => {
      const facts = factsOf(notification);
      if (!facts || !notification.address) return unreadable;
      const { incidentTold } = await import("#emails/incident-mails.tsx");
      const { language: lang, kind, created_at: asOf } = notification;
      const mail = await incidentTold(
        lang,
        {
          ref: facts.ref,
          severity: facts.severity,
          happened: happenedIn(lang, kind),
          cause: causeIn(lang, facts.cause),
          subject: facts.subject ?? "",
          acknowledgedBy: facts.acknowledgedBy ?? "",
          url: incidentUrl(tools.appUrl, facts.ref),
          steps: stepsOf(kind, tools),
        },
        asOf,
      );
      return deliver(mail, notification.address, `notification/${notification.id}`);
    },
    tools,
  );

export const tellBySms = (deliver: Deliver<string>, tools: Tools) =>
  tellBy(
    "SMS",
    async (notification) => {
      const facts = factsOf(notification);
      if (!facts || !notification.address) return unreadable;
      const text = notificationSms(notification.language, notification.kind, facts, tools.appUrl);
      return deliver(text, notification.address, `notification/${notification.id}`);
    },
    tools,
  );
