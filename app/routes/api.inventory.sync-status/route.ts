import type { LoaderFunctionArgs } from "@remix-run/node";
import { NotFound } from "#app/db/errors.server.ts";
import { findCircuit, listFeeds } from "#app/erp/state.server.ts";
import { json, readApi, readOnly } from "#app/http/api.server.ts";

const staleMinutes = 30;
const iso = (at: Date | string | null) => at && new Date(at).toISOString();

/** How old the stock is that is sold by, and for head office how its figures come in. */
export const loader = (args: LoaderFunctionArgs) =>
  readApi(
    args,
    { audience: "signed-in" },
    // What only staff reads is not there for others.
    (db) =>
      Promise.all([
        findCircuit(db).catch((error: unknown) => {
          if (error instanceof NotFound) return null;
          throw error;
        }),
        listFeeds(db),
      ]),
    ({ data: [circuit, feeds], viewer: { degraded, stockAsOf, stockAgeMinutes } }) =>
      json({
        degraded,
        stock: {
          as_of: iso(stockAsOf),
          age_minutes: stockAgeMinutes,
          stale: stockAgeMinutes === null || stockAgeMinutes > staleMinutes,
        },
        erp: circuit && {
          breaker: circuit.state,
          feeds: feeds.map(({ name, asOf, lastTriedAt, lastError }) => ({
            name,
            as_of: iso(asOf),
            last_tried_at: iso(lastTriedAt),
            last_try_failed: lastError !== null,
          })),
        },
      }),
  );

export const action = readOnly;
