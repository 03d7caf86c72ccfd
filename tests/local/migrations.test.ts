import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { whyNot } from "#supabase/local/demo-world.ts";
import { migrate, readMigrations } from "#supabase/local/migrations.ts";
import { throwAwayDatabase } from "#supabase/local/throw-away-database.ts";

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

test("a database of another schema is told apart, and the demo says that --reset starts over", async () => {
  const database = await throwAwayDatabase();
  try {
    const refused = await migrate(database.adminUrl, folder).catch((error: unknown) => error);
    expect((refused as Error).message).toMatch(/migration \d{14} was applied to this database but its file is gone/);
    expect(whyNot(refused)).toContain("npm run demo -- --reset");
    expect(whyNot(new Error("port 3000 is taken"))).toBe("port 3000 is taken");
  } finally {
    await database.remove();
  }
});
