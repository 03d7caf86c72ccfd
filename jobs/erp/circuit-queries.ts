import { z } from "zod";
import { waking } from "../wake.ts";
import { openPool } from "../database.ts";
import type { ErpOperation } from "./client.ts";

const circuitRow = z.object({
  state: z.enum(["CLOSED", "OPEN", "HALF_OPEN"]),
  version: z.string(),
  failures: z.number(),
});
const probeRow = circuitRow.extend({
  ticket: z.string().nullable(),
  wait_ms: z.number(),
  doubt_ms: z.number(),
  probe_with: z.enum(["ping", "find", "stock", "credit"]),
  probe_number: z.string().nullable(),
});

/**
 * The shared breaker's part of the worker's queries, on connections of its own: what is asked before each call of the
 * ERP must neither wait behind slow work nor, when the database hangs, for long.
 */
export function circuitQueries(connectionString: string) {
  const pool = openPool(connectionString, { max: 2, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  const one = async <T>(shape: z.ZodType<T>, text: string, values: unknown[] = []) =>
    shape.parse((await pool.query(text, values)).rows[0]);
  const scalar = waking(pool);
  const call = async (text: string, values: unknown[]): Promise<void> => void (await scalar(text, values));

  return {
    circuit: {
      readCircuit: () => one(circuitRow, "select state, version, failures from jobs.read_circuit()"),
      /** A call that began under `version` failed. The fifth in a row opens the breaker for all. */
      erpFailed: (version: string, operation: ErpOperation, error: string) =>
        call("select jobs.erp_failed($1, $2, $3)", [version, operation, error]),
      /** Our own fuse went. */
      erpFused: (version: string, operation: ErpOperation, error: string) =>
        call("select jobs.erp_fused($1, $2, $3)", [version, operation, error]),
      /** A call that began under `version` was answered. */
      erpAnswered: (version: string) => call("select jobs.erp_answered($1)", [version]),
      /** The lease of the one probe, or when to ask for it again. */
      takeProbe: (owner: string) =>
        one(
          probeRow,
          `
            select ticket, state, version, failures, wait_ms, doubt_ms, probe_with, probe_number
              from jobs.take_probe($1)`,
          [owner],
        ),
      settleProbe: (
        owner: string,
        ticket: string,
        { ok, ms, error }: { ok: boolean; ms: number; error: string | null },
      ) => call("select jobs.settle_probe($1, $2, $3, $4, $5)", [owner, ticket, ok, ms, error]),
    },
    close: () => pool.end(),
  };
}
