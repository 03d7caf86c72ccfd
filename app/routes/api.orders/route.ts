import { createHash } from "node:crypto";
import type { ActionFunctionArgs } from "@remix-run/node";
import type { z } from "zod";
import { orderBody } from "#app/api/shapes.ts";
import { type Placed, placeOrder } from "#app/carts/checkout.server.ts";
import { quote } from "#app/carts/cart.server.ts";
import type { StoreCredit } from "#app/credit/credit.ts";
import { blockedBy } from "#app/credit/standing.ts";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { isKey, once } from "#app/db/posted.server.ts";
import { answering, json, tooMany, turnedAway } from "#app/http/api.server.ts";
import { problem } from "#app/http/problem.server.ts";
import { readSent } from "#app/http/read-sent.server.ts";
import { type Visit, visitOf } from "#app/http/visit.server.ts";
import { wrongFields } from "#app/http/wrong-fields.ts";

/** Takes orders only. */
export const loader = () => problem("post-only");

/**
 * Places the cart of the store that is signed in, or that a salesman acts for, as the checkout page does: once for each
 * key. What does not fit into the credit is sent when that was agreed to.
 */
export function action(args: ActionFunctionArgs): Promise<Response> {
  return args.request.method === "POST" ? answering(args, () => order(args)) : Promise.resolve(loader());
}

type Body = z.output<typeof orderBody>;
/** The order would wait for an approval that nobody asked for: it is taken back. */
class Blocked extends Error {
  readonly credit: StoreCredit;
  constructor(credit: StoreCredit) {
    super("credit");
    this.credit = credit;
  }
}

async function order(args: ActionFunctionArgs): Promise<Response> {
  const visit = await visitOf(args);
  if (!visit.login) return problem("sign-in-required");
  const refused = tooMany(visit) ?? (await turnedAway(await visit.viewer(), "store", visit));
  if (refused) return refused;
  const sent = await readSent(args.request, false);
  if (sent instanceof Response) return sent;
  const parsed = orderBody.safeParse(sent);
  if (!parsed.success) return problem("invalid-order", { errors: wrongFields(parsed.error, visit.lang) });
  const key = args.request.headers.get("idempotency-key");
  if (key === null) return problem("idempotency-key-needed");
  if (!isKey(key)) return problem("invalid-idempotency-key");
  try {
    return await place(visit, key, parsed.data);
  } catch (error) {
    const told = refusalOf(error);
    if (told) return told;
    throw error;
  }
}

async function place(visit: Visit, key: string, body: Body): Promise<Response> {
  const posted = { path: "/api/orders", key, body };
  const done = await visit.write((db) =>
    once<Omit<Placed, "repeated">>(db, posted, async () => {
      const before = body.request_approval ? null : await quote(db);
      const { number, light } = await placeOrder(db, { ...body, checkout_key: checkoutKey(key) });
      if (before && light === "AMBER") throw new Blocked(before.credit);
      return { number, light };
    }),
  );
  if (done.state === "RUNNING") return problem("idempotency-key-running");
  if (done.state === "OTHER") return problem("idempotency-key-reused");
  return json({ ...done.answer, url: `/orders/${done.answer.number}` }, 201);
}

/** The checkout's own key, made of the program's: the order is the same when the other is forgotten. */
function checkoutKey(key: string) {
  const hex = createHash("sha256").update(`api/${key}`).digest("hex");
  const id = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)];
  return { id: id.join("-"), digest: null };
}

/** What the checkout refused, as programs are told; null: something else went wrong. */
function refusalOf(error: unknown): Response | null {
  if (error instanceof Blocked) return problem("credit-blocked", blockedBy(error.credit));
  if (!(error instanceof DatabaseRefusal)) return null;
  const { reason, detail } = error;
  switch (reason) {
    case "STOCK_SHORT":
      return problem("stock-exhausted", {
        conflicted_items: detail.lines,
        suggested_action: "PREORDER_OR_REDUCE",
      });
    case "NO_REGION":
      return problem("region-not-assigned");
    case "EMPTY_CART":
      return problem("empty-cart", { ordered: detail.number ?? null });
    case "KEY_REUSED":
      return problem("idempotency-key-reused");
    case "DENIED":
    case "NOT_FOUND":
    case "SESSION_EXPIRED":
      return null;
    default:
      return problem("not-orderable", { reason });
  }
}
