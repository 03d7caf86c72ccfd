import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readMigrations } from "#supabase/local/migrations.ts";

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-migrations-"))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const write = (name: string) => fs.writeFileSync(path.join(folder, name), "select 1;");

test("migrations come oldest first", () => {
  write("20260202000000_second.sql");
  write("20260101000000_first.sql");

  expect(readMigrations(folder).map(({ name }) => name)).toEqual(["first", "second"]);
});

test("a file that would be skipped in silence is an error instead", () => {
  write("2026_too_short.sql");

  expect(() => readMigrations(folder)).toThrow(/2026_too_short\.sql/);
});
