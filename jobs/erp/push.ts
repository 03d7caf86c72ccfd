import type { Counter, DuePush } from "../counter.ts";
import { log } from "../log.ts";
import { sleep } from "../loop.ts";
import { ErpClosed } from "./breaker.ts";
import type { ErpClient, ErpOrder } from "./client.ts";
import { ErpFailure } from "./failure.ts";

// Five at most: a lease is a minute, and each order may cost two deadlines of four seconds.
const mostAtOnce = 5;
const idleMs = 2_000;

/** One pass over the orders that are due for the ERP, no faster than the setting allows; returns the pause after it. */
export async function pushDueOrders(counter: Counter, erp: ErpClient): Promise<number> {
  const rate = await counter.pushesPerSecond();
  const batch = Math.min(mostAtOnce, Math.ceil(rate));
  const due = await counter.claimPushes(batch);
  for (const push of due) {
    const started = performance.now();
    await pushOrder(counter, erp, push);
    await sleep(Math.max(0, 1_000 / rate - (performance.now() - started)));
  }
  return due.length === batch ? 0 : idleMs;
}

/**
 * Brings one order to the ERP. Every try but the first asks for our number before creating: the earlier one may have
 * arrived and only its answer been lost.
 */
export async function pushOrder(counter: Counter, erp: ErpClient, { order_id, attempts, document }: DuePush): Promise<void> {
  const order = document.reference;
  try {
    const known = attempts > 1 ? await erp.findOrder(order) : null;
    const pushed = known === null ? await erp.createOrder(toErp(document)) : { kind: "accepted" as const, document: known };
    if (pushed.kind === "accepted") {
      await counter.pushDone(order_id, pushed.document);
      log.info({ order, document: pushed.document, attempts }, "order is in the ERP");
    } else {
      await counter.pushFailed(order_id, `${pushed.status}: ${pushed.message}`, true, 0);
      log.warn({ order, status: pushed.status }, "the ERP refused the order");
    }
  } catch (error) {
    if (!(error instanceof ErpFailure || error instanceof ErpClosed)) throw error;
    const reason = error instanceof ErpFailure ? `${error.kind}: ${error.message}` : error.message;
    await counter.pushFailed(order_id, reason, false, secondsUntilNext(attempts));
    log.warn({ order, attempts, reason }, "order not pushed, trying later");
  }
}

// Short, because the breaker is what keeps us off a dead ERP; long only for the one order the ERP chokes on.
function secondsUntilNext(attempts: number): number {
  return Math.min(300, 2 ** Math.min(attempts, 10));
}

function toErp({ reference, partner, placed_at, total, credit, lines }: DuePush["document"]): ErpOrder {
  return {
    reference,
    partner,
    placedAt: placed_at,
    total,
    credit,
    lines: lines.map(({ sku, quantity, unit_price }) => ({ sku, quantity, unitPrice: unit_price })),
  };
}
