import sql from "sql-template-tag";
import { type Db, writeAs } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { notificationFacts, notificationText } from "./notification.ts";
import { postToSlack } from "./slack.ts";

/** The queue of notifications for Slack: what was put into it by a transaction of ours may be a SEV-1. */
const slackQueue = "incident.changed.slack";
const deadlineMs = 2_000;
const nobody = { ip: "", userAgent: "", requestId: "" };

type Claimed = { id: number; ticket: number; kind: string; facts: Record<string, unknown> };

/**
 * After a transaction of ours was committed: when it opened a SEV-1, this process takes that one message and tries
 * Slack at once, for two seconds, without waiting for a worker. Whatever becomes of it, the row stays: what was not
 * taken is the worker's after ten seconds.
 */
export async function tellUrgent(queues: string): Promise<void> {
  const webhook = env.SLACK_WEBHOOK_CRITICAL;
  if (!webhook || !queues.split(",").includes(slackQueue)) return;
  const claimed = await writeAs(null, nobody, claimUrgent);
  if (!claimed) return;
  const facts = notificationFacts.safeParse(claimed.facts).data;
  if (!facts) return;
  const outcome = await postToSlack(webhook, notificationText("id", claimed.kind, facts, env.APP_URL), deadlineMs);
  const reason = "reason" in outcome ? outcome.reason : null;
  await writeAs(null, nobody, (db) => settleUrgent(db, claimed.id, claimed.ticket, outcome.kind.toUpperCase(), reason));
}

/** Takes the newest SEV-1 message that nobody tried yet, for ten seconds. */
export const claimUrgent = (db: Db) =>
  db.maybe<Claimed>(sql`select id, ticket, kind, facts from app.claim_urgent_notification()`);

/** Says how the try went. Nothing for a ticket that is not its own. */
export const settleUrgent = (db: Db, id: number, ticket: number, outcome: string, reason: string | null) =>
  db.one(sql`select app.settle_urgent_notification(${id}, ${ticket}, ${outcome}, ${reason})`);
