import fs from "node:fs";
import { expect, test } from "vitest";
import { rolledBack } from "#tests/support/rolled-back.ts";

// Who backs up by the list loses whatever it leaves out.
test(
  "the schemas that docs/deploy.md wants in a backup are all that hold rows",
  rolledBack(async (db) => {
    const list = /What counts is in the schemas `([^`]+)`/
      .exec(fs.readFileSync("docs/deploy.md", "utf8"))![1]!
      .split(/\s+/);
    const holding = await db.rows<{ schema: string }>(`
    select distinct n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`);
    // Functions alone; and what the worker and the command that migrates make beside the schema.
    const others = ["jobs", "pgboss", "supabase_migrations"];
    expect(new Set([...holding.map(({ schema }) => schema), ...others])).toEqual(new Set(list));
  }),
);
