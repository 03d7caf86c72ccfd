import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { partners } from "#supabase/seed/people.ts";
import { mulberry } from "#tests/support/random.ts";
import type { Line } from "../table.ts";
import { cut, type Kind, kinds } from "./cuts.ts";
import { placeOrders } from "./placer.ts";
import { ask, placed, report, type Run } from "./report.ts";
import { openShops, type Shops } from "./shoppers.ts";
import { openSystem, type System } from "./system.ts";

/** What is left at the end: leases of two minutes that died with their holders, and pauses after failed tries. */
const patienceMs = 15 * 60_000;
/** So often an order is placed without a cut, to see what it takes on this machine today. */
const cutsPerCalm = 10;
/** About so many cuts for each kill of the worker. */
const cutsPerWorker = 8;

/**
 * Cuts the database off `cuts` times while pages, checkouts and owners' mails are under way, and kills the worker now
 * and then. `readers`: how many stores only read, each thirty pages a second. After each cut somebody orders at once,
 * and what was acknowledged until then is looked for. `drain`: waits for every mail at the end.
 *
 * @returns the figures.
 */
export async function measureCuts({
  cuts = 1_000,
  seed = 1,
  drain = true,
  readers = 3,
  say = (_words: string) => undefined as void,
  until = new Promise<void>(() => undefined),
} = {}): Promise<Line[]> {
  const random = mulberry(seed);
  const system = await openSystem();
  let stopped = false;
  void until.then(() => (stopped = true));
  try {
    await liftLimits(system);
    const able = partners
      .filter(({ region }) => region !== null)
      .slice(10)
      .map(({ email }) => email);
    const shops = await openShops(
      system.stack.at.app,
      { readers: able.slice(0, readers), shoppers: able.slice(3, 6), probe: able[6]! },
      mulberry(seed + 1),
    );
    const run: Run = {
      system,
      shops,
      started: performance.now(),
      cuts: [],
      calm: [],
      workers: 0,
      lostMeanwhile: 0,
      before: await placed(system),
      placer: placeOrders(system.stack.at.admin),
      seed,
    };
    await shops.fill(shops.probe);
    let worker = Promise.resolve();
    for (let done = 0; done < cuts && !stopped; done += 1) {
      if (done % cutsPerCalm === 0) run.calm.push(await calmOrder(run));
      await somewhere(system, shops, random);
      if (random() * cutsPerWorker < 1) {
        await worker; // The last one is back.
        worker = killWorker(system);
        run.workers += 1;
      }
      await cutOnce(run, kinds[Math.floor(random() * kinds.length)]!, random);
      if ((done + 1) % 25 === 0) say(progress(run));
    }
    await worker;
    await Promise.all([shops.stop(), run.placer.stop()]);
    if (drain) await drained(run, say);
    return await report(run);
  } finally {
    await system.close();
  }
}

async function cutOnce(run: Run, kind: Kind, random: () => number) {
  const { system, shops } = run;
  const { client, acceptedAt, downMs } = await cut(system, kind, random);
  try {
    const [bareMs] = await Promise.all([bareCommit(client, acceptedAt), shops.order(shops.probe)]);
    run.cuts.push({ kind, downMs, bareMs, wholeMs: performance.now() - acceptedAt });
    run.lostMeanwhile += await missing(client, shops.acknowledged);
  } finally {
    await client.end().catch(() => undefined);
  }
  await shops.fill(shops.probe);
}

async function calmOrder({ shops }: Run): Promise<number> {
  const started = performance.now();
  await shops.order(shops.probe);
  const ms = performance.now() - started;
  await shops.fill(shops.probe);
  return ms;
}

/**
 * The same without us: one statement that has to reach the disk.
 *
 * @returns milliseconds since the connection was taken.
 */
async function bareCommit(client: pg.Client, since: number): Promise<number> {
  await client.query("select pg_logical_emit_message(true, 'bench', 'a change')");
  return performance.now() - since;
}

async function missing(client: pg.Client, numbers: string[]): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `
      select count(*)::int as n from unnest($1::text[]) as said (number) where not exists (select from app.orders o
        where o.number = said.number)`,
    [numbers],
  );
  return rows[0]!.n;
}

/** A third of the cuts fall anywhere, a third beside a request to a provider, a third into a checkout. */
async function somewhere({ seen }: System, { events }: Shops, random: () => number) {
  const where = random();
  if (where < 1 / 3) return pause(random() * 1_000);
  const [emitter, name, most] = where < 2 / 3 ? ([seen, "request", 90] as const) : ([events, "checkout", 60] as const);
  await once(emitter, name, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  await pause(random() * most);
}

async function killWorker({ stack }: System) {
  await stack.halt("worker", "SIGKILL");
  await stack.start("worker");
}

/** Enough credit and stock for everybody: what runs out is not what is tried here. */
async function liftLimits(system: System) {
  // One transaction: a limit does not change without its row in the trail.
  await ask(
    system,
    `
      select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners; update app.partners set credit_limit
        = 1000000000000`,
  );
}

async function drained({ system }: Run, say: (words: string) => void) {
  say("No more cuts: waiting for what is left.");
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(2_000)) {
    const [left] = await ask<{ n: number }>(
      system,
      "select count(*)::int as n from app.shadow_alerts where state = 'PENDING'",
    );
    if (left!.n === 0) return;
  }
}

function progress({ cuts, shops, placer, system, started }: Run): string {
  const slow = Math.max(...cuts.map(({ wholeMs }) => wholeMs));
  return (
    `${cuts.length} cuts, ${shops.acknowledged.length} checkouts, ${placer.acknowledged.length} shadow orders, ` +
    `${system.mailState.counts.requests} mails, ${system.crashes.length} exits, slowest ${Math.round(slow)} ms, ` +
    `${minutes(started)}`
  );
}

function minutes(since: number): string {
  const seconds = Math.round((performance.now() - since) / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
