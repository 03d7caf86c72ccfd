import path from "node:path";
import type { FullConfig } from "@playwright/test";
import { seedDemo } from "#supabase/seed/demo.ts";
import { placeForSystem } from "#tests/support/system.ts";
import { buildWeb } from "#scripts/build.ts";
import { copyData, removeData } from "#supabase/local/data-dir.ts";
import { type Stack, startStack } from "#scripts/stack.ts";
import { outsideOf } from "#scripts/stand-ins.ts";

type Place = Awaited<ReturnType<typeof placeForSystem>>;

/**
 * Starts the whole system on free ports, once for each worker: all have the same fresh demo data, and no row or broken
 * part of one meets another's. The system is made once and copied. The specs of a worker find theirs in STACKS
 * (worker-stack.ts).
 */
export default async function setup({ workers }: FullConfig) {
  buildWeb();
  // All at once, so that no port is given twice.
  const places = await Promise.all(Array.from({ length: workers }, () => placeForSystem("e2e")));
  const [first, ...others] = places as [Place, ...Place[]];
  const system = await startStack({
    ...first,
    mode: "test",
    parts: ["postgres"],
    prepare: async (adminUrl) => void (await seedDemo(adminUrl, new Date(), { passwordCost: 4 })),
  });
  await system.stop();
  for (const { dataDir } of others) copyData(first.dataDir, dataDir);
  const starting = places.map((place) =>
    startStack({ ...place, mode: "test", onCrash: (_part, words) => console.error(words) }),
  );
  const stacks: Stack[] = [];
  const end = async () => {
    await Promise.all(stacks.map((stack) => stack.stop()));
    // Kept after a failure: the logs tell what the pictures do not.
    if (process.env.KEEP_DATA) console.log(`Data and logs are kept in ${places.map(({ dataDir }) => dataDir).join()}`);
    else for (const { dataDir } of places) removeData(dataDir);
  };
  const started = await Promise.allSettled(starting);
  for (const each of started) if (each.status === "fulfilled") stacks.push(each.value);
  const failed = started.find((each) => each.status === "rejected");
  if (failed) {
    await end();
    throw failed.reason;
  }
  process.env.STACKS = JSON.stringify(stacks.map((stack, worker) => whereabouts(stack, places[worker]!.dataDir)));
  return end;
}

/** What a spec may ask of its system; WEB_DATABASE_URL is the login of the web process. */
const whereabouts = ({ at, credentials }: Stack, dataDir: string) => ({
  BASE_URL: at.app,
  MAILBOX_URL: at.mailbox,
  SMS_URL: at.sms,
  ERP_URL: at.erp,
  ERP_API_KEY: credentials.erpApiKey,
  ADMIN_DATABASE_URL: at.admin,
  WEB_DATABASE_URL: at.web,
  AUTH_URL: at.auth,
  PUBLISHABLE_KEY: credentials.publishableKey,
  JWT_SECRET: credentials.jwtSecret,
  UPTIME_SECRET: outsideOf(credentials).UPTIME_SECRET,
  LOG_DIR: path.join(dataDir, "logs"),
});
