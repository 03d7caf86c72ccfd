import { afterAll, expect, inject } from "vitest";
import { cloneDatabase, dropDatabase, ofDatabase } from "#supabase/local/clone-database.ts";

// As after a build: React at its full speed, and no scripts in pages.
process.env.NODE_ENV = "production";
process.env.DEV = "";

// Each test file has a copy of the seeded database for itself: files run at the same time, and no row, number or lock
// of one can meet another's. What belongs to the whole server is still shared: roles and their settings,
// pg_stat_activity, the NOTIFY queue.
const { superuserUrl, template } = inject("seeded");
const settings = ["ADMIN_DATABASE_URL", "DATABASE_URL", "WORKER_DATABASE_URL"];
const name = `file_${process.pid}`;
// The others ask no database, or have a server of their own.
const asks = /\/(supabase\/tests|tests\/(app|routes))\//.test(expect.getState().testPath ?? "");

if (asks) {
  await cloneDatabase(superuserUrl, template, name);
  afterAll(() => dropDatabase(superuserUrl, name));
}
for (const setting of settings)
  process.env[setting] = ofDatabase(process.env[setting]!, asks ? name : "none_outside_supabase_tests_app_and_routes");
