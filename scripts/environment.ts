import { auditHeadsFile, auditPublicKey, type Credentials } from "#supabase/local/data-dir.ts";
import { databaseUrl } from "#supabase/local/platform.ts";
import { derivedSecrets, journeyOf, leadsOf, mailOf, outsideOf, slackOf, standIns, watcherOf } from "./stand-ins.ts";

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

/**
 * As in `npm start`: pages are short-lived garbage, which a young generation of this size takes in its stride; left to
 * itself the heap grows lazily to twice the memory for nothing.
 */
const webMemory = "--max-semi-space-size=8 --max-old-space-size=192";

/** What each process is told: its own login and no other. */
export function environments(
  dataDir: string,
  ports: Ports,
  credentials: Credentials,
): Record<Exclude<Part, "postgres">, Record<string, string>> {
  const at = addresses(ports, credentials);
  const mail = mailOf(at.mailbox, credentials.resendApiKey);
  const { webhook, smsToken } = derivedSecrets(credentials);
  const shared = {
    APP_URL: at.app,
    HQ_WHATSAPP: "628110000000",
    SENTRY_DSN: `${at.sms.replace("//", "//demo@")}/1`,
    // The same code paths as in production: React's fast build, strict settings.
    NODE_ENV: "production",
  };
  return {
    ...standIns(dataDir, ports, at, credentials),
    watcher: watcherOf(dataDir, at, credentials),
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
      ...journeyOf(credentials),
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
      NODE_OPTIONS: webMemory,
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
      ...outsideOf(credentials),
      ...slackOf(at.sms),
    },
  };
}
