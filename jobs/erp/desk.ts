import { randomUUID } from "node:crypto";
import type { Counter } from "../counter.ts";
import { loop } from "../loop.ts";
import type { ErpAccess } from "./exchange.ts";
import { openErpLine } from "./line.ts";
import { pullDueFeeds } from "./pull.ts";
import { syncDueOrders } from "./sync.ts";
import { watchErp } from "./watch.ts";

/**
 * How often to look for orders while the breaker is shut, and for a feed that is due: both are woken when it closes.
 */
const idleMs = 5_000;

export type ErpDesk = ReturnType<typeof openErpDesk>;

/**
 * Everything of one process that talks to the ERP: its share of the watch, the orders, the pulls. Any number of
 * processes may have one: what is whose turn stands in the database.
 */
export function openErpDesk(access: ErpAccess, counter: Counter) {
  const owner = randomUUID();
  const line = openErpLine(access, counter);
  const stopping = new AbortController();
  const watch = watchErp(line, counter);
  const orders = loop("orders", async () =>
    line.state() === "CLOSED" ? syncDueOrders(counter, line.client, { stop: stopping.signal }) : idleMs,
  );
  const pulls = loop("pulls", async () => {
    await pullDueFeeds(counter, line.client, owner);
    return idleMs;
  });
  line.onChange((state) => {
    if (state !== "CLOSED") return;
    orders.wake();
    pulls.wake();
  });

  return {
    wakePushes: orders.wake,
    wakePulls: pulls.wake,
    async stop() {
      stopping.abort();
      await Promise.all([watch.stop(), orders.stop(), pulls.stop()]);
      await line.stop();
    },
  };
}
