import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { copyData, credentialsOf, type Credentials, removeData } from "./data-dir.ts";
import { ofDatabase } from "./clone-database.ts";
import { startPostgres, superuser } from "./embedded-postgres.ts";
import { migrate } from "./migrations.ts";
import { databaseUrl, layAuthSchema, layPlatform, openLogins } from "./platform.ts";
import { freePorts } from "./ports.ts";
import type { Folders } from "./schema.ts";

export type ThrowAwayDatabase = {
  port: number;
  credentials: Credentials;
  /** Logins: postgres (owner), web, worker. */
  adminUrl: string;
  webUrl: string;
  workerUrl: string;
  /** The superuser, connected beside the database and not to it, so that it can be copied. */
  superuserUrl: string;
  /** The server's log. */
  logFile: string;
  /** Ends the server and keeps its folder, as a `template` for others. */
  keep(): Promise<string>;
  remove(): Promise<void>;
};

export type HowMade = {
  /** Of Postgres, on top of ours. */
  settings?: Record<string, string>;
  /** Of its own (clock.ts). */
  clock?: Record<string, string>;
  /** The schema that it is made of. */
  folders?: Folders;
  /** The folder of an ended server, which is copied: a tenth of what making one costs. */
  template?: string;
};

/** A fresh, migrated, empty database on a free port, without fsync. Gone after `remove()`. */
export async function throwAwayDatabase({
  settings,
  clock,
  folders,
  template,
}: HowMade = {}): Promise<ThrowAwayDatabase> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-database-"));
  fs.chmodSync(dataDir, 0o755);
  if (template) copyData(template, dataDir);
  const database = await serveFolder(dataDir, { settings, clock });
  const { port, credentials } = database;
  if (template) return database;
  try {
    await layPlatform(dataDir, port, credentials);
    await layAuthSchema(port, credentials);
    await migrate(database.adminUrl, folders);
    await openLogins(port, credentials);
    return database;
  } catch (error) {
    await database.remove();
    throw error;
  }
}

/** A folder's database, laid there or not yet, on a free port, without fsync. Gone with its folder after `remove()`. */
export async function serveFolder(
  dataDir: string,
  { settings, clock }: Pick<HowMade, "settings" | "clock"> = {},
): Promise<ThrowAwayDatabase> {
  const credentials = credentialsOf(dataDir);
  const [port] = await freePorts(1);
  const password = credentials.supabaseAdmin;
  const server = await startPostgres({ dataDir, port, password, throwAway: true, settings, clock });
  const url = (login: "postgres" | "web" | "worker") => databaseUrl(port, login, credentials[login]);
  const superuserUrl = ofDatabase(databaseUrl(port, superuser, credentials.supabaseAdmin), "template1");
  const logFile = path.join(dataDir, "logs", "postgres.log");
  return {
    port,
    superuserUrl,
    logFile,
    credentials,
    adminUrl: url("postgres"),
    webUrl: url("web"),
    workerUrl: url("worker"),
    async keep() {
      await server.stop();
      return dataDir;
    },
    async remove() {
      await server.stop();
      removeData(dataDir);
    },
  };
}
