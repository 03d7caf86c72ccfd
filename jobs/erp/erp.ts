import { randomUUID } from "node:crypto";
import type { WorkerQueries } from "../queries.ts";
import type { ErpAccess } from "./exchange.ts";
import { openErpConnection } from "./connection.ts";
import { pullDueFeeds } from "./pull.ts";
import { syncDueOrders } from "./sync.ts";
import { watchErp } from "./watch.ts";

/**
 * How often to look for orders while the breaker is open, and for a feed that is due: both are woken when it closes.
 */
const idleMs = 5_000;

export type Erp = ReturnType<typeof openErp>;

/**
 * All that one process does with the ERP, over one connection: passes for its loops. `onBack` is called when the
 * breaker closes.
 */
export function openErp(access: ErpAccess, queries: WorkerQueries, onBack: () => void) {
  const owner = randomUUID();
  const connection = openErpConnection(access, queries);
  const stopping = new AbortController();
  connection.onChange((state) => {
    if (state === "CLOSED") onBack();
  });

  return {
    /** Its share of the watch. */
    watch: watchErp(connection, queries),
    syncOrders: async () =>
      connection.state() === "CLOSED" ? syncDueOrders(queries, connection.client, { stop: stopping.signal }) : idleMs,
    async pullFeeds() {
      await pullDueFeeds(queries, connection.client, owner);
      return idleMs;
    },
    interrupt: () => stopping.abort(),
    close: () => connection.stop(),
  };
}
