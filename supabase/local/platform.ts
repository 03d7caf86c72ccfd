import fs from "node:fs";
import pg from "pg";
import { type Credentials, readyMarker } from "./data-dir.ts";
import { superuser } from "./embedded-postgres.ts";
import { scramVerifier } from "./scram.ts";
import { withClient } from "./with-client.ts";

/** A connection string to the embedded database. */
export const databaseUrl = (port: number, login: string, password: string) =>
  `postgres://${login}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

/**
 * Makes the embedded database look like a hosted Supabase project: roles, schemas, functions, and the
 * passwords of the platform's logins. Safe to repeat. Marks the folder as one that may hold data.
 */
export async function layPlatform(dataDir: string, port: number, credentials: Credentials) {
  await asSuperuser(port, credentials, async (client) => {
    await client.query(sqlOf("./platform.sql"));
    await setPassword(client, "postgres", credentials.postgres);
    await setPassword(client, "supabase_auth_admin", credentials.supabaseAuthAdmin);
  });
  fs.writeFileSync(readyMarker(dataDir), "roles and schemas are complete\n");
}

/**
 * Makes the auth server's tables when they are missing. Migrations refer to auth.users, and the
 * server itself starts after them.
 */
export async function layAuthSchema(port: number, credentials: Credentials) {
  let missing = true;
  await asSuperuser(port, credentials, async (client) => {
    const { rows } = await client.query<{ missing: boolean }>("select to_regclass('auth.users') is null as missing");
    missing = rows[0]?.missing ?? true;
  });
  if (!missing) return;
  // Loaded only now: it is large, and needed on the first start alone.
  const { authApp } = await import("./auth-app.ts");
  const { app, close } = authApp({
    databaseUrl: databaseUrl(port, "supabase_auth_admin", credentials.supabaseAuthAdmin),
    siteUrl: "http://127.0.0.1",
    jwtSecret: credentials.jwtSecret,
    publishableKey: credentials.publishableKey,
    secretKey: credentials.secretKey,
    mail: { baseUrl: "http://127.0.0.1", apiKey: "", from: "" },
  });
  await app.ensureSystemSchema();
  await close();
}

/**
 * Lets `web` and `worker` log in, once the server is hardened against them. The schema makes both without a password,
 * because a password in it would be the same everywhere; on hosted Supabase a person sets them.
 */
export async function openLogins(port: number, credentials: Credentials) {
  await asSuperuser(port, credentials, async (client) => {
    const { rows } = await client.query<{ rolname: "web" | "worker" }>(
      "select rolname from pg_roles where rolname in ('web', 'worker')",
    );
    await client.query(sqlOf("./harden.sql"));
    for (const { rolname } of rows) await setPassword(client, rolname, credentials[rolname]);
  });
}

const sqlOf = (file: string) => fs.readFileSync(new URL(file, import.meta.url), "utf8");

const setPassword = (client: pg.Client, login: string, password: string) =>
  client.query(`alter role ${pg.escapeIdentifier(login)} login password ${pg.escapeLiteral(scramVerifier(password))}`);

const asSuperuser = (port: number, credentials: Credentials, work: (client: pg.Client) => Promise<void>) =>
  withClient(databaseUrl(port, superuser, credentials.supabaseAdmin), work);
