// npm run db:migrate            apply missing migrations to ADMIN_DATABASE_URL (hosted, self-hosted)
// npm run db:new <name>         an empty migration with the next number
// npm run db:reset              start the local demo database over; the next demo seeds it again
// npm run db:types              app/db/types.ts and supabase/schema.sql from a fresh database
import fs from "node:fs";
import path from "node:path";
import { writeSchema } from "./dump/schema.ts";
import { startOver } from "./embedded-postgres.ts";
import { migrate, migrationsFolder, readMigrations } from "./migrations.ts";
import { demoFolder } from "./places.ts";
import { runningDemo } from "./run-lock.ts";
import { throwAwayDatabase } from "./throw-away-database.ts";
import { writeTypes } from "./types.ts";

const commands: Record<string, (argument?: string) => Promise<void> | void> = { up, new: create, reset, types };
const [name = "up", argument] = process.argv.slice(2);

try {
  const command = commands[name];
  if (!command) throw new Error(`unknown command "${name}": one of ${Object.keys(commands).join(", ")}`);
  await command(argument);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function up() {
  const url = process.env.ADMIN_DATABASE_URL;
  if (!url) throw new Error("ADMIN_DATABASE_URL is missing: the address of the database as the login postgres.");
  const applied = await migrate(url);
  console.log(applied.length === 0 ? "Nothing to apply." : `Applied:\n  ${applied.join("\n  ")}`);
}

function create(title?: string) {
  if (!title || !/^[a-z0-9_]+$/.test(title))
    throw new Error("Give the migration a name of lower-case words: npm run db:new add_returns");
  const now = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const newest = readMigrations(migrationsFolder).at(-1)?.version ?? "0";
  const version = now > newest ? now : String(BigInt(newest) + 1n);
  const file = path.join(migrationsFolder, `${version}_${title}.sql`);
  fs.writeFileSync(file, "-- What changes, and why.\n");
  console.log(path.relative(process.cwd(), file));
}

async function reset() {
  const demo = runningDemo(demoFolder);
  if (demo) throw new Error(`The demo is running (process ${demo.pid}): stop it first.`);
  await startOver(demoFolder);
  console.log('The local database is gone. "npm run demo" makes a new one.');
}

async function types() {
  const database = await throwAwayDatabase();
  try {
    await writeTypes(database.adminUrl);
    await writeSchema(database.adminUrl);
    console.log("Written: app/db/types.ts, supabase/schema.sql");
  } finally {
    await database.remove();
  }
}
