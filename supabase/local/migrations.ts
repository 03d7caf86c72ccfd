import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

/** The folder whose files are the only way the database changes. */
export const migrationsFolder = fileURLToPath(new URL("../migrations", import.meta.url));

/** The database was made by other files than these: no step leads from its schema to ours. */
export class OtherSchema extends Error {}

type Migration = { version: string; name: string; sql: string; checksum: string };

// The first table is the Supabase CLI's own, so that either tool can carry on where the other stopped;
// checksums are ours and live beside it.
const history = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
  create table if not exists supabase_migrations.checksums (
    version text primary key references supabase_migrations.schema_migrations on delete cascade, sha256 text not null);`;

/**
 * Applies what is missing, in order, one transaction each.
 *
 * @param adminUrl the login `postgres`.
 * @returns the names applied now.
 * @throws Error naming the file, when it fails; OtherSchema when an applied file was edited or removed since.
 */
export async function migrate(adminUrl: string, folder = migrationsFolder): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on("error", () => undefined); // Whoever waits for an answer is told; with nobody listening this would end the process.
  await client.connect();
  try {
    // Two first starts at once: one makes these tables, the other finds them at its second look.
    await client.query(history).catch(() => client.query(history));
    const migrations = readMigrations(folder);
    const applied: string[] = [];
    for (let next = await applyNext(client, migrations); next; next = await applyNext(client, migrations))
      applied.push(next);
    return applied;
  } finally {
    await client.end();
  }
}

/** All migrations, oldest first. @throws Error for a file whose name does not fit `<14 digits>_name.sql`. */
export function readMigrations(folder: string): Migration[] {
  if (!fs.existsSync(folder)) return [];
  const files = fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort();
  const migrations = files.map((file) => {
    const match = /^(\d{14})_([a-z0-9_]+)\.sql$/.exec(file);
    if (!match) throw new Error(`${file}: a migration is named <14 digits>_<lower_case_name>.sql`);
    const sql = fs.readFileSync(path.join(folder, file), "utf8");
    return { version: match[1]!, name: match[2]!, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
  const twice = migrations.find((migration, index) => migrations[index - 1]?.version === migration.version);
  if (twice) throw new Error(`two migrations have the version ${twice.version}`);
  return migrations;
}

async function pending(client: pg.Client, migrations: Migration[]) {
  const { rows } = await client.query<{ version: string; sha256: string | null }>(
    `select m.version, c.sha256
       from supabase_migrations.schema_migrations m
       left join supabase_migrations.checksums c using (version)
      order by m.version`,
  );
  for (const { version, sha256 } of rows) {
    const file = migrations.find((migration) => migration.version === version);
    if (!file) throw new OtherSchema(`migration ${version} was applied to this database but its file is gone`);
    // No checksum: applied by the Supabase CLI.
    if (sha256 !== null && sha256 !== file.checksum) {
      throw new OtherSchema(
        `${version}_${file.name}.sql was edited after it was applied: write a new migration instead (npm run db:new <name>), or start a local database over (npm run db:reset)`,
      );
    }
  }
  const applied = new Set(rows.map(({ version }) => version));
  const newest = rows.at(-1)?.version ?? "";
  const missing = migrations.filter(({ version }) => !applied.has(version));
  const late = missing.find(({ version }) => version < newest);
  if (late)
    throw new OtherSchema(
      `${late.version}_${late.name}.sql is older than ${newest}, which is already applied: give it a newer number`,
    );
  return missing;
}

/** Applies the oldest that is missing, in a transaction. Two starts at once take turns at the table: an advisory lock could be held by any login. */
async function applyNext(client: pg.Client, migrations: Migration[]): Promise<string | null> {
  await client.query("begin");
  try {
    await client.query("lock table supabase_migrations.schema_migrations in share row exclusive mode");
    const [missing] = await pending(client, migrations);
    if (missing) await apply(client, missing);
    await client.query("commit");
    await client.query("reset all");
    return missing ? `${missing.version}_${missing.name}` : null;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

async function apply(client: pg.Client, { version, name, sql, checksum }: Migration) {
  try {
    await client.query(sql);
    await client.query(
      "insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)",
      [version, name, [sql]],
    );
    await client.query("insert into supabase_migrations.checksums (version, sha256) values ($1, $2)", [
      version,
      checksum,
    ]);
  } catch (error) {
    throw new Error(`${version}_${name}.sql: ${describe(error, sql)}`, { cause: error });
  }
}

function describe(error: unknown, sql: string) {
  if (!(error instanceof pg.DatabaseError)) return String(error);
  const line = error.position ? ` (line ${sql.slice(0, Number(error.position)).split("\n").length})` : "";
  return [`${error.message}${line}`, error.detail, error.hint, error.where].filter(Boolean).join("; ");
}
