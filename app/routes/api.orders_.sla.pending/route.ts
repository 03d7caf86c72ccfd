import type { LoaderFunctionArgs } from "@remix-run/node";
import { waitingQuery } from "#app/api/shapes.ts";
import { json, readApi, readOnly } from "#app/http/api.server.ts";
import { listWaitingOrders } from "#app/routing/waiting.server.ts";
import { listAddress } from "#app/ui/list.ts";

/** Orders that wait to be shipped, the oldest first. */
export const loader = (args: LoaderFunctionArgs) =>
  readApi(
    args,
    { audience: "staff", query: waitingQuery },
    (db, { after }) => listWaitingOrders(db, after),
    ({ data: { orders, next } }) =>
      json({
        orders: orders.map(({ id: _, subDistributor, waited, ...order }) => ({
          ...order,
          sub_distributor: subDistributor,
          waited_minutes: waited,
        })),
        next: next && listAddress("/api/orders/sla/pending", { after: next }),
      }),
  );

export const action = readOnly;
