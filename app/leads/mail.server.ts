import { createHash } from "node:crypto";
import { env } from "#app/env.server.ts";
import type { Lead } from "./lead.ts";

const deadlineMs = 2_000;

/** The provider's name for the mail of a lead: the same from here and from the worker, so that it is one mail. */
export const providerKey = (key: string) => `lead/${createHash("sha256").update(key).digest("hex")}`;

/**
 * Mails a lead to the sales inbox from this process: for the time in which the database, and so the worker's outbox, is
 * away. True when the provider has taken it.
 */
export async function mailLead({ consent: _, ...lead }: Lead, key: string, at: Date): Promise<boolean> {
  const { WEB_RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl, MAIL_FROM: from, SALES_INBOX: to } = env;
  if (!apiKey || !from || !to) return false;
  // Not before they are needed: a page has no use for either.
  const [{ Resend }, { writeMail }] = await Promise.all([import("resend"), import("#emails/mails.ts")]);
  const facts = { ...lead, ref: "", path: "/admin/leads", appUrl: env.APP_URL, whatsapp: env.HQ_WHATSAPP };
  const mail = await writeMail("LEAD_RECEIVED", "id", facts, at);
  const { data, error } = await new Resend(apiKey, { baseUrl }).emails
    .send({ from, to, ...mail }, { idempotencyKey: providerKey(key), signal: AbortSignal.timeout(deadlineMs) })
    .catch(() => ({ data: null, error: { name: "no_answer" } }));
  // Under this key it has been sent already, in other words: the worker, or an earlier try.
  return Boolean(data?.id) || error?.name === "invalid_idempotent_request";
}
