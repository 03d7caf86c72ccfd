import fs from "node:fs";
import { expect, test } from "vitest";
import { describeSchema } from "#supabase/local/dump/schema.ts";
import { describeTypes } from "#supabase/local/types.ts";

// What a reviewer reads has to be what the migrations make: run "npm run db:types" and commit its two files.
test("supabase/schema.sql is the schema after all migrations", async () => {
  expect(await describeSchema(process.env.ADMIN_DATABASE_URL!)).toBe(fs.readFileSync("supabase/schema.sql", "utf8"));
});

test("app/db/types.ts are its tables", async () => {
  expect(await describeTypes(process.env.ADMIN_DATABASE_URL!)).toBe(fs.readFileSync("app/db/types.ts", "utf8"));
});
