import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { environments } from "./environment.ts";
import { throwAwayDatabase } from "./throw-away-database.ts";

/**
 * Starts one fresh database, migrated and seeded with the cast, for the whole run. The settings of web and
 * worker point to it; ADMIN_DATABASE_URL is the login postgres, for arranging and looking behind the scenes.
 */
export default async function setup() {
  const database = await throwAwayDatabase();
  const ports = { postgres: database.port, auth: 1, erp: 1, mail: 1, web: 3000 };
  const { web, worker } = environments("", ports, database.credentials);
  Object.assign(process.env, web, worker, {
    NODE_ENV: "test",
    TZ: "UTC",
    ADMIN_DATABASE_URL: database.adminUrl,
    PORT: "3000",
  });
  try {
    await seed(database.adminUrl);
  } catch (error) {
    await database.remove();
    throw error;
  }
  return database.remove;
}

async function seed(adminUrl: string) {
  const file = new URL("../seed/test.ts", import.meta.url);
  if (!fs.existsSync(fileURLToPath(file))) return;
  const { seedTest } = (await import(file.href)) as { seedTest(adminUrl: string): Promise<unknown> };
  await seedTest(adminUrl);
}
