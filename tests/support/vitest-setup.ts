import type { TestProject } from "vitest/node";
import { seedTest } from "#supabase/seed/test.ts";
import { environments } from "#scripts/environment.ts";
import { removeData } from "#supabase/local/data-dir.ts";
import { throwAwayDatabase } from "#supabase/local/throw-away-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The database that each test file copies (vitest-file.ts), and a superuser's way to its server. */
    seeded: { superuserUrl: string; template: string };
    /** Folders of ended servers, for tests that need one of their own (server.ts). */
    templates: { empty: string; seeded: string };
  }
}

/**
 * Makes the database once, migrated, and once more seeded with the cast, and starts one server for the whole run on a
 * copy of it. The settings of web and worker point to it; ADMIN_DATABASE_URL is the login postgres, for arranging and
 * looking behind the scenes.
 */
export default async function setup(project: TestProject) {
  const made: string[] = [];
  const end = () => made.forEach(removeData);
  try {
    const empty = await throwAwayDatabase().then(({ keep }) => keep());
    made.push(empty);
    const seeding = await throwAwayDatabase({ template: empty });
    await seedTest(seeding.adminUrl).finally(async () => made.push(await seeding.keep()));
    const seeded = made.at(-1)!;
    const database = await throwAwayDatabase({ template: seeded });
    const ports = { postgres: database.port, auth: 49151, erp: 49150, mail: 49149, sms: 49148, web: 3000 };
    const { web, worker } = environments("", ports, database.credentials);
    delete web.NODE_OPTIONS; // Of its own process.
    Object.assign(process.env, web, worker, {
      TZ: "UTC",
      ADMIN_DATABASE_URL: database.adminUrl,
      PORT: "3000",
    });
    project.provide("seeded", { superuserUrl: database.superuserUrl, template: "postgres" });
    project.provide("templates", { empty, seeded });
    return async () => {
      await database.remove();
      end();
    };
  } catch (error) {
    end();
    throw error;
  }
}
