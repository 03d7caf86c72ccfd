import pg from "pg";
import { ourFolders, readSteps, type Step, wholeVersion } from "./schema.ts";

/** The database was made by other files than these: no step leads from its schema to ours. */
export class OtherSchema extends Error {}

// The first table is the Supabase CLI's own, so that either tool can carry on where the other stopped;
// checksums are ours and live beside it.
const history = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[],
    name text);
  create table if not exists supabase_migrations.checksums (
    version text primary key references supabase_migrations.schema_migrations on delete cascade,
    sha256 text not null);`;

/**
 * Applies what is missing, in order, one transaction each: an empty database gets the whole schema, a released one its
 * migrations.
 *
 * @param adminUrl the login `postgres`.
 * @returns the names applied now.
 * @throws Error naming the file and its line, when it fails; OtherSchema when the database was made of another schema.
 */
export async function migrate(adminUrl: string, folders = ourFolders): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  // Whoever waits for an answer is told; with nobody listening this would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    // Two first starts at once: one makes these tables, the other finds them at its second look.
    await client.query(history).catch(() => client.query(history));
    const steps = readSteps(folders);
    const applied: string[] = [];
    for (let next = await applyNext(client, steps); next; next = await applyNext(client, steps)) applied.push(next);
    return applied;
  } finally {
    await client.end();
  }
}

async function pending(client: pg.Client, steps: Step[]) {
  const { rows } = await client.query<{ version: string; sha256: string | null }>(
    `select m.version, c.sha256
       from supabase_migrations.schema_migrations m
       left join supabase_migrations.checksums c using (version)
      order by m.version`,
  );
  for (const { version, sha256 } of rows) {
    const step = steps.find((step) => step.version === version);
    if (!step) throw new OtherSchema(`migration ${version} was applied to this database but its file is gone`);
    // No checksum: applied by the Supabase CLI.
    if (sha256 !== null && sha256 !== step.checksum) throw new OtherSchema(changedSince(step));
  }
  const applied = new Set(rows.map(({ version }) => version));
  const newest = rows.at(-1)?.version ?? "";
  const missing = steps.filter(({ version }) => !applied.has(version));
  const late = missing.find(({ version }) => version < newest);
  if (late) {
    throw new OtherSchema(`${nameOf(late)} is older than ${newest}, which is already applied: give it a newer number`);
  }
  return missing;
}

function changedSince(step: Step) {
  const over = "start a local database over (npm run db:reset)";
  return step.version === wholeVersion
    ? `the schema has changed since this database was made of it, and no migration leads from one to the other: ${over}`
    : `${nameOf(step)}.sql was edited after it was applied: write a new migration instead (npm run db:new <name>), ` +
        `or ${over}`;
}

const nameOf = ({ version, name }: Step) => `${version}_${name}`;

/**
 * Applies the oldest that is missing, in a transaction. Two starts at once take turns at the table: an advisory lock
 * could be held by any login.
 */
async function applyNext(client: pg.Client, steps: Step[]): Promise<string | null> {
  await client.query("begin");
  try {
    await client.query("lock table supabase_migrations.schema_migrations in share row exclusive mode");
    const [missing] = await pending(client, steps);
    if (missing) await apply(client, missing);
    await client.query("commit");
    await client.query("reset all");
    return missing ? nameOf(missing) : null;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

async function apply(client: pg.Client, step: Step) {
  try {
    await client.query(step.sql);
    await client.query(
      "insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)",
      [step.version, step.name, [step.sql]],
    );
    await client.query("insert into supabase_migrations.checksums (version, sha256) values ($1, $2)", [
      step.version,
      step.checksum,
    ]);
  } catch (error) {
    throw new Error(describe(error, step), { cause: error });
  }
}

function describe(error: unknown, { sql, places }: Step) {
  if (!(error instanceof pg.DatabaseError)) return `${places[0]!.file}: ${String(error)}`;
  const line = error.position ? sql.slice(0, Number(error.position)).split("\n").length : 1;
  const { file, line: first } = places.findLast((place) => place.line <= line)!;
  const where = error.position ? `${file}, line ${line - first + 1}` : places.length === 1 ? file : "the schema";
  return [`${where}: ${error.message}`, error.detail, error.hint, error.where].filter(Boolean).join("; ");
}
