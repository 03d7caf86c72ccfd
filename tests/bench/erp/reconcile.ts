import { setTimeout as pause } from "node:timers/promises";
import fs from "node:fs";
import type { Line } from "../table.ts";
import { sendBare } from "./bare-client.ts";
import { bareBodies, compareBooks, placeOrders } from "./orders.ts";
import { openErpFixture, type ErpFixture } from "./fixture.ts";
import { clock } from "./proxy.ts";

const limitSeconds = 60;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

const rates = [
  { perSecond: 20, most: 200, who: ["reconcile"] },
  { perSecond: 20, most: 200, who: ["worker-1", "worker-2"] },
  { perSecond: 5, most: 60, who: ["worker-1", "reconcile"] },
];

/**
 * Orders that waited for a dead ERP: all at once by a person's wish, then at the set rate, by one process and by two.
 * `first`: the rates from this one on.
 */
export async function measureReconcile({ orders = 1_000, first = 0 } = {}): Promise<Line[]> {
  const fixture = await openErpFixture();
  try {
    await fixture.supply();
    const lines = await allAtOnce(fixture, orders);
    for (const { perSecond, most, who } of rates.slice(first))
      lines.push(await atRate(fixture, { perSecond, orders: Math.min(most, orders), who }));
    return lines;
  } finally {
    await fixture.close();
  }
}

async function allAtOnce(fixture: ErpFixture, count: number): Promise<Line[]> {
  await fixture.turn("OPEN");
  const numbers = await placeOrders(fixture, count);
  const [held] = await fixture.ask<{ n: number }>(
    "select count(*)::int as n from app.orders where number = any ($1) and degraded and sync_status = 'PENDING_SYNC'",
    [numbers],
  );
  if (held!.n !== count) throw new Error(`${held!.n} of ${count} orders were taken in degraded mode and wait.`);
  await fixture.turn("CLOSED");
  const floor = await sendBare({
    base: await fixture.proxy.open("floor"),
    apiKey: fixture.apiKey,
    bodies: await bareBodies(fixture, numbers),
  });
  const started = clock();
  const command = await fixture.reconcile("reconcile", ["--unpaced"]);
  const code = await command.ended;
  const ended = clock();
  if (code !== 0) console.error(fs.readFileSync(command.logFile, "utf8").split("\n").slice(-12).join("\n"));
  const first = fixture.proxy.calls.find(({ client, operation }) => client === "reconcile" && operation !== "ping");
  const books = await compareBooks(fixture, numbers);
  const total = (ended - started) / 1000;
  const sound = code === 0 && books.duplicates + books.lost + books.unsynced + books.wrong === 0;
  return [
    {
      what: `${count} held orders, npm run reconcile-orders -- --unpaced, from its start to its end`,
      figure:
        `${total.toFixed(1)} s (${((first?.at ?? NaN) - started).toFixed(0)} ms until its first call), exit code ` +
        `${code}`,
      limit: `<= ${limitSeconds} s`,
      floor: `${seconds(floor)}: the same look-ups and POSTs, bare client, no database`,
      meets: code === 0 && total <= limitSeconds,
    },
    {
      what: "... afterwards",
      figure:
        `${books.duplicates} doubled, ${books.lost} lost, ${books.unsynced} not synced, ${books.wrong} with another ` +
        `document (${books.results})`,
      limit: "0 of each",
      floor: "",
      meets: sound,
    },
  ];
}

/** The rate that the ERP sees, from its first POST to its last. */
async function atRate(
  fixture: ErpFixture,
  { perSecond, orders, who }: { perSecond: number; orders: number; who: string[] },
): Promise<Line> {
  await fixture.setRate(perSecond);
  const from = fixture.proxy.calls.length;
  const commands = who.filter((name) => name === "reconcile");
  const workers = who.filter((name) => name !== "reconcile");
  for (const name of workers) await fixture.worker(name);
  const numbers = await placeOrders(fixture, orders);
  for (const name of commands) await fixture.reconcile(name);
  await fixture.untilDone((orders / perSecond) * 3_000 + 120_000);
  await pause(500);
  for (const name of who) await fixture.end(name, "SIGTERM");
  const posts = fixture.proxy.calls
    .slice(from)
    .filter(({ operation }) => operation === "create")
    .sort((a, b) => a.at - b.at);
  const rate = (posts.length - 1) / ((posts.at(-1)!.at - posts[0]!.at) / 1000);
  const most = Math.max(
    ...posts.map(({ at }) => posts.filter((other) => other.at >= at && other.at < at + 1_000).length),
  );
  const shares = who.map((name) => posts.filter(({ client }) => client === name).length);
  const books = await compareBooks(fixture, numbers);
  const sound = books.duplicates + books.lost + books.unsynced + books.wrong === 0 && posts.length === orders;
  return {
    what: `Set rate ${perSecond}/s, ${orders} orders, ${who.join(" and ")}: rate at the ERP's socket`,
    figure:
      `${rate.toFixed(2)}/s (${shares.join(" + ")} POSTs, at most ${most} in any ` +
      `second)${sound ? "" : `; ${JSON.stringify(books)}, ${posts.length} POSTs`}`,
    limit: `${perSecond}/s +-5 %`,
    floor: `${perSecond}/s`,
    meets: sound && Math.abs(rate / perSecond - 1) <= 0.05 && shares.every((share) => share > 0),
  };
}
