import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startStack } from "#scripts/stack.ts";
import { postgresFolder, removeData } from "#supabase/local/data-dir.ts";
import { freePorts } from "#supabase/local/ports.ts";
import { serveFolder, type ThrowAwayDatabase, throwAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { seedTest } from "#supabase/seed/test.ts";
import { placeForSystem } from "#tests/support/system.ts";
import pg from "pg";

/** `empty`: the schema alone. `seeded`: the cast of the tests, and an ERP whose heartbeat and probes are quick. */
type Kind = "empty" | "seeded";

// By the environment, since benches of one smoke run are processes of their own.
const variable = "BENCH_SMALL_DATA";

/** True in a smoke run: every bench is to work, once, on a handful of rows, and no figure is judged. */
export const isSmoke = () => variable in process.env;

/** Makes the data that all benches of a smoke run copy, unless whoever started this one has. @returns its end. */
export async function makeSmallData(): Promise<() => void> {
  if (isSmoke()) return () => undefined;
  const { dataDir: folder } = await placeForSystem("small");
  const [empty, seeded] = [path.join(folder, "empty"), path.join(folder, "seeded")];
  for (const dataDir of [empty, seeded]) fs.mkdirSync(dataDir, { mode: 0o755 });
  const remove = () => {
    for (const dataDir of [empty, seeded, folder]) removeData(dataDir);
  };
  try {
    await fill(empty);
    copy(empty, seeded);
    await fill(seeded, async (adminUrl) => {
      await seedTest(adminUrl, 4);
      await hurryErp(adminUrl);
    });
  } catch (error) {
    remove();
    throw error;
  }
  process.env[variable] = folder;
  return remove;
}

/** Copies the small data into a folder. @returns false when this is no smoke run: the caller makes its own. */
export function copySmallData(kind: Kind, dataDir: string): boolean {
  const folder = process.env[variable];
  if (folder !== undefined) copy(path.join(folder, kind), dataDir);
  return folder !== undefined;
}

/** A database of a bench's own. In a smoke run it is a copy; else it has the schema alone, whatever `kind` says. */
export async function openDatabase(kind: Kind): Promise<ThrowAwayDatabase> {
  if (!isSmoke()) return throwAwayDatabase();
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-small-"));
  fs.chmodSync(dataDir, 0o755);
  copySmallData(kind, dataDir);
  return serveFolder(dataDir);
}

async function fill(dataDir: string, prepare?: (adminUrl: string) => Promise<void>) {
  const [postgres, auth, erp, mail, sms, web] = await freePorts(6);
  const ports = { postgres, auth, erp, mail, sms, web };
  await (await startStack({ dataDir, ports, mode: "test", parts: ["postgres"], prepare })).stop();
}

// Not by fs.cp: the server's files belong to another user where we are root.
function copy(from: string, to: string) {
  execFileSync("cp", ["-a", `${from}/.`, to]);
  const files = postgresFolder(from);
  if (!files.startsWith(from)) execFileSync("cp", ["-a", files, postgresFolder(to)]);
}

async function hurryErp(adminUrl: string) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query("update app.erp_circuit set beat = '250 ms', first_pause = '300 ms', longest_pause = '1 second'");
  await client.end();
}
