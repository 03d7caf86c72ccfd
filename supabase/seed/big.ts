import pg from "pg";
import { seedDemo } from "./demo.ts";
import { bigBatch, bigPartners, bigProducts, pickers } from "./big-sql.ts";
import { analyzeApp, asThePast } from "./rows.ts";

export type BigOptions = {
  /** How many there are in all when it is done; what is there already counts. */
  orders: number;
  partners: number;
  products: number;
  /** Orders per transaction. */
  batch?: number;
  now?: Date;
  /** Told after every batch, in plain words. */
  log?: (line: string) => void;
};
export type BigReport = {
  orders: number;
  seconds: number;
  ordersPerSecond: number;
  peakMegabytes: number;
  databaseMegabytes: number;
};

/**
 * Data of production's size on top of the demo's: stores, articles and two years of orders with lines, history,
 * invoices and syncs. The rows are made by the database itself, batch by batch, so this process holds none of
 * them; it can be stopped and started again, and goes on where it was.
 *
 * @param adminUrl the login `postgres` of a database that is not production.
 */
export async function seedBig(adminUrl: string, options: BigOptions): Promise<BigReport> {
  const { batch = 20_000, now = new Date(), log = () => {} } = options;
  const started = performance.now();
  await seedDemo(adminUrl, now);
  const clients = await Promise.all([open(adminUrl), open(adminUrl)]);
  const [first] = clients;
  try {
    await first.query(bigProducts, [options.products]);
    await first.query(bigPartners, [options.partners, now]);
    await analyzeApp(first);
    for (const client of clients) await client.query(pickers);
    const present = await first.query<{ n: number }>("select count(*)::int as n from app.orders");
    const done = present.rows[0]!.n;
    let made = 0;
    let next = done;
    // Two at a time: one computes while the other waits for the disk.
    await asThePast(first, () =>
      Promise.all(
        clients.map(async (client) => {
          while (next < options.orders) {
            const from = next;
            const until = Math.min(from + batch, options.orders);
            next = until;
            await client.query(bigBatch, [from, until, now, options.orders]);
            made += until - from;
            log(`${(done + made).toLocaleString("en")} orders, ${rate(made, started)}/s, ${peakMegabytes()} MB`);
          }
        }),
      ),
    );
    await first.query("select setval('app.order_numbers', greatest((select max(id) from app.orders), 1))");
    await first.query("select setval('app.invoice_numbers', greatest((select max(id) from app.orders), 1))");
    await analyzeApp(first);
    const size = await first.query<{ mb: number }>(
      "select (pg_database_size(current_database()) / 1048576)::int as mb",
    );
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return {
      orders: done + made,
      seconds,
      ordersPerSecond: rate(made, started),
      peakMegabytes: peakMegabytes(),
      databaseMegabytes: size.rows[0]!.mb,
    };
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

const rate = (made: number, started: number) => Math.round(made / ((performance.now() - started) / 1_000));
/** The most memory this process ever held. */
const peakMegabytes = () => Math.round(process.resourceUsage().maxRSS / 1_024);

async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // Whoever waits for an answer is told; with nobody listening this would end the process.
  client.on("error", () => undefined);
  await client.connect();
  // A bulk load that a power cut may shorten by its last batch.
  await client.query("set synchronous_commit = off");
  return client;
}
