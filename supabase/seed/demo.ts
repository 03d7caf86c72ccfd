import pg from "pg";
import { applyFeeds } from "./feeds.ts";
import { inventHistory } from "./history.ts";
import { analyzeApp } from "./rows.ts";
import { writeErp } from "./write-erp.ts";
import { writeHistory } from "./write-history.ts";
import { writeTraces } from "./write-traces.ts";
import { writeWorld } from "./write-world.ts";

/** What an ERP must know so that its feeds fit the database: all SKUs and partner codes, sorted. */
export type World = { skus: string[]; partners: string[] };

const day = 86_400_000;

/**
 * The demo world: cast, catalogue, ninety days of orders up to `now`, and what went on with the ERP. One transaction. A database that has
 * accounts already is left as it is. The feeds stay empty for the worker to pull; with `stock` they are filled
 * with what the pretended ERP would say, for a database that no worker serves.
 *
 * @param adminUrl the login `postgres`.
 */
export function seedDemo(adminUrl: string, now = new Date(), options: { stock?: boolean } = {}): Promise<World> {
  return seedOnce(adminUrl, async (client) => {
    const products = await writeWorld(client, new Date(now.getTime() - 200 * day));
    const orders = inventHistory(products, now.getTime());
    await writeHistory(client, orders);
    await writeTraces(client);
    await writeErp(client, products, orders, now.getTime());
    await client.query("select private.put_refused_on_desk()");
    if (options.stock) await applyFeeds(client);
  });
}

/** Runs `fill` in a transaction when the database has no accounts yet. @returns the world as it then is. */
export async function seedOnce(adminUrl: string, fill: (client: pg.Client) => Promise<void>): Promise<World> {
  return await connected(adminUrl, async (client) => {
    await client.query("begin");
    try {
      await client.query("lock table app.regions in share row exclusive mode"); // Two seeds at once take turns.
      const { rowCount } = await client.query("select from app.accounts limit 1");
      if (rowCount === 0) await fill(client);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw error;
    }
    await analyzeApp(client);
    return await readWorld(client);
  });
}

export const worldOf = (adminUrl: string): Promise<World> => connected(adminUrl, readWorld);

async function readWorld(client: pg.Client): Promise<World> {
  const { rows } = await client.query<World>(
    `select array(select sku from app.products where active order by sku) as skus,
            array(select code from app.partners order by code) as partners`);
  return rows[0]!;
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
