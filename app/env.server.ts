import { z } from "zod";
import {
  databaseUrl,
  httpUrl,
  mailbox,
  maintenanceMode,
  nodeEnv,
  phone,
  publicKeys,
  readSettings,
  retiredKeys,
  secret,
  settingsOrExit,
  text,
} from "./env-rules.ts";
import { refuseHalfSlack, slackSettings } from "./env-slack.ts";
import { watchSettings } from "./watched.ts";

// The only reader of process.env in the web process. The ERP's key is the worker's and not asked for here; of the mail
// provider it has a key of its own, for one case.

const web = z
  .object({
    NODE_ENV: nodeEnv,
    APP_URL: httpUrl,
    HQ_WHATSAPP: phone,
    HOST: z.string().optional(),
    PORT: z.coerce.number("is not a number").int().min(1).max(65535).default(3000),
    DATABASE_URL: databaseUrl,
    // Prepared once per connection and found again by name, which takes that the next transaction runs on the same
    // connection.
    DB_STATEMENTS: z.enum(["named", "unnamed"], "is not named or unnamed").default("named"),
    SUPABASE_URL: httpUrl,
    SUPABASE_PUBLISHABLE_KEY: secret,
    SUPABASE_JWT_SECRET: secret.optional(),
    SUPABASE_JWT_RETIRED_KEYS: retiredKeys,
    // Digits and nothing else: a blank or «1.5» read as a number would be a wrong count that nobody notices.
    TRUSTED_PROXY_HOPS: z
      .string()
      .regex(/^([0-9]|10)$/, "is not a whole number from 0 to 10")
      .transform(Number)
      .optional(),
    // Without it there is no address for the mail provider's events at all.
    RESEND_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{24,}={0,2}$/, "is not a secret of the form whsec_...")
      .optional(),
    AUDIT_PUBLIC_KEY: publicKeys.optional(),
    // Without it there is no address for measurements at all.
    METRICS_TOKEN: secret.min(16, "is shorter than 16 characters").optional(),
    // What is seen from outside is told with it. Without it there is no address for that at all.
    UPTIME_SECRET: secret.min(24, "is shorter than 24 characters").optional(),
    // Of so many pages the phones are asked how fast they were.
    RUM_SHARE: z
      .string()
      .regex(/^(0|1|0?\.\d{1,4})$/, "is not a share from 0 to 1, such as 0.25")
      .default("1")
      .transform(Number),
    MAINTENANCE_MODE: maintenanceMode,
    // Where catalogue and prices lie for when we are closed. Without it nothing is said of them.
    OFFLINE_PACK_URL: httpUrl.optional(),
    ...slackSettings,
    ...watchSettings,
    // For leads that come while the database is away, and nothing else: all three, or such leads are lost to an error
    // that says so.
    WEB_RESEND_API_KEY: secret.optional(),
    RESEND_BASE_URL: httpUrl.default("https://api.resend.com"),
    MAIL_FROM: text.optional(),
    SALES_INBOX: mailbox.optional(),
    // What the public pages say of the company, where it is known.
    COMPANY_ADDRESS: text.optional(),
    SHOP_URL: httpUrl.optional(),
    LEADS_FOLDER: text.default(".data/leads"),
  })
  .superRefine((value, context) => {
    refuseHalfSlack(value, context);
    refuseHalfMail(value, context);
    if (value.NODE_ENV !== "production") return;
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    // Counted wrong, anybody could choose the address that sign-in limits count by: there is no safe default.
    if (value.TRUSTED_PROXY_HOPS === undefined) refuse("TRUSTED_PROXY_HOPS", "is missing");
    if (!value.APP_URL.startsWith("https://") && !isLoopback(value.APP_URL))
      refuse("APP_URL", "has to be https:// in production");
  })
  .transform((value) => ({
    ...value,
    TRUSTED_PROXY_HOPS: value.TRUSTED_PROXY_HOPS ?? 0,
    // In the open only where a proxy stands in front, and told to: whoever reaches the port itself writes its own
    // X-Forwarded-For.
    HOST: value.HOST ?? "127.0.0.1",
    /** Cookies are Secure and HSTS is sent exactly when people reach us by https. */
    https: value.APP_URL.startsWith("https://"),
  }));

export type Env = z.output<typeof web>;

/** Checks settings from anywhere. @throws BadEnvironment */
export const readEnv = (source: NodeJS.ProcessEnv): Env =>
  readSettings(web, source, ["SUPABASE_JWT_SECRET", "SUPABASE_PUBLISHABLE_KEY", "WEB_RESEND_API_KEY"]);

function refuseHalfMail(
  value: { WEB_RESEND_API_KEY?: string; MAIL_FROM?: string; SALES_INBOX?: string },
  context: z.RefinementCtx,
) {
  if (value.WEB_RESEND_API_KEY === undefined) return;
  for (const name of ["MAIL_FROM", "SALES_INBOX"] as const)
    if (value[name] === undefined)
      context.addIssue({ code: "custom", path: [name], message: "is needed beside WEB_RESEND_API_KEY" });
}

const isLoopback = (url: string) => ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);

export const env = settingsOrExit(() => readEnv(process.env));
