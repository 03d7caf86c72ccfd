import { z } from "zod";
import { keysOf } from "#app/ui/keys.ts";

/** A line that asks for more than there is. */
const shortLine = z.strictObject({ sku: z.string(), name: z.string(), asked: z.int(), left: z.int() });
const wrongField = z.strictObject({ field: z.string().nullable(), code: z.string(), detail: z.string() });

/** What can be wrong with a request. The names are stable: programs decide by them. `more`: what else it tells. */
export const problems = {
  "invalid-query": [
    400,
    "The query is not valid.",
    { errors: z.array(z.strictObject({ parameter: z.string(), detail: z.string() })) },
  ],
  "invalid-lead": [400, "The lead is not valid: `errors` says which field and why.", { errors: z.array(wrongField) }],
  "invalid-order": [400, "The order is not valid: `errors` says which field and why.", { errors: z.array(wrongField) }],
  malformed: [400, "The address cannot be read."],
  "unreadable-body": [400, "The body cannot be read as what its Content-Type says."],
  "invalid-idempotency-key": [400, "Idempotency-Key has 1 to 200 visible ASCII characters."],
  "idempotency-key-needed": [400, "This POST takes an Idempotency-Key: a new one for each order."],
  "session-ended": [
    401,
    "The session has ended. Sign in again, or leave the cookie out for the catalogue without prices.",
  ],
  "sign-in-required": [401, "Sign in first: this is read with the cookie of a session."],
  "credit-blocked": [
    402,
    "The order does not fit into the credit of the store as it is.",
    {
      reason: z.enum(["OVER_LIMIT", "OLD_DATA", "NO_DATA", "MANUAL"]),
      current_limit: z.int().describe("Whole rupiah."),
      current_exposure: z.int().describe("What is owed and ordered already, in whole rupiah."),
      gap: z.int().min(0).describe("By how much it does not fit, in whole rupiah; 0 when figures are unusable."),
      suggested_action: z.literal("REQUEST_APPROVAL"),
    },
  ],
  forbidden: [403, "This is not for the account that is signed in."],
  "foreign-site": [403, "This was sent from a page of another site."],
  "not-found": [404, "There is no such address."],
  "unknown-method": [405, "No address is asked in this way."],
  "method-not-allowed": [405, "This address can only be read."],
  "post-only": [405, "This address takes POST."],
  "idempotency-key-running": [409, "A request with this Idempotency-Key is under way. Ask again after Retry-After."],
  "empty-cart": [
    409,
    "The cart is empty.",
    { ordered: z.string().nullable().describe("What it was just ordered as.") },
  ],
  "stock-exhausted": [
    409,
    "There is less than the cart asks for.",
    { conflicted_items: z.array(shortLine), suggested_action: z.literal("PREORDER_OR_REDUCE") },
  ],
  "not-orderable": [409, "The order cannot be placed as it is: `reason` says why.", { reason: z.string() }],
  "too-large": [413, "The body is larger than 16 KB."],
  "unsupported-media-type": [415, "Send application/json, application/x-www-form-urlencoded or multipart/form-data."],
  "region-not-assigned": [422, "The store has no region yet. Head office assigns one."],
  "idempotency-key-reused": [422, "This Idempotency-Key was used for another body."],
  "rate-limited": [429, "Too many from here. Try again after the seconds of Retry-After."],
  broken: [500, "Something went wrong on our side."],
  "lead-not-taken": [
    503,
    "The lead could not be taken. Send it again later, or reach us at `contact`.",
    { contact: z.string() },
  ],
  unavailable: [503, "This cannot be answered at the moment. Try again later."],
} as const satisfies Record<string, readonly [status: number, title: string, more?: z.ZodRawShape]>;
export type ProblemName = keyof typeof problems;

export const problemNames = keysOf(problems);
/** What a program decides by: it never changes. */
export const typeOf = (name: ProblemName) => `urn:problem-type:alfa:${name}`;

/** A problem as it is sent: RFC 9457. What the server itself refuses says it in words of its own. */
export const problemSchema = (name: ProblemName) => {
  const [status, , more] = problems[name] as readonly [number, string, z.ZodRawShape?];
  return z.strictObject({
    type: z.literal(typeOf(name)),
    title: z.string(),
    status: z.literal(status),
    ...more,
    requestId: z.string().optional().describe("To be told to whoever looks into it."),
  });
};
