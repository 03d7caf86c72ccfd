import type { WorkerQueries } from "../queries.ts";
import type { ErpAccess } from "../erp/exchange.ts";
import { type ErpConnection, openErpConnection } from "../erp/connection.ts";
import type { RunProgress } from "../erp/sync-queries.ts";
import { syncDueOrders } from "../erp/sync.ts";
import { watchErp } from "../erp/watch.ts";
import { loop, sleep } from "../loop.ts";
import { exits, howFar, mostNamed, orders, progressLine, table, wordsOf } from "./show.ts";

export type How = { queries: WorkerQueries; access: ErpAccess; paced: boolean; waitMs: number; stop: AbortSignal };

const lookMs = 250;

/** Begins a run of Reconcile_Orders, or joins the one under way, and works until it is over; returns the exit code. */
export async function work({ queries, access, waitMs, ...how }: How): Promise<number> {
  const connection = openErpConnection(access, queries);
  const watch = loop("watch", watchErp(connection, queries));
  try {
    connection.follow(await queries.readCircuit());
    if (!(await isBack(connection, waitMs, how.stop)))
      return how.stop.aborted ? exits.interrupted : await away(queries);
    return await runThrough({ queries, connection, waitMs, ...how });
  } finally {
    await watch.stop();
    await connection.stop().catch(() => undefined); // Figures that could not be written down any more.
  }
}

async function runThrough({
  queries,
  connection,
  paced,
  waitMs,
  stop,
}: Omit<How, "access"> & { connection: ErpConnection }): Promise<number> {
  const { ref } = await queries.beginReconcile("reconcile-orders");
  let run = await queries.readReconcile(ref);
  if (run.total === 0) {
    console.log("Nothing waits for the ERP.");
    return exits.done;
  }
  console.log(`${ref}: ${orders(run.left)} to bring to the ERP.`);
  const shown = watchProgress(queries, ref, run);
  try {
    while (!run.finished && !stop.aborted) {
      await syncDueOrders(queries, connection.client, { paced, stop });
      run = await queries.readReconcile(ref);
      if (run.circuit !== "CLOSED" && !(await isBack(connection, waitMs, stop))) break;
      // What is left waits for its next try, or is in the hands of another process.
      if (!run.finished) await sleep(lookMs);
    }
  } finally {
    await shown.stop();
  }
  run = await queries.readReconcile(ref);
  shown.end(run);
  return told(run, ref, stop.aborted);
}

function told(run: RunProgress, ref: string, interrupted: boolean): number {
  const all = Object.entries(run.results).reduce((sum, [result, n]) => (result === "CONFIRMED" ? sum : sum + n), 0);
  const named = run.open
    .slice(0, mostNamed)
    .map(({ number, result, error, difference }) => ({ number, result, words: wordsOf(error, difference) }));
  console.log(table(run.results, named, run.open.length < mostNamed ? 0 : all - named.length));
  if (run.finished) return run.open.length > 0 ? exits.person : exits.done;
  if (interrupted)
    console.error(`Interrupted: ${orders(run.left)} of ${ref} left. The next npm run reconcile-orders goes on.`);
  else
    console.error(
      `The ERP is away, the breaker is ${run.circuit}: ${orders(run.left)} of ${ref} left. They go on when it is ` +
        "back, or by the next npm run reconcile-orders.",
    );
  return interrupted ? exits.interrupted : exits.failed;
}

/** Waits until the breaker is closed; false when it is not within the patience. */
async function isBack(connection: ErpConnection, waitMs: number, stop: AbortSignal): Promise<boolean> {
  const until = performance.now() + waitMs;
  while (connection.state() !== "CLOSED") {
    if (stop.aborted || performance.now() >= until) return false;
    await sleep(lookMs);
  }
  return !stop.aborted;
}

async function away(queries: WorkerQueries): Promise<number> {
  const { length } = await queries.listWaiting("0", 200);
  console.error(
    `The ERP is away: the breaker is not closed. ${length === 200 ? "200 orders or more" : orders(length)} wait. ` +
      "--wait N waits for it.",
  );
  return exits.failed;
}

/** Shows how far the run is until `stop`. */
function watchProgress(queries: WorkerQueries, ref: string, first: RunProgress) {
  const line = progressLine();
  const started = performance.now();
  const text = (run: RunProgress) =>
    howFar(run, (first.left - run.left) / Math.max(1, (performance.now() - started) / 1_000));
  let over = false;
  const showing = (async () => {
    while (!over) {
      // The work itself says when the database is away.
      const run = await queries.readReconcile(ref).catch(() => null);
      if (run && !over) line.show(text(run));
      await sleep(lookMs);
    }
  })();
  return {
    async stop() {
      over = true;
      await showing;
    },
    end: (run: RunProgress) => line.end(text(run)),
  };
}
