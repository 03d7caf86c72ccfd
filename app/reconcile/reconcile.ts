import { z } from "zod";
import { writtenMoment } from "#app/ui/day.ts";
import { cursor, readFilter } from "#app/ui/list.ts";
import type { OrderStatus, SyncStatus } from "#app/orders/order.ts";
import type { Credit } from "#app/credit/credit.ts";

/** What the ERP said of an order; all but CONFIRMED wait for somebody. */
export const openResults = ["SHORT", "CREDIT_FAILED", "DUPLICATE", "ERROR"] as const;
export type ReconcileResult = (typeof openResults)[number] | "CONFIRMED";
/** What a person makes of it, in the order in which it is offered. */
export const resolutions = ["ACCEPT", "CUT", "PREORDER", "RETRY", "KEYED", "CANCEL"] as const;
export type Resolution = (typeof resolutions)[number];
/** Those that several orders can be given at once, after a look. */
export const bulkResolutions = ["PREORDER", "CUT"] as const;
export type BulkResolution = (typeof bulkResolutions)[number];

/** Moments inside are ISO strings. */
export type Assumed = {
  total: number;
  light: "GREEN" | "AMBER";
  degraded: boolean;
  stockSnapshot: number | null;
  stockAsOf: string | null;
  credit: { reason: Credit["reason"]; asOf: string | null };
};
export type AssumedLine = {
  sku: string;
  name: string;
  quantity: number;
  preorder: number;
  available: number | null;
  unitPrice: number;
};
export type ErpSaid = {
  documents?: string[];
  total?: number | null;
  credit?: { ok: boolean; message: string | null } | null;
  message?: string | null;
};
export type ErpLine = { sku: string; quantity: number; confirmed: number; unitPrice: number };
export type LineDifference = { sku: string; name: string | null; missing: number; price: number; quantity?: number };
export type Difference = {
  total: number;
  credit: string | null;
  documents: string[];
  partner: string | null;
  lines: LineDifference[];
  differing: number;
};

/** A line before and after: pieces ordered, or pieces on pre-order. */
export type LineChange = { sku: string; name: string; from: number; to: number };
/** What can be done, and what would come of it: private.reconcile_outlook. */
export type Outlook = {
  choices: Resolution[];
  notes: Resolution[];
  waiting: boolean;
  postedAt: string | null;
  missing: number;
  keyedBy: string | null;
  keyedUntil: string | null;
  preorder: LineChange[];
  cut: { total: number; market: number; points: number; paid: number; lines: LineChange[] };
};
export type Decided = { resolution: Resolution; at: Date | string; by: string; note: string | null };
/** An order that a person may have to see to. */
export type ReconcileOrder = {
  id: number;
  number: string;
  storeName: string;
  storeCode: string;
  placedAt: Date;
  total: number;
  held: boolean;
};
/** An order up for a decision. `checked`: the comparison, to the microsecond, as the decision names it. */
export type ReconcileRow = ReconcileOrder & {
  status: OrderStatus;
  syncStatus: SyncStatus;
  degraded: boolean;
  result: ReconcileResult;
  checkedAt: Date;
  checked: string;
  assumed: Assumed;
  erp: ErpSaid;
  difference: Difference;
  error: string | null;
  resolution: Resolution | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  /** What the decision changed, when it changed lines. */
  change: { lines?: LineChange[] } | null;
  /** The viewer may tell the store's owner an outcome: there is one, and a number; the owner's language. */
  reachable: boolean;
  language: "id" | "en";
};

// The open ones unless asked otherwise: those wait for somebody.
export const reconcileStates = ["open", ...openResults, "decided", "CONFIRMED", "waiting"] as const;
export type ReconcileState = (typeof reconcileStates)[number];
const reconcileFilter = z.object({
  state: z.enum(reconcileStates).catch("open"),
  after: cursor,
});
export type ReconcileFilter = z.output<typeof reconcileFilter>;
export const readReconcileFilter = (params: URLSearchParams): ReconcileFilter => readFilter(reconcileFilter, params);

const checked = writtenMoment("STALE");
const note = z.string().trim().max(300, "TOO_LONG").default("");

/** A decision. Which of the fields it needs is known to its resolution; whether it is possible, to SQL. */
export const decisionForm = z
  .object({
    resolution: z.enum(resolutions, "RESOLUTION"),
    document: z.string().trim().max(40, "ERP_NUMBER").default(""),
    note,
    checked: z.preprocess((value) => value || null, checked.nullable()),
  })
  .refine(({ resolution, note }) => note.length >= 5 || !["CANCEL", "KEYED"].includes(resolution), {
    path: ["note"],
    message: "REASON_REQUIRED",
  })
  .refine(({ resolution, document }) => resolution !== "KEYED" || /^[A-Za-z0-9][A-Za-z0-9./_-]{1,39}$/.test(document), {
    path: ["document"],
    message: "ERP_NUMBER",
  });
export type Decision = z.output<typeof decisionForm>;

/** Orders picked from the list, each with the comparison that was looked at: fields `o-<number>`. */
export function pickedOrders(fields: Iterable<[string, unknown]>): Array<{ number: string; checked: string }> {
  const picked = new Map<string, string>();
  for (const [name, value] of fields) {
    const number = /^o-(ORD-\d{4}-\d{6,9})$/.exec(name)?.[1];
    if (number && typeof value === "string" && checked.safeParse(value).success) picked.set(number, value);
  }
  return [...picked].slice(0, 50).map(([number, checked]) => ({ number, checked }));
}

export const bulkForm = z.looseObject({ resolution: z.enum(bulkResolutions, "RESOLUTION"), note });
