import { judge, type Located } from "#app/cases/geo.ts";
import type { WorkerQueries, DueTrace } from "./queries.ts";
import { job } from "./job.ts";
import { log, reasonOf } from "./log.ts";

const batch = 20;
const idleMs = 5_000;

type Tools = { queries: WorkerQueries; locate: (ip: string | null) => Promise<Located> };

/**
 * One pass over the shadow orders that nobody has looked at: where each came from and whether the way there was
 * possible, then the rules of abuse. One that fails is logged and left to its lease; it keeps nobody else's from being
 * looked at.
 */
export async function inspectDueOrders({ queries, locate }: Tools): Promise<number> {
  const due = await queries.claimTraces(batch);
  for (const trace of due)
    await job("order.shadow-placed.inspect", trace.request_id, { order: trace.number }, async () => {
      try {
        await settle(queries, trace, await locate(trace.ip));
        await queries.inspectOrder(trace.order_id);
      } catch (error) {
        log.warn({ order: trace.number, reason: reasonOf(error) }, "shadow order not inspected");
      }
    });
  // A claim holds the oldest order of each salesman: where there was one, there may be the next.
  return due.length > 0 ? 0 : idleMs;
}

async function settle(queries: WorkerQueries, trace: DueTrace, located: Located) {
  const { store_latitude: latitude, store_longitude: longitude, previous } = trace;
  const store = latitude === null || longitude === null ? null : { latitude, longitude };
  await queries.settleTrace(trace.order_id, located.place, judge(located, trace.at, store, previous));
}
