import { createHash } from "node:crypto";
import path from "node:path";
import type { Credentials } from "#supabase/local/data-dir.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import type { addresses, Ports } from "./environment.ts";

type At = ReturnType<typeof addresses>;

/** The mail provider, pretended. */
export const mailOf = (url: string, key: string) => ({
  RESEND_BASE_URL: url,
  RESEND_API_KEY: key,
  MAIL_FROM: "Alfa Beauty Cosmetica <order@alfa.test>",
  SALES_INBOX: "sales@alfa.test",
});
/** By which the web mails and keeps a lead while its database is away. */
export const leadsOf = (dataDir: string, { RESEND_API_KEY, ...mail }: ReturnType<typeof mailOf>) => ({
  ...mail,
  WEB_RESEND_API_KEY: RESEND_API_KEY,
  LEADS_FOLDER: path.join(dataDir, "leads"),
});

/** The pretended Slack answers where the pretended SMS gateway does. */
export const slackOf = (at: string) => ({
  SLACK_WEBHOOK_CRITICAL: `${at}/slack/critical`,
  SLACK_WEBHOOK_PRODUCTION: `${at}/slack/production`,
  SLACK_WEBHOOK_WARNING: `${at}/slack/warning`,
});

/** Other companies' servers, pretended: they are told where the system is. */
export function standIns(dataDir: string, ports: Ports, at: At, credentials: Credentials) {
  const { webhook, smsToken } = derivedSecrets(credentials);
  return {
    mail: {
      PORT: String(ports.mail),
      MAIL_STATE_FILE: path.join(dataDir, "mailbox.json"),
      SMS_URL: at.sms,
      WEBHOOK_URL: `${at.app}/webhooks/resend`,
      WEBHOOK_SECRET: webhook,
    },
    sms: {
      PORT: String(ports.sms),
      SMS_STATE_FILE: path.join(dataDir, "sms.json"),
      SLACK_STATE_FILE: path.join(dataDir, "slack.json"),
      SMS_GATEWAY_TOKEN: smsToken,
      MAIL_URL: at.mailbox,
    },
    erp: {
      PORT: String(ports.erp),
      ERP_STATE_FILE: path.join(dataDir, "erp.json"),
      ERP_API_KEY: credentials.erpApiKey,
    },
  };
}

/** Both sides know their secret by one rule, so that a folder made by an older version needs no new credentials. */
export function derivedSecrets({ resendApiKey }: Credentials) {
  const derived = (name: string) => createHash("sha256").update(`${name} ${resendApiKey}`).digest("base64");
  return {
    webhook: `whsec_${derived("webhook")}`,
    smsToken: derived("sms"),
    metrics: derived("metrics"),
    uptime: derived("uptime"),
  };
}

/** The store that only tries: the demo makes it. */
export const journeyEmail = "cek@demo.test";
export const journeyOf = (credentials: Credentials) => ({
  JOURNEY_EMAIL: journeyEmail,
  JOURNEY_PASSWORD: demoPassword,
  UPTIME_SECRET: outsideOf(credentials).UPTIME_SECRET,
});

/** By which what is seen from outside is read and told. */
export function outsideOf(credentials: Credentials) {
  const { metrics, uptime } = derivedSecrets(credentials);
  return { METRICS_TOKEN: metrics, UPTIME_SECRET: uptime };
}

/** What the watcher is told: no login, and no key but those two. */
export const watcherOf = (dataDir: string, at: At, credentials: Credentials) => ({
  NODE_ENV: "production",
  APP_URL: at.app,
  WATCHER_STATE_FILE: path.join(dataDir, "watcher.json"),
  ...outsideOf(credentials),
  ...slackOf(at.sms),
});
