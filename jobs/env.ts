import { z } from "zod";
import { databaseUrl, httpUrl, nodeEnv, phone, readSettings, secret, settingsOrExit, text } from "#app/env-rules.ts";

// The only reader of process.env in the worker. The web's login and sign-in secrets never need to be given to it.

const worker = z.object({
  NODE_ENV: nodeEnv,
  WORKER_DATABASE_URL: databaseUrl,
  APP_URL: httpUrl,
  RESEND_API_KEY: secret,
  RESEND_BASE_URL: httpUrl.default("https://api.resend.com"),
  MAIL_FROM: text,
  SMS_GATEWAY_URL: httpUrl.optional(),
  SMS_GATEWAY_TOKEN: secret.optional(),
  SMS_SENDER: text.default("ALFABEAUTY"),
  ERP_BASE_URL: httpUrl,
  ERP_API_KEY: secret,
  HQ_WHATSAPP: phone,
}).superRefine((value, context) => {
  if ((value.SMS_GATEWAY_URL === undefined) === (value.SMS_GATEWAY_TOKEN === undefined)) return;
  const path = value.SMS_GATEWAY_URL === undefined ? "SMS_GATEWAY_URL" : "SMS_GATEWAY_TOKEN";
  context.addIssue({ code: "custom", path: [path], message: "is needed beside the other of the two" });
});

export const env = settingsOrExit(() => readSettings(worker, process.env, ["RESEND_API_KEY", "SMS_GATEWAY_TOKEN", "ERP_API_KEY"]));
