import path from "node:path";
import { seedDemo } from "#supabase/seed/demo.ts";
import { placeForSystem } from "#tests/support/system.ts";
import { buildWeb } from "#scripts/build.ts";
import { removeData } from "#supabase/local/data-dir.ts";
import { startStack } from "#scripts/stack.ts";

/**
 * Starts the whole system on free ports with a fresh demo data. The specs find it through BASE_URL, MAILBOX_URL,
 * SMS_URL, ERP_URL, ERP_API_KEY, AUTH_URL, PUBLISHABLE_KEY, ADMIN_DATABASE_URL, WEB_DATABASE_URL (the login of the web
 * process) and LOG_DIR.
 */
export default async function setup() {
  buildWeb();
  const { dataDir, ports } = await placeForSystem("e2e");
  const stack = await startStack({
    dataDir,
    ports,
    mode: "test",
    prepare: async (adminUrl) => void (await seedDemo(adminUrl)),
    onCrash: (_part, words) => console.error(words),
  });
  Object.assign(process.env, {
    BASE_URL: stack.at.app,
    MAILBOX_URL: stack.at.mailbox,
    SMS_URL: stack.at.sms,
    ERP_URL: stack.at.erp,
    ERP_API_KEY: stack.credentials.erpApiKey,
    ADMIN_DATABASE_URL: stack.at.admin,
    WEB_DATABASE_URL: stack.at.web,
    AUTH_URL: stack.at.auth,
    PUBLISHABLE_KEY: stack.credentials.publishableKey,
    JWT_SECRET: stack.credentials.jwtSecret,
    LOG_DIR: path.join(dataDir, "logs"),
  });
  return async () => {
    await stack.stop();
    // Kept after a failure: the logs tell what the pictures do not.
    if (process.env.KEEP_DATA) console.log(`Data and logs are kept in ${dataDir}`);
    else removeData(dataDir);
  };
}
