import type { DatabaseRefusal } from "#app/db/errors.server.ts";
import { orderStatuses } from "#app/orders/order.ts";
import type { Messages } from "#app/words.ts";

/** Why an order stayed as it is: its reconciliation waits for a decision, or somebody else was quicker. */
export function notMoved(t: Messages, { detail }: DatabaseRefusal): string {
  if (detail.undecided) return t.reconcile.undecided.before;
  const now = orderStatuses.find((status) => status === detail.status);
  return now ? t.orders.moves.meanwhile(t.orders.statuses[now]) : t.http.codes.STALE;
}
