import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Message } from "./state.ts";

export const eventTypes = [
  "email.sent",
  "email.delivered",
  "email.delivery_delayed",
  "email.bounced",
  "email.complained",
  "email.failed",
] as const;
export type EventType = (typeof eventTypes)[number];

/** Where the application listens, and the secret that both know. */
export type Listener = { url: string; secret: string };
export type Told = { type: EventType; eventId?: string; at?: Date; sentAt?: Date };

/**
 * Tells the application about a mail as the provider does: signed over id, time and body. `eventId` again is the same
 * event again; `sentAt` moves the signed time, as in a replay. @returns the status of its answer.
 */
export async function tell(
  { url, secret }: Listener,
  message: Message,
  { type, eventId = `msg_${randomUUID()}`, at = new Date(), sentAt = new Date() }: Told,
): Promise<number> {
  const body = JSON.stringify({
    type,
    created_at: at.toISOString(),
    data: {
      email_id: message.id,
      created_at: message.received_at,
      from: message.from,
      to: message.to,
      subject: message.subject,
      tags: Object.fromEntries((message.tags ?? []).map(({ name, value }) => [name, value])),
      ...(type === "email.bounced"
        ? { bounce: { type: "Permanent", subType: "General", message: `550 5.1.1 <${message.to[0]}> user unknown` } }
        : {}),
    },
  });
  const signature = new Webhook(secret).sign(eventId, sentAt, body);
  const headers = {
    "content-type": "application/json",
    "svix-id": eventId,
    "svix-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
    "svix-signature": signature,
  };
  return (await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(10_000) })).status;
}
