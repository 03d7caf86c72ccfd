import type { LoaderFunctionArgs } from "@remix-run/node";
import { creditQuery } from "#app/api/shapes.ts";
import { findStanding } from "#app/credit/credit.server.ts";
import { blockedBy, standingOf } from "#app/credit/standing.ts";
import { json, readApi, readOnly } from "#app/http/api.server.ts";
import { problem } from "#app/http/problem.server.ts";

/** How the store's credit stands; with an amount, whether an order of so much would go through. */
export const loader = (args: LoaderFunctionArgs) =>
  readApi(args, { audience: "store", query: creditQuery }, findStanding, ({ data, asked: { amount } }) => {
    if (!data) return problem("forbidden");
    const standing = amount === null ? data : standingOf(data, amount);
    if (amount !== null && standing.light === "AMBER")
      return problem("credit-blocked", blockedBy({ ...standing, total: amount }));
    const { light, reason, limit, room, asOf } = standing;
    return json({ light, reason, limit, exposure: limit - room, room, as_of: asOf });
  });

export const action = readOnly;
