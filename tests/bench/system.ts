import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { bigPartners } from "#supabase/seed/big-sql.ts";
import { seedDemo } from "#supabase/seed/demo.ts";
import { removeData } from "#supabase/local/data-dir.ts";
import { environments, type Part } from "#scripts/environment.ts";
import { type Stack, startStack } from "#scripts/stack.ts";
import { placeForSystem } from "#tests/support/system.ts";
import { copySmallData, isSmoke } from "./small-data.ts";

/** A store that takes part: its owner's login, and a session of it that exists already. */
export type Store = { partnerId: string; accountId: string; sessionId: string; email: string; tier: string };
export type System = Awaited<ReturnType<typeof openSystem>>;

const storesInAll = 168;

/**
 * The whole system on free ports with the demo's data and more stores, with fsync as in production; in a smoke run with
 * the small data, without fsync. Postgres and the pretended ERP run at once, unless `erp` is false; the other processes
 * when a part asks.
 */
export async function openSystem({ erp = true } = {}) {
  const { dataDir, ports } = await placeForSystem("bench");
  const data = copySmallData("seeded", dataDir) ? { mode: "test" as const } : { mode: "demo" as const, prepare };
  const start = (parts: Part[]) =>
    startStack({ dataDir, ports, ...data, parts, onCrash: (_part, words) => console.error(words) });
  let stack: Stack;
  try {
    stack = await start(erp ? ["postgres", "erp"] : ["postgres"]);
  } catch (error) {
    removeData(dataDir);
    throw error;
  }
  const admin = new pg.Pool({ connectionString: stack.at.admin, max: 2 });
  admin.on("error", () => undefined); // Idle connections end with a server that is started again.
  // What the code of the web reads when it is imported: this process does the work of the web's.
  Object.assign(process.env, environments(dataDir, ports, stack.credentials).web);
  return {
    dataDir,
    admin,
    get stack() {
      return stack;
    },
    stores: await openSessions(admin),
    /** All of it, the worker in a smoke run too: it is what is measured. */
    whole: async () =>
      void (await Promise.all((["mail", "sms", "auth", "worker", "web"] as const).map((part) => stack.start(part)))),
    /** Starts what does not run yet. In a smoke run the worker stays away: it only makes the pages' figures true. */
    async need(...parts: Part[]) {
      const needed = isSmoke() ? parts.filter((part) => part !== "worker") : parts;
      await Promise.all(needed.map((part) => stack.start(part)));
    },
    /** A web process that no part has asked anything of yet. In a smoke run, which judges no figure, any will do. */
    async freshWeb() {
      if (!isSmoke()) await stack.halt("web");
      await stack.start("web");
    },
    /**
     * Waits until the worker has pulled stock and credit for the first time; it pulls again only a quarter of an hour
     * later.
     */
    async firstPull() {
      const pulled = async () => (await admin.query("select from app.feeds where as_of is null")).rowCount === 0;
      for (let tries = 0; !(await pulled()); tries += 1) {
        if (tries > 600) throw new Error("The worker pulled no feeds within a minute.");
        await pause(100);
      }
    },
    /** Ends everything and starts it again on the same data. @returns milliseconds of the start. */
    async restart(parts: Part[]): Promise<number> {
      await stack.stop();
      const started = performance.now();
      stack = await start(parts);
      return performance.now() - started;
    },
    async close() {
      await admin.end();
      await stack.stop();
      removeData(dataDir);
    },
  };
}

async function prepare(adminUrl: string) {
  await seedDemo(adminUrl);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(bigPartners, [storesInAll, new Date()]);
    await client.query("analyze");
  } finally {
    await client.end();
  }
}

/** A login for every store that can order. */
async function openSessions(admin: pg.Pool): Promise<Store[]> {
  const { rows } = await admin.query<Store>(`
    with stores as (
      select p.id, p.account_id, p.tier, u.email, gen_random_uuid() as session
        from app.partners p join auth.users u on u.id = p.account_id where p.region_code is not null),
    opened as (insert into auth.sessions (id, user_id, created_at, updated_at) select session, account_id, now(), now()
      from stores)
    select id as "partnerId", account_id as "accountId", session as "sessionId", email, tier from stores
      order by email`);
  // What autovacuum would have found out long ago.
  await admin.query("analyze auth.sessions");
  return rows;
}
