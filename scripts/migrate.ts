// npm run db:migrate            ADMIN_DATABASE_URL as these files say: an empty database gets the schema, a released
//                               one what it misses
// npm run db:freeze             the first release: the schema as it is becomes the baseline, and migrations begin
// npm run db:new <name>         an empty migration with the next number
// npm run db:dump               what a database made of these files holds, in an order of its own: to compare two
//                               versions of them
// npm run db:reset              start the local demo database over; the next demo seeds it again
import path from "node:path";
import { describeSchema } from "#supabase/local/dump/schema.ts";
import { startOver } from "#supabase/local/embedded-postgres.ts";
import { migrate } from "#supabase/local/migrations.ts";
import { messageOf } from "#app/db/thrown.ts";
import { demoFolder } from "./places.ts";
import { runningDemo } from "./run-lock.ts";
import { freezeBaseline, newMigration } from "#supabase/local/schema.ts";
import { throwAwayDatabase } from "#supabase/local/throw-away-database.ts";

const commands: Record<string, (argument?: string) => Promise<void> | void> = { up, new: create, freeze, dump, reset };
const [name = "up", argument] = process.argv.slice(2);

try {
  const command = commands[name];
  if (!command) throw new Error(`unknown command "${name}": one of ${Object.keys(commands).join(", ")}`);
  await command(argument);
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}

async function up() {
  const url = process.env.ADMIN_DATABASE_URL;
  if (!url) throw new Error("ADMIN_DATABASE_URL is missing: the address of the database as the login postgres.");
  const applied = await migrate(url);
  console.log(applied.length === 0 ? "Nothing to apply." : `Applied:\n  ${applied.join("\n  ")}`);
}

function create(title = "") {
  console.log(path.relative(process.cwd(), newMigration(title)));
}

function freeze() {
  console.log(path.relative(process.cwd(), freezeBaseline()));
}

async function dump() {
  const database = await throwAwayDatabase();
  try {
    console.log(await describeSchema(database.adminUrl));
  } finally {
    await database.remove();
  }
}

async function reset() {
  const demo = runningDemo(demoFolder);
  if (demo) throw new Error(`The demo is running (process ${demo.pid}): stop it first.`);
  await startOver(demoFolder);
  console.log('The local database is gone. "npm run demo" makes a new one.');
}
