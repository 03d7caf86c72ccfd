import type { WorkerQueries } from "../queries.ts";
import { job } from "../job.ts";
import { log, reasonOf } from "../log.ts";
import { sleep } from "../loop.ts";
import { ErpClosed, wordsOf } from "./breaker.ts";
import { type ErpClient, ErpTooLate } from "./client.ts";
import { type Comparison, compareOrder, refusal } from "./compare.ts";
import { ErpFailure } from "./failure.ts";
import type { Claim, Outcome } from "./sync-queries.ts";

type Options = {
  /** False: as fast as the ERP answers, by a person's wish. */
  paced?: boolean;
  /** Ends the pass: what is under way is finished, what was not begun goes back. */
  stop?: AbortSignal;
};

// A lease is a minute, and an order may cost two timeouts of eight seconds at most.
const mostAtOnce = 5;
const idleMs = 2_000;
const lookAgainMs = 250;
// From the permission to send to the sending. The database believes for twenty seconds that it may be on its way.
const longestStepMs = 10_000;

/**
 * Brings the orders that are due to the ERP, at the pace of all processes together and several at a time, until none is
 * due; returns the pause after it. One that is slow or fails takes one of five places, and no more.
 */
export async function syncDueOrders(
  queries: WorkerQueries,
  erp: ErpClient,
  { paced = true, stop }: Options = {},
): Promise<number> {
  const inFlight = new Set<Promise<void>>();
  let breakerOpen = false;
  const over = () => breakerOpen || stop?.aborted === true;
  const begin = (claim: Claim) => {
    const going = syncOrder(queries, erp, claim).then((asked) => {
      if (!asked) breakerOpen = true;
      inFlight.delete(going);
    });
    inFlight.add(going);
  };

  try {
    while (!over()) {
      const claims = await queries.claimSync(mostAtOnce, paced);
      if (claims.length === 0 && inFlight.size === 0) break;
      if (claims.length === 0) await Promise.race([...inFlight, sleep(lookAgainMs)]);
      let since = performance.now();
      for (const claim of claims) {
        await sleep(Math.max(0, since + claim.wait_ms - performance.now()));
        while (inFlight.size >= mostAtOnce) await Promise.race(inFlight);
        // Late, because all places were taken: the next ones too, or they would go in one burst.
        since = Math.max(since, performance.now() - claim.wait_ms);
        if (over()) await giveBack(queries, claim, false);
        else begin(claim);
      }
    }
  } finally {
    await Promise.all(inFlight);
  }
  return idleMs;
}

/**
 * Brings one order to the ERP: looked up by our number when it may be there already, created when it is not, compared.
 * Never throws; false: the breaker is open, and it was given back.
 */
export const syncOrder = (queries: WorkerQueries, erp: ErpClient, claim: Claim): Promise<boolean> =>
  job("order.placed.sync", claim.request_id, { order: claim.order.number, attempts: claim.attempts }, () =>
    bring(queries, erp, claim),
  );

async function bring(queries: WorkerQueries, erp: ErpClient, claim: Claim): Promise<boolean> {
  const { order } = claim;
  let mayPost = false; // From here on it may be there although we did not hear so.
  try {
    const [first, ...more] = claim.look_up ? await erp.findDocuments(order.number) : [];
    if (first) return await settle(queries, claim, compareOrder(order, [first, ...more]));
    if (!claim.may_create) return await settle(queries, claim, absent);

    const inTime = stopwatch(longestStepMs);
    mayPost = await queries.beginPost(claim);
    if (!mayPost) {
      log.info({ order: order.number, attempts: claim.attempts }, "order not sent: not ours to send now");
      return true;
    }
    const created = await erp.createOrder(order, inTime);
    const said =
      created.kind === "accepted" ? compareOrder(order, [created.document]) : refusal(created.status, created.message);
    return await settle(queries, claim, said);
  } catch (error) {
    if (error instanceof ErpClosed || error instanceof ErpTooLate) return giveBack(queries, claim, mayPost);
    await defer(queries, claim, error, mayPost);
    return true;
  }
}

async function settle(queries: WorkerQueries, claim: Claim, outcome: Outcome): Promise<true> {
  const counts = await queries.settleSync(claim, outcome);
  const { result, erp, error } = outcome;
  const said = {
    order: claim.order.number,
    result,
    documents: erp.documents,
    attempts: claim.attempts,
    error,
    counts,
  };
  log[result === "CONFIRMED" || result === "ABSENT" ? "info" : "warn"](said, "the ERP has spoken about an order");
  return true;
}

async function giveBack(queries: WorkerQueries, claim: Claim, unsent: boolean): Promise<false> {
  // One that cannot be given back comes back by itself when its lease runs out.
  await queries
    .releaseSync(claim, unsent)
    .catch((error: unknown) =>
      log.warn({ order: claim.order.number, reason: reasonOf(error) }, "order not given back"),
    );
  return false;
}

/** Not this time, whatever the reason, ours too: the others go on. */
async function defer(
  queries: WorkerQueries,
  { order: { number }, attempts, ...claim }: Claim,
  error: unknown,
  posted: boolean,
): Promise<void> {
  const reason = error instanceof ErpFailure ? wordsOf(error) : reasonOf(error);
  const unsent = posted && error instanceof ErpFailure && error.unsent;
  log.warn({ order: number, attempts, reason }, "order not in the ERP yet, trying later");
  await queries
    .deferSync(claim, reason, Math.min(300, 2 ** Math.min(attempts, 10)), unsent)
    .catch((again: unknown) => log.warn({ order: number, reason: reasonOf(again) }, "order not put back"));
}

const absent: Outcome = {
  result: "ABSENT",
  error: null,
  erp: { documents: [], total: null, lines: [], credit: null, message: null },
  difference: { total: 0, lines: [], credit: null } satisfies Comparison["difference"],
};

/** By two clocks: the one stands still while the machine sleeps, the other may be set. */
function stopwatch(longestMs: number): () => boolean {
  const [steady, wall] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - steady, Date.now() - wall) < longestMs;
}
