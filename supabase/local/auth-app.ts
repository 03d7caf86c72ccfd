import { fileURLToPath } from "node:url";
import { App } from "@supabase/lite";
import { PostgresConnection } from "@supabase/lite/postgres";
import type { MailSettings } from "./auth-mail.ts";
import { resendDriver } from "./auth-mail.ts";

export type AuthSettings = {
  /** Logs in as supabase_auth_admin, never as an owner or superuser: see platform.sql. */
  databaseUrl: string;
  siteUrl: string;
  jwtSecret: string;
  publishableKey: string;
  secretKey: string;
  mail: MailSettings;
};

/** Supabase Auth as hosted has it, on the embedded database. The settings repeat supabase/config.toml. */
export function authApp(settings: AuthSettings) {
  const connection = new PostgresConnection({
    url: settings.databaseUrl,
    // Left to itself it waits up to twenty seconds before it looks for a database that is back.
    postgresOptions: { max: 5, onnotice: () => undefined, connect_timeout: 2, backoff: () => 0.5 },
  });
  const app = new App({
    connection,
    // The only schema is ours (schema.ts).
    db: { migrations: { enabled: false } },
    options: { server: { admin: false }, drivers: { email: resendDriver(settings.mail) } },
    auth: {
      enabled: true,
      site_url: settings.siteUrl,
      jwt_secret: settings.jwtSecret,
      jwt_expiry: 900,
      // Accounts are made by staff, not by visitors.
      enable_signup: false,
      minimum_password_length: 12,
      publishable_key: settings.publishableKey,
      secret_key: settings.secretKey,
      email: {
        enable_confirmations: true,
        otp_expiry: 3600,
        template: {
          recovery: {
            subject: "Buat kata sandi baru / Choose a new password",
            content_path: fileURLToPath(new URL("../templates/recovery.html", import.meta.url)),
          },
        },
      },
    },
  });
  return { app, close: () => connection.close() };
}
