import type pg from "pg";
import { z } from "zod";
import { waking } from "../wake.ts";
import type { Comparison } from "./compare.ts";
import { syncOrderShape } from "./shapes.ts";

/** An order whose turn it is, leased to us for a minute; its moment is `wait_ms` after the claim. */
export type Claim = z.output<typeof claimShape>;
/** One that Reconcile_Orders would work on; `gap_ms` is the pace. */
export type Waiting = z.output<typeof waitingShape>;
/** How far a run of Reconcile_Orders is. */
export type RunProgress = z.output<typeof progressShape>;
/** What came of an order; ABSENT: it ended before it got there, and is not there. */
export type Outcome = Omit<Comparison, "result"> & { result: Comparison["result"] | "ABSENT" };

const claimShape = z.object({
  order_id: z.string(),
  ticket: z.string(),
  attempts: z.number(),
  look_up: z.boolean(),
  may_create: z.boolean(),
  wait_ms: z.number(),
  order: syncOrderShape,
  request_id: z.string(),
});
const waitingShape = z.object({
  order_id: z.string(),
  ended: z.boolean(),
  gap_ms: z.number(),
  error: z.string().nullable(),
  order: syncOrderShape,
});
/** Of a difference, what is told in a line. */
const differenceShape = z.object({
  total: z.number().default(0),
  lines: z.array(z.object({ sku: z.string(), missing: z.number() })).default([]),
});
const startedShape = z.object({ ref: z.string(), total: z.number() });
const progressShape = z.object({
  total: z.number(),
  left: z.number(),
  finished: z.boolean(),
  circuit: z.enum(["CLOSED", "OPEN", "HALF_OPEN"]),
  results: z.record(z.string(), z.number()),
  open: z.array(
    z.object({ number: z.string(), result: z.string(), error: z.string().nullable(), difference: differenceShape }),
  ),
});

type Held = Pick<Claim, "order_id" | "ticket">;

/** The worker's queries, the part that brings orders to the ERP. */
export function syncQueries(pool: pg.Pool) {
  const rows = async <T>(shape: z.ZodType<T>, text: string, values: unknown[]) =>
    z.array(shape).parse((await pool.query(text, values)).rows);
  const scalar = waking(pool);
  const value = async <T>(shape: z.ZodType<T>, text: string, values: unknown[]) =>
    shape.parse(await scalar(text, values));

  return {
    claimSync: (limit: number, paced: boolean) =>
      rows(claimShape, "select * from jobs.claim_sync($1, $2)", [limit, paced]),
    /** May it be sent now? From true on it may have arrived. */
    beginPost: ({ order_id, ticket }: Held) => value(z.boolean(), "select jobs.begin_post($1, $2)", [order_id, ticket]),
    /** False: somebody else has it by now, or it has to be looked up once more. */
    settleSync: ({ order_id, ticket }: Held, { result, erp, difference, error }: Outcome) =>
      value(z.boolean(), "select jobs.settle_sync($1, $2, $3, $4, $5, $6)", [
        order_id,
        ticket,
        result,
        JSON.stringify(erp),
        JSON.stringify(difference),
        error,
      ]),
    /** `unsent`: surely nothing of what this claim began to send was taken there. */
    deferSync: ({ order_id, ticket }: Held, error: string, seconds: number, unsent: boolean) =>
      value(z.boolean(), "select jobs.defer_sync($1, $2, $3, $4, $5)", [order_id, ticket, error, seconds, unsent]),
    releaseSync: async ({ order_id, ticket }: Held, unsent: boolean) =>
      void (await scalar("select jobs.release_sync($1, $2, $3)", [order_id, ticket, unsent])),

    beginReconcile: (actor: string) => value(startedShape, "select jobs.begin_reconcile($1)", [actor]),
    readReconcile: (ref: string) => value(progressShape, "select jobs.read_reconcile($1)", [ref]),
    /** By order, after the id given. */
    listWaiting: (after: string, limit: number) =>
      rows(waitingShape, "select * from jobs.list_waiting($1, $2)", [after, limit]),
  };
}
