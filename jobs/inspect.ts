import { judge, type Located } from "#app/cases/geo.ts";
import type { Counter, DueTrace } from "./counter.ts";
import { log, reasonOf } from "./log.ts";

const batch = 20;
const idleMs = 5_000;

type Tools = { counter: Counter; locate: (ip: string | null) => Promise<Located> };

/**
 * One pass over the shadow orders that nobody has looked at: where each came from and whether the way there was
 * possible, then the rules of abuse. One that fails is logged and left to its lease; it keeps nobody else's from being
 * looked at.
 */
export async function inspectDueOrders({ counter, locate }: Tools): Promise<number> {
  const due = await counter.claimTraces(batch);
  for (const trace of due) {
    try {
      await settle(counter, trace, await locate(trace.ip));
      await counter.inspectOrder(trace.order_id);
    } catch (error) {
      log.warn({ order: trace.number, reason: reasonOf(error) }, "shadow order not inspected");
    }
  }
  // A claim holds the oldest order of each salesman: where there was one, there may be the next.
  return due.length > 0 ? 0 : idleMs;
}

async function settle(counter: Counter, trace: DueTrace, located: Located) {
  const { store_latitude: latitude, store_longitude: longitude, previous } = trace;
  const store = latitude === null || longitude === null ? null : { latitude, longitude };
  await counter.settleTrace(trace.order_id, located.place, judge(located, trace.at, store, previous));
}
