import pg from "pg";
import type { Product } from "./catalogue.ts";
import { applyFeeds } from "./feeds.ts";
import { inventHistory } from "./history.ts";
import { analyzeApp } from "./rows.ts";
import { writeDuty } from "./write-duty.ts";
import { writeErp, writeRefused } from "./write-erp.ts";
import { writeHistory } from "./write-history.ts";
import { writeTraces } from "./write-traces.ts";
import { writeMasterData } from "./write-master-data.ts";

/** The demo data could not be made. The message says in words which part of it; `cause` is what the database said. */
export class DemoNotMade extends Error {
  override name = "DemoNotMade";
}

/** What an ERP must know so that its feeds fit the database: all SKUs and partner codes, sorted. */
export type MasterData = { skus: string[]; partners: string[] };

const day = 86_400_000;

/**
 * The demo data: cast, catalogue, ninety days of orders up to `now`, and what went on with the ERP. One transaction. A
 * database that has accounts already is left as it is. The feeds stay empty for the worker to pull; with `stock` they
 * are filled with what the pretended ERP would say, for a database that no worker serves. Without `past`: people and
 * catalogue alone. `passwordCost`: of bcrypt, whose 10 are felt where somebody signs in hundreds of times.
 *
 * @param adminUrl the login `postgres`.
 * @throws DemoNotMade when something of it does not fit the rules of the database.
 */
export function seedDemo(
  adminUrl: string,
  now = new Date(),
  { stock = false, past = true, passwordCost = 10 } = {},
): Promise<MasterData> {
  return seedOnce(adminUrl, async (client) => {
    const products = await part(
      "its people and products",
      writeMasterData(client, new Date(now.getTime() - 200 * day), passwordCost),
    );
    await part("who is told of its incidents", writeDuty(client));
    if (past) await writePast(client, products, now.getTime());
    if (stock) await applyFeeds(client);
  });
}

async function writePast(client: pg.Client, products: Product[], now: number) {
  const orders = inventHistory(products, now);
  await part("its invented orders of the last ninety days", writeHistory(client, orders));
  await part("where its invented orders came from", writeTraces(client));
  await part("what went on between it and its ERP", writeErp(client, products, orders, now));
  await part("what its ERP refused", writeRefused(client));
}

// Only what the database has against the rows themselves; a full disk or a lost connection speaks for itself.
async function part<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = cause instanceof pg.DatabaseError ? (cause.code ?? "") : "";
    if (!/^(2|4[24]|P0)|^[A-Z]{5}$/.test(code)) throw cause;
    throw new DemoNotMade(`${what} cannot be written: it breaks a rule of the database`, { cause });
  }
}

/** Runs `fill` in a transaction when the database has no accounts yet. @returns what the ERP should know of it. */
export async function seedOnce(adminUrl: string, fill: (client: pg.Client) => Promise<void>): Promise<MasterData> {
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
    return await readMasterData(client);
  });
}

async function readMasterData(client: pg.Client): Promise<MasterData> {
  const { rows } = await client.query<MasterData>(
    `select array(select sku from app.products where active order by sku) as skus,
            array(select code from app.partners order by code) as partners`,
  );
  return rows[0]!;
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // Whoever waits for an answer is told; with nobody listening this would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
