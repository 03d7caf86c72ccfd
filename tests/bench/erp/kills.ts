import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Line } from "../table.ts";
import { postBare } from "./bare-client.ts";
import { compareBooks, placeOrders } from "./orders.ts";
import { openErpFixture, type Process, type ErpFixture } from "./fixture.ts";
import { type Call, clock } from "./proxy.ts";

const moments = ["create", "booked", "answered"] as const;
const thinkMs = 60;
const patienceForPostMs = 5_000;
/** Leases of a minute that died with their holders, and what waits behind them at the set rate. */
const patienceMs = 6 * 60_000;

type Lane = {
  fixture: ErpFixture;
  client: string;
  kills: number;
  where: Where[];
  more: () => Promise<void>;
  start: (client: string) => Promise<Process>;
  withinMs: number;
};
type Where = "none" | "lookup" | "sent" | "booked" | "answered";
const words: Record<Where, string> = {
  sent: "a POST sent and not yet booked",
  booked: "booked and not yet answered",
  answered: "answered less than 20 ms ago",
  lookup: "a look-up under way",
  none: "nothing under way",
};

/**
 * Orders on their way to an ERP that makes a document of every POST, while the worker (two thirds) and the command (one
 * third) are killed again and again: three lanes side by side, each with its own way to the ERP.
 *
 * @param sizes `lieMs`: an order that was on its way when its sender died is booked up to this much later. `workerMs`,
 * `commandMs`: the latest that one dies when it dies anywhere.
 */
export async function measureKills({
  orders = 1_000,
  kills = 100,
  lieMs = 15_000,
  workerMs = 1_500,
  commandMs = 4_000,
} = {}): Promise<Line[]> {
  const fixture = await openErpFixture();
  const started = performance.now();
  try {
    await fixture.supply();
    await fixture.setRate(50);
    await fixture.control("/control", "POST", { careless: true });
    const control = await doubled(fixture);
    fixture.proxy.thinkMs = thinkMs;
    fixture.proxy.lieMs = lieMs;
    const numbers: string[] = [];
    const where: Where[] = [];
    const commands = Math.round(kills / 3);
    const batch = Math.ceil(orders / kills);
    // One after the other: all lanes fill the carts of the same stores.
    let placing: Promise<void> = Promise.resolve();
    const more = () =>
      (placing = placing.then(async () => {
        const count = Math.min(batch, orders - numbers.length);
        if (count > 0) numbers.push(...(await placeOrders(fixture, count)));
      }));
    const second = Math.floor((kills - commands) / 2);
    const lane = { fixture, where, more };
    const worker = (name: string) => fixture.worker(name);
    const command = (name: string) => fixture.reconcile(name, ["--unpaced"]);
    await Promise.all([
      killLane({ ...lane, client: "worker-1", kills: kills - commands - second, start: worker, withinMs: workerMs }),
      killLane({ ...lane, client: "worker-2", kills: second, start: worker, withinMs: workerMs }),
      killLane({ ...lane, client: "reconcile", kills: commands, start: command, withinMs: commandMs }),
    ]);
    while (numbers.length < orders) await more();
    console.log(
      `  ${where.length} kills after ${Math.round((performance.now() - started) / 1000)} s; waiting for what is left`,
    );
    await fixture.hurry();
    await fixture.worker("worker-1");
    await fixture.untilDone(patienceMs);
    const books = await compareBooks(fixture, numbers);
    const ours = new Set(numbers);
    const posts = fixture.proxy.calls.filter(
      ({ operation, reference }) => operation === "create" && ours.has(reference!),
    );
    const arrived = posts.filter(({ bookedAt }) => bookedAt !== null).length;
    const count = (what: string, n: number): Line => ({
      what,
      figure: String(n),
      limit: "0",
      floor: "",
      meets: n === 0,
    });
    const tally = (Object.keys(words) as Where[]).map(
      (place) => `${where.filter((found) => found === place).length} with ${words[place]}`,
    );
    return [
      {
        what: `${numbers.length} orders, ${kills - commands} kills of the worker, ${commands} of the command`,
        figure: `${tally.join(", ")}; ${Math.round((performance.now() - started) / 1000)} s`,
        limit: "",
        floor: `${posts.length} POSTs begun, ${arrived} arrived whole`,
        meets: null,
      },
      {
        ...count("... orders with two documents in an ERP that makes one of every POST", books.duplicates),
        floor: `${control} of 1: sent twice by a bare client`,
      },
      count("... orders without a document", books.lost),
      count("... orders not SYNCED, or with a document that the ERP has not got", books.unsynced + books.wrong),
      count("... workers that ended by themselves", fixture.crashes.length),
    ];
  } finally {
    await fixture.close();
  }
}

/**
 * One process after the other under this name, each killed at a random moment: a third of them anywhere, the others
 * around a POST.
 */
async function killLane({ fixture, kills, where, more, start, client, withinMs }: Lane): Promise<void> {
  for (let done = 0, tries = 0; done < kills; tries += 1) {
    if (tries > kills * 3 + 10)
      throw new Error(
        `${client} ended by itself ${tries - done} times before it could be killed; its log is in ` +
          `${fixture.system.dataDir}.`,
      );
    const running = await start(client);
    let gone = false;
    void running.ended.then(() => (gone = true));
    const moment = done % 3 === 0 ? pause(Math.random() * withinMs) : aroundPost(fixture, client, running);
    const placed = more();
    await moment;
    const place = placeOf(fixture, client);
    if (!gone) {
      await fixture.end(client);
      where.push(place);
      done += 1;
      if (done % 10 === 0) console.log(`  ${client}: ${done} kills`);
    }
    await placed;
  }
}

/** A few milliseconds after a POST of this process arrived, was booked, or was answered; soon, when it sends none. */
async function aroundPost({ proxy }: ErpFixture, client: string, { ended }: Process): Promise<void> {
  const wanted = moments[Math.floor(Math.random() * moments.length)]!;
  const skipped = Math.floor(Math.random() * 4);
  const seen = new Promise<void>((resolve) => {
    let met = 0;
    const look = (call: Call) => {
      if (call.client !== client || met++ < skipped) return;
      proxy.seen.off(wanted, look);
      resolve();
    };
    proxy.seen.on(wanted, look);
    void Promise.race([ended, pause(patienceForPostMs)]).then(() => {
      proxy.seen.off(wanted, look);
      resolve();
    });
  });
  await seen;
  const wait = Math.random() * 10 - 3;
  if (wait > 0) await pause(wait);
}

function placeOf({ proxy }: ErpFixture, client: string): Where {
  const now = clock();
  const recent = proxy.calls.slice(-200).filter((call) => call.client === client);
  const posts = recent.filter(({ operation }) => operation === "create");
  if (posts.some(({ bookedAt, endedAt }) => bookedAt === null && endedAt === null)) return "sent";
  if (posts.some(({ endedAt }) => endedAt === null)) return "booked";
  if (posts.some(({ endedAt }) => now - endedAt! < 20)) return "answered";
  return recent.some(({ operation, endedAt }) => operation === "find" && endedAt === null) ? "lookup" : "none";
}

/** The control: this ERP does make two documents when an order is sent twice, and the bench sees it. */
async function doubled(fixture: ErpFixture): Promise<number> {
  const [product] = await fixture.ask<{ sku: string }>("select sku from app.products order by id limit 1");
  const body = {
    reference: `BARE-${randomUUID()}`,
    partner: "PTR-0001",
    placed_at: new Date().toISOString(),
    total: 1_000,
    credit: "GREEN",
    lines: [{ sku: product!.sku, quantity: 1, unit_price: 1_000 }],
  };
  const base = await fixture.proxy.open("floor");
  await postBare(base, fixture.apiKey, body);
  await postBare(base, fixture.apiKey, body);
  const documents = (await fixture.control("/control/orders", "GET")) as Array<{ reference: string }>;
  const made = documents.filter(({ reference }) => reference === body.reference).length;
  if (made !== 2) throw new Error(`The careless ERP has ${made} documents for an order that was sent twice.`);
  return 1;
}
