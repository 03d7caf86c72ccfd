import { z } from "zod";
import {
  databaseUrl,
  httpUrl,
  mailbox,
  maintenanceMode,
  nodeEnv,
  phone,
  readSettings,
  secret,
  settingsOrExit,
  text,
} from "#app/env-rules.ts";
import { refuseHalfSlack, slackSettings, webhookUrl } from "#app/env-slack.ts";
import { watchSettings } from "#app/watched.ts";
import { openPublicKeys, openSigner } from "./audit/keys.ts";
import { timeoutMs } from "./erp/timeout.ts";
import { gsmLength, longestAppUrl } from "./sms-text.ts";

// The only reader of process.env in the worker. The web's login and sign-in secrets never need to be given to it.

/** A setting that `open` understands. */
const opened = <T>(open: (value: string) => T, words: string) =>
  z.string().transform((value, context) => {
    try {
      return open(value);
    } catch {
      context.addIssue({ code: "custom", message: words });
      return z.NEVER;
    }
  });

const worker = z
  .object({
    NODE_ENV: nodeEnv,
    WORKER_DATABASE_URL: databaseUrl,
    APP_URL: httpUrl,
    RESEND_API_KEY: secret,
    RESEND_BASE_URL: httpUrl.default("https://api.resend.com"),
    MAIL_FROM: text,
    SALES_INBOX: mailbox,
    SMS_GATEWAY_URL: httpUrl.optional(),
    SMS_GATEWAY_TOKEN: secret.optional(),
    SMS_SENDER: text.default("ALFABEAUTY"),
    ...slackSettings,
    ...watchSettings,
    DEAD_MAN_URL: webhookUrl.optional(),
    // The store that only tries: without it no journey is made.
    JOURNEY_EMAIL: mailbox.optional(),
    JOURNEY_PASSWORD: z.string().optional(),
    UPTIME_SECRET: secret.min(24, "is shorter than 24 characters").optional(),
    ERP_BASE_URL: httpUrl,
    ERP_API_KEY: secret,
    ERP_TIMEOUT_MS: timeoutMs,
    HQ_WHATSAPP: phone,
    AUDIT_SIGNING_KEY: opened(openSigner, "is not a private Ed25519 key (PKCS8: PEM, or base64 of DER)"),
    AUDIT_PUBLIC_KEY: opened(openPublicKeys, "is not a list of public Ed25519 keys (PEM, or base64 of DER)").optional(),
    AUDIT_HEADS_FILE: text,
    MAINTENANCE_MODE: maintenanceMode,
  })
  .superRefine((value, context) => {
    refuseHalfSlack(value, context);
    if ((value.JOURNEY_EMAIL === undefined) !== (value.JOURNEY_PASSWORD === undefined))
      context.addIssue({
        code: "custom",
        path: [value.JOURNEY_EMAIL === undefined ? "JOURNEY_EMAIL" : "JOURNEY_PASSWORD"],
        message: "is needed beside the other of the two",
      });
    if (value.SMS_GATEWAY_URL !== undefined && gsmLength(value.APP_URL) > longestAppUrl)
      context.addIssue({
        code: "custom",
        path: ["APP_URL"],
        message: `is too long for a text message's link: ${gsmLength(value.APP_URL)} letters, at most ${longestAppUrl}`,
      });
    if ((value.SMS_GATEWAY_URL === undefined) === (value.SMS_GATEWAY_TOKEN === undefined)) return;
    const path = value.SMS_GATEWAY_URL === undefined ? "SMS_GATEWAY_URL" : "SMS_GATEWAY_TOKEN";
    context.addIssue({ code: "custom", path: [path], message: "is needed beside the other of the two" });
  });

export const env = settingsOrExit(() =>
  readSettings(worker, process.env, ["RESEND_API_KEY", "SMS_GATEWAY_TOKEN", "ERP_API_KEY"]),
);
