import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The database as it is, each object once: a file per noun, `NN-room.sql`, a long one by subject,
 * `NN-room-subject.sql`. They run in the order of their names.
 */
export const schemasFolder = fileURLToPath(new URL("../schemas", import.meta.url));

/** Steps of databases that have been released: none before the first release. */
export const migrationsFolder = fileURLToPath(new URL("../migrations", import.meta.url));

export type Folders = { schemas: string; migrations: string };
export const ourFolders: Folders = { schemas: schemasFolder, migrations: migrationsFolder };

/** What is applied in one transaction. `places`: which files it was made of, and on which line of `sql` each begins. */
export type Step = {
  version: string;
  name: string;
  sql: string;
  checksum: string;
  places: Array<{ file: string; line: number }>;
};

/**
 * The whole schema has this version: older than every migration, so that a baseline frozen from it is known to
 * databases made before.
 */
export const wholeVersion = "00000000000000";

/** Whether a baseline has been frozen: from then on databases change by migrations alone. */
export const isReleased = ({ migrations }: Folders) => readMigrations(migrations).length > 0;

/**
 * What makes a database, oldest first: the schema itself before the first release, the baseline and its migrations
 * afterwards.
 *
 * @throws Error for a file whose name does not fit, and when there is no schema.
 */
export function readSteps(folders = ourFolders): Step[] {
  return isReleased(folders) ? readMigrations(folders.migrations) : [readSchema(folders.schemas)];
}

/** All files of the schema as one step. @throws Error when there are none, or one is not called by number and room. */
export function readSchema(folder = schemasFolder): Step {
  const files = sqlFiles(folder);
  if (files.length === 0) throw new Error(`${folder} holds no schema.`);
  let sql = "";
  const places = files.map((file) => {
    if (!/^\d\d(-[a-z]+)+\.sql$/.test(file))
      throw new Error(`${file}: a file of the schema is named NN-room.sql or NN-room-subject.sql`);
    const place = { file, line: sql.split("\n").length };
    sql += fs.readFileSync(path.join(folder, file), "utf8");
    return place;
  });
  return { version: wholeVersion, name: "schema", sql, checksum: checksumOf(sql), places };
}

/** All migrations, oldest first. @throws Error for a file whose name does not fit `<14 digits>_name.sql`. */
export function readMigrations(folder = migrationsFolder): Step[] {
  const steps = sqlFiles(folder).map((file) => {
    const match = /^(\d{14})_([a-z0-9_]+)\.sql$/.exec(file);
    if (!match) throw new Error(`${file}: a migration is named <14 digits>_<lower_case_name>.sql`);
    const sql = fs.readFileSync(path.join(folder, file), "utf8");
    return { version: match[1]!, name: match[2]!, sql, checksum: checksumOf(sql), places: [{ file, line: 1 }] };
  });
  const twice = steps.find(({ version }, index) => steps[index - 1]?.version === version);
  if (twice) throw new Error(`two migrations have the version ${twice.version}`);
  return steps;
}

/**
 * The first release: the schema as it is becomes the first step. Databases made of it before go on from there, since
 * the step is the same.
 *
 * @returns the file written.
 * @throws Error when there is one already.
 */
export function freezeBaseline(folders = ourFolders): string {
  if (isReleased(folders))
    throw new Error("The baseline is frozen already: a change is a migration now (npm run db:new).");
  const file = path.join(folders.migrations, `${wholeVersion}_baseline.sql`);
  fs.writeFileSync(file, readSchema(folders.schemas).sql);
  return file;
}

const beginning = `-- What changes, and why.

-- Better to fail than to keep orders waiting behind it.
set local lock_timeout = '2s';
`;

/**
 * An empty migration with the next number.
 *
 * @returns the file written.
 * @throws Error before the first release, when the schema itself is edited.
 */
export function newMigration(title: string, folders = ourFolders): string {
  if (!isReleased(folders)) {
    throw new Error(
      "Nothing has been released: edit the files in supabase/schemas. Migrations begin with npm run db:freeze.",
    );
  }
  if (!/^[a-z0-9_]+$/.test(title))
    throw new Error("Give the migration a name of lower-case words: npm run db:new add_returns");
  const now = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const newest = readMigrations(folders.migrations).at(-1)!.version;
  const version = now > newest ? now : String(BigInt(newest) + 1n).padStart(14, "0");
  const file = path.join(folders.migrations, `${version}_${title}.sql`);
  fs.writeFileSync(file, beginning);
  return file;
}

/** Migrations that could keep a busy site waiting for a lock: all but the baseline say first how long they may. */
export const withoutLockTimeout = (steps: Step[]): string[] =>
  steps
    .filter(({ version }) => version !== wholeVersion)
    .filter(({ sql }) => !/^(?:\s|--[^\n]*\n)*set local lock_timeout = '\d+m?s';/.test(sql))
    .map(({ places }) => places[0]!.file);

const sqlFiles = (folder: string) =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder)
        .filter((file) => file.endsWith(".sql"))
        .sort()
    : [];
const checksumOf = (sql: string) => createHash("sha256").update(sql).digest("hex");
