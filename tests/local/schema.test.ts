import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { whyNot } from "#scripts/demo-data.ts";
import { describeSchema } from "#supabase/local/dump/schema.ts";
import { migrate } from "#supabase/local/migrations.ts";
import {
  type Folders,
  freezeBaseline,
  isReleased,
  newMigration,
  ourFolders,
  readMigrations,
  readSchema,
  schemasFolder,
  withoutLockTimeout,
} from "#supabase/local/schema.ts";
import { throwAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { messageOf } from "#app/db/thrown.ts";
import { emptyServer } from "#tests/support/server.ts";

const renames = z.object({ triggers: z.record(z.string(), z.string()), names: z.record(z.string(), z.string()) });

let folder: string;
let scratch: Folders;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-schema-"));
  scratch = { schemas: path.join(folder, "schemas"), migrations: path.join(folder, "migrations") };
  fs.cpSync(schemasFolder, scratch.schemas, { recursive: true });
  fs.mkdirSync(scratch.migrations);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const write = (file: string, sql = "select 1;") => fs.writeFileSync(path.join(scratch.migrations, file), sql);
const append = (file: string, sql: string) => fs.appendFileSync(file, sql);

test("migrations come oldest first", () => {
  write("20260202000000_second.sql");
  write("20260101000000_first.sql");

  expect(readMigrations(scratch.migrations).map(({ name }) => name)).toEqual(["first", "second"]);
});

test("a file that would be skipped in silence is an error instead", () => {
  write("2026_too_short.sql");
  expect(() => readMigrations(scratch.migrations)).toThrow(/2026_too_short\.sql/);

  fs.writeFileSync(path.join(scratch.schemas, "orders.sql"), "select 1;");
  expect(() => readSchema(scratch.schemas)).toThrow(/orders\.sql/);
});

test("each function, table, view and trigger function of the schema is made once, and nothing is made anew", () => {
  const { sql } = readSchema();
  const made = [...sql.matchAll(/^create (?:table|function|view|sequence|type) ([\w.]+)(\([^)]*\))?/gim)].map(
    ([, name, args]) => `${name}${args ?? ""}`,
  );
  expect(made.length).toBeGreaterThan(400);
  expect(made.filter((name, at) => made.indexOf(name) !== at)).toEqual([]);
  expect(sql.match(/^(?:create or replace|drop|alter table [\w.]+ add column).*/gim) ?? []).toEqual([]);
});

test("what was renamed has its new name in the database, and no old name is left", async () => {
  const { triggers, names } = renames.parse(JSON.parse(fs.readFileSync("docs/renames.json", "utf8")));
  const database = await throwAwayDatabase();
  const dump = await describeSchema(database.adminUrl).finally(database.remove);
  // Of a column, a value or a trigger the last word: what it belongs to has a row of its own, or the same name as ever.
  const has = (name: string) => new RegExp(`(?<![\\w.])${name.split(" ").at(-1)}(?!\\w)`).test(dump);
  expect(Object.values(names).filter((name) => !has(name))).toEqual([]);
  expect(Object.keys(names).filter(has)).toEqual([]);

  const made = new Set(
    [...dump.matchAll(/CREATE (?:CONSTRAINT )?TRIGGER (\w+) .*? ON (\S+)/gi)].map((m) => `${m[2]} ${m[1]}`),
  );
  const today = (name: string) => names[name] ?? name;
  const on = Object.entries(triggers).map(([old, name]) => ({
    table: today(old.split(" ")[0]!),
    old,
    name: today(name),
  }));
  expect(on.filter(({ table, name }) => !made.has(`${table} ${name}`))).toEqual([]);
  expect(on.filter(({ old }) => made.has(old))).toEqual([]);
});

test("before the first release no migration is needed; after it, a change without its lock timeout is named", () => {
  expect(() => newMigration("add_returns", scratch)).toThrow(/edit the files in supabase\/schemas/);

  freezeBaseline(scratch);
  expect(() => freezeBaseline(scratch)).toThrow(/frozen already/);
  newMigration("add_returns", scratch);
  write("20990101000000_hasty.sql", "alter table app.orders add column hasty boolean;");
  expect(withoutLockTimeout(readMigrations(scratch.migrations))).toEqual(["20990101000000_hasty.sql"]);
  expect(withoutLockTimeout(readMigrations())).toEqual([]);
});

test("a fault in the schema is told by its file and line", async () => {
  const file = path.join(scratch.schemas, "99-zoo.sql");
  append(file, "select 1;\n\nselect no_such_thing;\n");

  await expect(throwAwayDatabase({ folders: scratch })).rejects.toThrow(
    '99-zoo.sql, line 3: column "no_such_thing" does not exist',
  );
});

// The rehearsal of a release: a database made of the schema, a baseline frozen from it, a change written twice, as
// schema and as migration.
test("a baseline with its migrations makes what the schema makes, and older databases go on from there", async () => {
  const before = await throwAwayDatabase({ folders: scratch });
  try {
    freezeBaseline(scratch);
    append(
      newMigration("orders_have_a_colour", scratch),
      "alter table app.orders add column colour text check (colour <> '');\n",
    );
    expect(await migrate(before.adminUrl, scratch)).toEqual([expect.stringMatching(/_orders_have_a_colour$/)]);
    expect(await migrate(before.adminUrl, scratch)).toEqual([]);
    const migrated = await describeSchema(before.adminUrl);

    // Forgotten in the schema: seen.
    const whole: Folders = { ...scratch, migrations: path.join(folder, "none") };
    const asItWas = await throwAwayDatabase({ folders: whole });
    expect(await describeSchema(asItWas.adminUrl).finally(asItWas.remove)).not.toBe(migrated);

    const orders = path.join(scratch.schemas, "55-orders.sql");
    const text = fs.readFileSync(orders, "utf8");
    fs.writeFileSync(
      orders,
      text.replace("create table app.orders (\n", "create table app.orders (\n  colour text check (colour <> ''),\n"),
    );
    const asItIs = await throwAwayDatabase({ folders: whole });
    expect(await describeSchema(asItIs.adminUrl).finally(asItIs.remove)).toBe(migrated);
  } finally {
    await before.remove();
  }
});

if (isReleased(ourFolders))
  test("our migrations make what our schema makes", async () => {
    const migrated = await throwAwayDatabase();
    const whole = await throwAwayDatabase({ folders: { ...ourFolders, migrations: path.join(folder, "none") } });
    const [one, other] = await Promise.all([describeSchema(migrated.adminUrl), describeSchema(whole.adminUrl)]);
    await Promise.all([migrated.remove(), whole.remove()]);
    expect(one).toBe(other);
  });

test("a database of another schema is told apart, and the demo says that --reset starts over", async () => {
  const database = await emptyServer();
  const admin = new pg.Client({ connectionString: database.adminUrl });
  try {
    append(path.join(scratch.schemas, "99-zoo.sql"), "select 1;");
    const refused = await migrate(database.adminUrl, scratch).catch((error: unknown) => error);
    expect(messageOf(refused)).toMatch(/the schema has changed since this database was made of it/);
    expect(whyNot(refused)).toContain("npm run demo -- --reset");
    expect(whyNot(new Error("port 3000 is taken"))).toBe("port 3000 is taken");

    // Made by an earlier version of this program, when the schema was a row of migrations.
    await admin.connect();
    await admin.query(
      "insert into supabase_migrations.schema_migrations (version, name) values ('20261121000100', 'foundation')",
    );
    const earlier = await migrate(database.adminUrl).catch((error: unknown) => error);
    expect(messageOf(earlier)).toMatch(/migration 20261121000100 was applied to this database but its file is gone/);
  } finally {
    await admin.end();
    await database.remove();
  }
});
