import { bucketOf, noCalls } from "#app/erp/latency.ts";
import { Slices } from "#app/vitals/slices.ts";
import type { WorkerQueries } from "../queries.ts";
import { log, reasonOf } from "../log.ts";
import { loop } from "../loop.ts";

/** REFUSED: the ERP's considered no. FAILED: no answer that could be used. */
export type CallOutcome = "OK" | "REFUSED" | "FAILED";
/** Calls of one operation in one slice of time, as jobs.note_erp_calls takes them. */
export type CallSum = {
  operation: string;
  ago: number;
  ok: number;
  refused: number;
  failed: number;
  histogram: number[];
};

const flushMs = 10_000;
/** While the database is away a day's calls are kept; then the oldest minute gives way. */
const slicesKept = 1_440;

/**
 * Counts calls to the ERP in memory and writes the sums down every ten seconds and at the end. `note` only adds: it
 * never waits and never fails. Should the answer to a write get lost, those seconds count twice.
 */
export function callStats(queries: Pick<WorkerQueries, "noteErpCalls">) {
  const slices = new Slices(fresh, { slices: slicesKept });
  let away = false;

  const flush = async () => {
    try {
      await slices.drain((sums) =>
        queries.noteErpCalls(sums.map(({ key: operation, ago, sum }) => ({ operation, ago, ...sum }))),
      );
      away = false;
    } catch (error) {
      if (!away)
        log.warn({ reason: reasonOf(error) }, "calls to the ERP are not written down while the database is away");
      away = true;
    }
    return flushMs;
  };
  const writer = loop("erp-calls", flush);

  return {
    note(operation: string, outcome: CallOutcome, ms: number): void {
      const sum = slices.running(operation);
      sum[fields[outcome]] += 1;
      // A call without an answer says nothing about how fast the ERP answers: a refused connection fails in a
      // millisecond.
      if (outcome !== "FAILED") sum.histogram[bucketOf(ms)]! += 1;
    },
    async stop(): Promise<void> {
      await writer.stop();
      await flush();
    },
  };
}

export type CallStats = ReturnType<typeof callStats>;

const fields = { OK: "ok", REFUSED: "refused", FAILED: "failed" } as const;
const fresh = () => ({ ok: 0, refused: 0, failed: 0, histogram: noCalls() });
