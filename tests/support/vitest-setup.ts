import type { TestProject } from "vitest/node";
import { seedTest } from "#supabase/seed/test.ts";
import { environments } from "#scripts/environment.ts";
import { throwAwayDatabase } from "#supabase/local/throw-away-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The database that each test file copies (vitest-file.ts), and a superuser's way to its server. */
    seeded: { superuserUrl: string; template: string };
  }
}

/**
 * Starts one server for the whole run with a fresh database, migrated and seeded with the cast. The settings of web and
 * worker point to it; ADMIN_DATABASE_URL is the login postgres, for arranging and looking behind the scenes.
 */
export default async function setup(project: TestProject) {
  const database = await throwAwayDatabase();
  const ports = { postgres: database.port, auth: 49151, erp: 49150, mail: 49149, sms: 49148, web: 3000 };
  const { web, worker } = environments("", ports, database.credentials);
  Object.assign(process.env, web, worker, {
    NODE_ENV: "test",
    TZ: "UTC",
    ADMIN_DATABASE_URL: database.adminUrl,
    PORT: "3000",
  });
  try {
    await seedTest(database.adminUrl);
  } catch (error) {
    await database.remove();
    throw error;
  }
  project.provide("seeded", { superuserUrl: database.superuserUrl, template: "postgres" });
  return database.remove;
}
