import { createHash } from "node:crypto";
import path from "node:path";
import { auditHeadsFile, auditPublicKey, type Credentials } from "#supabase/local/data-dir.ts";
import { databaseUrl } from "#supabase/local/platform.ts";

export type Ports = { postgres: number; auth: number; erp: number; mail: number; sms: number; web: number };
export type Part = "postgres" | "mail" | "sms" | "erp" | "auth" | "worker" | "web" | "watcher";

/** The environment variable that moves each port. */
export const portVariables = {
  web: "PORT",
  postgres: "POSTGRES_PORT",
  auth: "AUTH_PORT",
  erp: "ERP_PORT",
  mail: "MAIL_PORT",
  sms: "SMS_PORT",
} as const;

/** Where a person finds the demo, unless the variables above say otherwise. */
export function demoPorts(env: Record<string, string | undefined>): Ports {
  const port = (name: keyof Ports, usual: number) => Number(env[portVariables[name]] || usual);
  return {
    web: port("web", 3000),
    postgres: port("postgres", 54322),
    auth: port("auth", 54321),
    erp: port("erp", 4010),
    mail: port("mail", 4020),
    sms: port("sms", 4030),
  };
}

/** All addresses of one running stack. */
export function addresses(ports: Ports, credentials: Credentials) {
  const http = (port: number) => `http://127.0.0.1:${port}`;
  return {
    app: http(ports.web),
    auth: http(ports.auth),
    erp: http(ports.erp),
    mailbox: http(ports.mail),
    sms: http(ports.sms),
    /** As `postgres`, the owner: for seeds and tests, never for web or worker. */
    admin: databaseUrl(ports.postgres, "postgres", credentials.postgres),
    web: databaseUrl(ports.postgres, "web", credentials.web),
    worker: databaseUrl(ports.postgres, "worker", credentials.worker),
  };
}

/** What each process is told: its own login and no other. */
export function environments(
  dataDir: string,
  ports: Ports,
  credentials: Credentials,
): Record<Exclude<Part, "postgres">, Record<string, string>> {
  const at = addresses(ports, credentials);
  const mail = mailOf(at.mailbox, credentials.resendApiKey);
  const { webhook, smsToken, metrics, uptime } = derivedSecrets(credentials);
  const shared = {
    APP_URL: at.app,
    HQ_WHATSAPP: "628110000000",
    SENTRY_DSN: `${at.sms.replace("//", "//demo@")}/1`,
    // The same code paths as in production: React's fast build, strict settings.
    NODE_ENV: "production",
  };
  return {
    ...standIns(dataDir, ports, credentials),
    auth: {
      ...mail,
      PORT: String(ports.auth),
      APP_URL: at.app,
      AUTH_DATABASE_URL: databaseUrl(ports.postgres, "supabase_auth_admin", credentials.supabaseAuthAdmin),
      SUPABASE_JWT_SECRET: credentials.jwtSecret,
      SUPABASE_PUBLISHABLE_KEY: credentials.publishableKey,
      SUPABASE_SECRET_KEY: credentials.secretKey,
    },
    worker: {
      ...shared,
      ...mail,
      SMS_GATEWAY_URL: `${at.sms}/messages`,
      SMS_GATEWAY_TOKEN: smsToken,
      ...slackOf(at.sms),
      ERP_BASE_URL: at.erp,
      ERP_API_KEY: credentials.erpApiKey,
      WORKER_DATABASE_URL: at.worker,
      AUDIT_SIGNING_KEY: credentials.auditSigningKey,
      AUDIT_HEADS_FILE: auditHeadsFile(dataDir),
    },
    web: {
      ...shared,
      ...leadsOf(dataDir, mail),
      // As in `npm start`: pages are short-lived garbage, which a young generation of this size takes in its stride;
      // left to itself the heap grows lazily to twice the memory for nothing.
      NODE_OPTIONS: "--max-semi-space-size=8 --max-old-space-size=192",
      PORT: String(ports.web),
      DATABASE_URL: at.web,
      SUPABASE_URL: at.auth,
      SUPABASE_PUBLISHABLE_KEY: credentials.publishableKey,
      SUPABASE_JWT_SECRET: credentials.jwtSecret,
      TRUSTED_PROXY_HOPS: "0",
      RESEND_WEBHOOK_SECRET: webhook,
      MAILBOX_URL: at.mailbox,
      AUDIT_PUBLIC_KEY: auditPublicKey(credentials),
      SMS_URL: at.sms,
      METRICS_TOKEN: metrics,
      UPTIME_SECRET: uptime,
      ...slackOf(at.sms),
    },
    watcher: {
      NODE_ENV: "production",
      APP_URL: at.app,
      WATCHER_STATE_FILE: path.join(dataDir, "watcher.json"),
      METRICS_TOKEN: metrics,
      UPTIME_SECRET: uptime,
      ...slackOf(at.sms),
    },
  };
}

const mailOf = (url: string, key: string) => ({
  RESEND_BASE_URL: url,
  RESEND_API_KEY: key,
  MAIL_FROM: "Alfa Beauty Cosmetica <order@alfa.test>",
  SALES_INBOX: "sales@alfa.test",
});
/** By which the web mails and keeps a lead while its database is away. */
const leadsOf = (dataDir: string, { RESEND_API_KEY, ...mail }: ReturnType<typeof mailOf>) => ({
  ...mail,
  WEB_RESEND_API_KEY: RESEND_API_KEY,
  LEADS_FOLDER: path.join(dataDir, "leads"),
});

/** The pretended Slack answers where the pretended SMS gateway does. */
const slackOf = (at: string) => ({
  SLACK_WEBHOOK_CRITICAL: `${at}/slack/critical`,
  SLACK_WEBHOOK_PRODUCTION: `${at}/slack/production`,
  SLACK_WEBHOOK_WARNING: `${at}/slack/warning`,
});

/** Other companies' servers, pretended: they are told where the system is. */
function standIns(dataDir: string, ports: Ports, credentials: Credentials) {
  const at = addresses(ports, credentials);
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

// Both sides know their secret by the same rule, so that a folder made by an older version needs no new credentials.
function derivedSecrets({ resendApiKey }: Credentials) {
  const derived = (name: string) => createHash("sha256").update(`${name} ${resendApiKey}`).digest("base64");
  return {
    webhook: `whsec_${derived("webhook")}`,
    smsToken: derived("sms"),
    metrics: derived("metrics"),
    uptime: derived("uptime"),
  };
}
