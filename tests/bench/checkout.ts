import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { demoPassword } from "#supabase/seed/people.ts";
import { fillCarts, liftLimits, linesPerCart, placeOrder } from "./carts.ts";
import { hiddenFields, together, Visitor } from "./clients.ts";
import { auditOrders } from "./checkout-audit.ts";
import type { System, Store } from "./system.ts";
import { type Line, median, milliseconds, percent, perSecond, quantile } from "./table.ts";

const clients = 8;

/** Orders of ten lines through the whole system, in turns with the same orders placed in SQL alone. */
export async function measureCheckout(system: System, { rounds = 5, shops = 160 } = {}): Promise<Line[]> {
  await system.need("mail", "auth", "worker", "web");
  const stores = system.stores.slice(0, shops);
  await system.firstPull();
  await liftLimits(system);
  const visitors = stores.map(() => new Visitor(system.stack.at.app));
  await together(2, stores.length, (i) => visitors[i]!.signIn(stores[i]!.email, demoPassword));
  const bare = new pg.Pool({ connectionString: system.stack.at.admin, max: clients, pipeline: true } as pg.PoolConfig);
  bare.on("error", () => undefined); // What its server says while it ends is nobody's answer.
  const before = await auditOrders(system);
  const times: number[] = [];
  const ours: number[] = [];
  const floor: number[] = [];
  try {
    // The first round warms up and counts for nothing but the audit.
    for (let round = 0; round <= rounds; round += 1) {
      await fillCarts(system, stores, round);
      const viaHttp = await orderByHttp(visitors);
      await fillCarts(system, stores, round + 1000);
      const inSql = await orderInSql(bare, stores);
      if (round === 0) continue;
      times.push(...viaHttp.times);
      ours.push(viaHttp.perSecond);
      floor.push(inSql);
    }
    const wanted = stores.length * 2 * (rounds + 1);
    const after = await auditOrders(system);
    const placed = after.orders - before.orders;
    const deadlocks = countInLog(system, "deadlock detected");
    const sound =
      placed === wanted &&
      after.numbers === after.orders &&
      after.cartItems === 0 &&
      after.wrongHolds === 0 &&
      after.lines - before.lines === placed * linesPerCart &&
      deadlocks === 0;
    return [
      {
        what: `Checkout of ${linesPerCart} lines, HTTP to redirect, ${clients} clients, fsync on`,
        figure:
          `${perSecond(median(ours), "orders")}, ` +
          `${percent(median(ours.map((n, i) => n / floor[i]!)))} of the floor`,
        limit: ">= 60 orders/s",
        floor: `${perSecond(median(floor), "orders")}: place_order in bare transactions`,
        meets: median(ours) >= 60,
      },
      {
        what: "... time of the POST, p95",
        figure: milliseconds(quantile(times, 0.95)),
        limit: "< 200 ms",
        floor: `median ${milliseconds(median(times))}`,
        meets: quantile(times, 0.95) < 200,
      },
      {
        what: `... afterwards, ${wanted} orders asked for`,
        figure:
          `${placed} placed, ${after.orders - after.numbers} double numbers, ${deadlocks} deadlocks, ` +
          `${after.cartItems} lines left in carts, ${after.wrongHolds} wrong holds`,
        limit: "all placed once, nothing left over",
        floor: "",
        meets: sound,
      },
    ];
  } finally {
    for (const visitor of visitors) visitor.close();
    await bare.end();
  }
}

/** The forms are fetched first, and only their sending is timed. */
async function orderByHttp(visitors: Visitor[]) {
  const forms: Array<Record<string, string>> = [];
  await together(clients, visitors.length, async (i) => {
    forms[i] = hiddenFields(await visitors[i]!.get("/checkout"), "/checkout");
  });
  const times: number[] = [];
  const started = performance.now();
  await together(clients, visitors.length, async (i) => {
    const { status, headers, ms } = await visitors[i]!.post("/checkout", { ...forms[i], note: "", preorder: "yes" });
    if (status >= 400 || !/^\/orders\/ORD-/.test(headers.location ?? ""))
      throw new Error(`A checkout answered ${status} ${headers.location ?? ""}.`);
    times.push(ms);
  });
  return { times, perSecond: visitors.length / ((performance.now() - started) / 1000) };
}

async function orderInSql(pool: pg.Pool, stores: Store[]): Promise<number> {
  const started = performance.now();
  await together(clients, stores.length, async (i) => {
    const client = await pool.connect();
    try {
      await placeOrder(client, stores[i]!);
    } finally {
      client.release();
    }
  });
  return stores.length / ((performance.now() - started) / 1000);
}

const countInLog = ({ dataDir }: System, words: string) =>
  fs.readFileSync(path.join(dataDir, "logs", "postgres.log"), "utf8").split(words).length - 1;
