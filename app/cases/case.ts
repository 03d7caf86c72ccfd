import { z } from "zod";
import { cursor, readFilter } from "#app/ui/list.ts";
import type { SuspensionReason } from "#app/abuse/abuse.ts";
import type { OrderStatus } from "#app/orders/order.ts";
import type { Place, Verdict, Why } from "./geo.ts";

/**
 * A salesman with orders in stores' names; counts of the last thirty days. Moments are texts, as the database's JSON
 * has them.
 */
export type CaseRow = {
  code: string;
  name: string;
  status: "ACTIVE" | "SUSPENDED";
  score: number;
  value: number;
  lastAt: string;
  orders: number;
  implausible: number;
  hits: number;
  disputes: number;
};

export type CaseOrder = {
  number: string;
  at: string;
  total: number;
  status: OrderStatus;
  held: boolean;
  /** Why he acted for the store, and since when. */
  reason: string | null;
  session: string | null;
  store: { code: string; name: string; city: string; latitude: number | null; longitude: number | null };
  assigned: boolean;
  ip: string | null;
  userAgent: string | null;
  device: string | null;
  /** Other salesmen whose orders came from the same browser. */
  sharedWith: string[];
  place: Place | null;
  distanceKm: number | null;
  verdict: Verdict | null;
  why: Why | null;
};

type CaseSession = {
  at: string;
  endedAt: string | null;
  endedReason: string | null;
  reason: string;
  store: string;
  storeCode: string;
};
type CaseHit = {
  at: string;
  rule: string;
  version: number;
  weight: number;
  geographic: boolean;
  inputs: unknown;
  order: string | null;
};
type CaseDispute = {
  at: string;
  order: string;
  store: string;
  via: "LINK" | "ORDER_PAGE";
  note: string;
  outcome: "OWNER_AGREES" | "MISTAKE" | "ABUSE" | null;
  resolvedAt: string | null;
  resolvedBy: string | null;
  resolution: string | null;
};
type CaseSuspension = {
  at: string;
  by: string;
  reason: SuspensionReason;
  liftedAt: string | null;
  liftedBy: string | null;
  liftReason: string | null;
};
type CaseNote = { at: string; author: string; note: string };
export type CaseEvents = {
  sessions: CaseSession[];
  hits: CaseHit[];
  disputes: CaseDispute[];
  suspensions: CaseSuspension[];
  notes: CaseNote[];
};

/** One page of a case: twenty orders, and what else happened between them. */
export type Case = CaseEvents & {
  salesman: { code: string; name: string; status: "ACTIVE" | "SUSPENDED"; since: string; stores: number };
  score: {
    score: number;
    version: number;
    rules: Array<{ rule: string; weight: number; hits: number; lastAt: string; geographic: boolean }>;
  };
  limits: { review: number; suspend: number };
  totals: {
    days: number;
    orders: number;
    amount: number;
    stores: number;
    plausible: number;
    implausible: number;
    indeterminate: number;
    waiting: number;
    disputes: number;
  };
  orders: CaseOrder[];
  next: number | null;
  /** Kinds of events of which this page has not all. */
  cut: Array<keyof CaseEvents>;
};

export const caseFilters = ["HITS", "DISPUTES", "IMPLAUSIBLE", "SUSPENDED"] as const;
const filter = z.object({
  with: z.enum(caseFilters).nullable().catch(null),
  by: z.enum(["SCORE", "RECENT"]).catch("SCORE"),
  after: cursor,
});
export type CaseFilter = z.output<typeof filter>;

/** What the list may be asked for; anything else in the address is ignored. */
export const readCaseFilter = (params: URLSearchParams): CaseFilter => readFilter(filter, params);

export const caseNoteForm = z.object({
  note: z.string("CASE_NOTE_REQUIRED").trim().min(5, "CASE_NOTE_REQUIRED").max(1000, "TOO_LONG"),
});
