import { once } from "node:events";
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { PgBoss } from "pg-boss";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBoss, startBoss } from "#jobs/boss.ts";
import { openQueries, type WorkerQueries } from "#jobs/queries.ts";
import { log } from "#jobs/log.ts";
import { people } from "#tests/support/cast.ts";
import { connect, openLogin, seededDatabase } from "#tests/support/database.ts";
import { workerRows } from "./support/worker-rows.ts";

// A Postgres of its own, whose queue of notifications is the smallest there is: 64 pages, so that a test can fill it.
const database = seededDatabase({ max_notify_queue_pages: "64" });
let admin: pg.Client;
let boss: PgBoss;
let queries: WorkerQueries;
let transactions: typeof import("#app/db/transaction.server.ts");
let model: typeof import("#app/carts/checkout.server.ts");
const woken: Array<() => void> = [];
const budi = { userId: people.budi, sessionId: randomUUID() };
const origin = { ip: "127.0.0.1", userAgent: "test", requestId: "wake-up" };

beforeAll(async () => {
  log.level = "silent";
  admin = await connect(database.adminUrl);
  await openLogin(admin, budi.userId, budi.sessionId);
  await admin.query(
    `
      update app.product_stock set quantity = 100000 where product_id = (select id from app.products
        where sku = 'ALF-0001')`,
  );
  process.env.DATABASE_URL = database.webUrl;
  transactions = await import("#app/db/transaction.server.ts");
  model = await import("#app/carts/checkout.server.ts");
  queries = openQueries(database.workerUrl);
  boss = openBoss(database.workerUrl);
  await startBoss(boss, {
    rows: workerRows,
    async wake(queue) {
      if (queue === "order.placed.sync") woken.splice(0).forEach((tell) => tell());
    },
  });
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await Promise.all([queries.close(), transactions.closePool()]);
});

/** Orders one piece as the web does; gives the milliseconds from its commit to the handler in the worker. */
async function orderAndWait(): Promise<number> {
  const heard = new Promise<number>((resolve) => woken.push(() => resolve(performance.now())));
  await transactions.writeAs(budi, origin, (db) => db.many(sql`select app.put_in_cart(${"ALF-0001"}, 1, ${"set"})`));
  const placed = await transactions.writeAs(budi, origin, (db) =>
    model.placeOrder(db, { checkout_key: { id: randomUUID(), digest: null }, note: "", preorder: false }),
  );
  const committed = performance.now();
  expect(placed.repeated).toBe(false);
  return (await heard) - committed;
}

const nearly = (share: number, all: number[]) => all.toSorted((a, b) => a - b)[Math.ceil(all.length * share) - 1]!;

/**
 * Whoever listens and then sits in a transaction keeps all that is sent from then on. Filled to the brim: a NOTIFY is
 * refused.
 */
async function fill(): Promise<pg.Client> {
  const listener = await connect(database.webUrl);
  await listener.query("set idle_in_transaction_session_timeout = 0"); // Of ten seconds, which any session may lift.
  await listener.query("listen whatever");
  await listener.query("begin; select 1");
  for (let sent = 0; sent < 10_000; sent += 1) {
    const refusal = await admin.query("select pg_notify('whatever', $1)", [`${sent}${"x".repeat(7_900)}`]).then(
      () => null,
      (error: { code: string }) => error.code,
    );
    if (refusal) {
      expect(refusal).toBe("54000");
      return listener;
    }
  }
  throw new Error("the queue was never full");
}

test("from a commit to the handler in the worker: 95 of 100 within a second", async () => {
  const took: number[] = [];
  for (let n = 0; n < 40; n += 1) took.push(await orderAndWait());
  console.info(
    `commit to handler, 40 orders: p50 ${nearly(0.5, took).toFixed(0)} ms, p95 ${nearly(0.95, took).toFixed(0)} ms, ` +
      `worst ${nearly(1, took).toFixed(0)} ms`,
  );
  expect(nearly(0.95, took)).toBeLessThan(1_000);
});

test("the notification queue is full: orders go on, the worker's sweep finds them and staff is told", async () => {
  const listener = await fill();
  const before = (await admin.query<{ n: number }>("select count(*)::int as n from app.orders")).rows[0]!.n;
  const took: number[] = [];
  for (let n = 0; n < 6; n += 1) took.push(await orderAndWait());
  // The control: it is full all the while, and a transaction that notifies is lost at its end.
  await expect(admin.query("select pg_notify('whatever', $1)", ["x".repeat(7_900)])).rejects.toMatchObject({
    code: "54000",
  });
  const lost = await connect(database.adminUrl);
  await lost.query("begin; select pg_notify('whatever', 'y')");
  await expect(lost.query("commit")).rejects.toMatchObject({ code: "54000" });
  await lost.end();
  expect((await admin.query<{ n: number }>("select count(*)::int as n from app.orders")).rows[0]!.n).toBe(before + 6);
  console.info(`with a full queue, 6 orders: worst ${nearly(1, took).toFixed(0)} ms`);
  expect(nearly(1, took)).toBeLessThan(5_000);

  expect(await queries.watchNotifications()).toBeGreaterThan(0.9);
  await queries.watchNotifications(); // Once while it is open.
  const told = (
    await admin.query("select severity, detail, repeats from app.incidents where cause = 'NOTIFICATIONS_FULL'")
  ).rows;
  expect(told).toEqual([{ severity: 3, detail: { full: 100 }, repeats: 0 }]);
  // A function of the worker's own that queues something is not lost either.
  expect(await queries.wantStockCheck()).toEqual(expect.any(Boolean));

  // Whoever held it up is gone, and it stays full: nobody lets go of what was sent, since nobody can send. The watch
  // does.
  const ended = once(listener, "end");
  await listener.end();
  await ended;
  await expect(admin.query("select pg_notify('whatever', '')")).rejects.toMatchObject({ code: "54000" });
  expect(await queries.watchNotifications()).toBeLessThan(0.05);
  const again: number[] = [];
  for (let n = 0; n < 5; n += 1) again.push(await orderAndWait());
  expect(nearly(1, again)).toBeLessThan(1_000);
});
