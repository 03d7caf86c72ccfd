import { z } from "zod";
import { productQuery } from "#app/catalogue/query.ts";
import { leadForm } from "#app/leads/lead.ts";
import type { ProblemName } from "./problems.ts";
import * as shapes from "./shapes.ts";

/** Whom an address is for. `token`: whoever has the token of measurements. */
export type ApiAudience = "anyone" | "signed-in" | "store" | "invoices" | "staff" | "export" | "token";

export type Operation = {
  method: "get" | "post";
  path: string;
  for: ApiAudience;
  query?: z.ZodObject;
  /** What is posted; `form`: as a form as well as JSON. */
  body?: { schema: z.ZodType; form: boolean };
  /** What it answers when all is well, by status. Null: nothing beside the status; a text: another type than JSON. */
  answers: Record<number, z.ZodType | string | null>;
  problems: readonly ProblemName[];
  /** Takes Idempotency-Key; `needed`: not without. */
  key?: "taken" | "needed";
};

// Of every address: what the server refuses before anybody reads the request, and what becomes of it when the database
// or the shop is away.
const always = ["malformed", "unknown-method", "broken", "unavailable"] as const;
const reads = ["rate-limited", "method-not-allowed", ...always] as const;
const known = ["sign-in-required", "session-ended"] as const;
const signedIn = [...known, ...reads] as const;
const keyed = ["invalid-idempotency-key", "idempotency-key-running", "idempotency-key-reused"] as const;
const posts = ["unreadable-body", "unsupported-media-type", "too-large", "foreign-site", "post-only"] as const;

/** Every address of the API. Its names here are what `api.operations` of the words calls them by. */
export const operations = {
  health: { method: "get", path: "/api/health", for: "anyone", answers: { 200: shapes.health }, problems: [] },
  ready: {
    method: "get",
    path: "/api/ready",
    for: "token",
    answers: { 200: shapes.readiness, 503: shapes.readiness },
    problems: ["not-found", "method-not-allowed", ...always],
  },
  leads: {
    method: "post",
    path: "/api/leads",
    for: "anyone",
    key: "taken",
    body: { schema: leadForm.extend({ lang: z.enum(["id", "en"]).optional() }), form: true },
    answers: { 202: shapes.accepted },
    problems: ["invalid-lead", ...posts, ...keyed, "rate-limited", "lead-not-taken", ...always],
  },
  products: {
    method: "get",
    path: "/api/products",
    for: "anyone",
    query: productQuery,
    answers: { 200: shapes.productList, 304: null },
    problems: ["invalid-query", "session-ended", ...reads],
  },
  rum: {
    method: "post",
    path: "/api/rum",
    for: "anyone",
    key: "taken",
    answers: { 204: null },
    problems: [],
  },
  orders: {
    method: "post",
    path: "/api/orders",
    for: "store",
    key: "needed",
    body: { schema: shapes.orderBody, form: false },
    answers: { 201: shapes.orderPlaced },
    problems: [
      "invalid-order",
      ...posts,
      "idempotency-key-needed",
      ...keyed,
      ...known,
      "forbidden",
      "credit-blocked",
      "stock-exhausted",
      "region-not-assigned",
      "empty-cart",
      "not-orderable",
      "rate-limited",
      ...always,
    ],
  },
  credit: {
    method: "get",
    path: "/api/credit/status",
    for: "store",
    query: shapes.creditQuery,
    answers: { 200: shapes.creditStatus },
    problems: ["invalid-query", "credit-blocked", "forbidden", ...signedIn],
  },
  sync: {
    method: "get",
    path: "/api/inventory/sync-status",
    for: "signed-in",
    answers: { 200: shapes.syncStatus },
    problems: [...signedIn],
  },
  regions: {
    method: "get",
    path: "/api/regions",
    for: "signed-in",
    answers: { 200: shapes.regionList },
    problems: [...signedIn],
  },
  invoices: {
    method: "get",
    path: "/api/invoices",
    for: "invoices",
    query: shapes.invoiceQuery,
    answers: { 200: shapes.invoiceList },
    problems: ["invalid-query", "forbidden", ...signedIn],
  },
  waiting: {
    method: "get",
    path: "/api/orders/sla/pending",
    for: "staff",
    query: shapes.waitingQuery,
    answers: { 200: shapes.waitingList },
    problems: ["invalid-query", "forbidden", ...signedIn],
  },
  leadsExport: {
    method: "get",
    path: "/api/leads/export",
    for: "export",
    query: shapes.leadsExportQuery,
    answers: { 200: "text/csv" },
    problems: ["invalid-query", "forbidden", ...signedIn],
  },
  document: {
    method: "get",
    path: "/api/openapi.json",
    for: "anyone",
    answers: { 200: z.looseObject({}) },
    problems: ["method-not-allowed", ...always],
  },
} as const satisfies Record<string, Operation>;
export type OperationName = keyof typeof operations;

/** What an address asks for, or what is wrong with it. Empty parameters count as absent. */
export function readQuery<Query extends z.ZodObject>(
  query: Query,
  params: URLSearchParams,
): { asked: z.output<Query> } | { errors: Array<{ parameter: string; detail: string }> } {
  const given = Object.fromEntries(Object.keys(query.shape).map((name) => [name, params.get(name) || null]));
  const result = query.safeParse(given);
  if (result.success) return { asked: result.data };
  return { errors: result.error.issues.map(({ path, message }) => ({ parameter: String(path[0]), detail: message })) };
}
