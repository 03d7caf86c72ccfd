import { bucketOf, latencyBuckets } from "#app/erp/latency.ts";
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

type Slice = { begun: number; sums: Map<string, Omit<CallSum, "operation" | "ago">> };

const flushMs = 10_000;
const sliceMs = 60_000;
/** While the database is away a day's calls are kept; then the oldest minute gives way. */
const slicesKept = 1_440;

/**
 * Counts calls to the ERP in memory and writes the sums down every ten seconds and at the end. `note` only adds: it
 * never waits and never fails. Slices carry their age, not our clock's time, so that hours are the database's. Should
 * the answer to a write get lost, those seconds count twice.
 */
export function callStats(queries: Pick<WorkerQueries, "noteErpCalls">) {
  let slices: Slice[] = [];
  let away = false;

  const flush = async () => {
    const taken = slices;
    if (taken.length === 0) return flushMs;
    slices = [];
    try {
      await queries.noteErpCalls(taken.flatMap(written));
      away = false;
    } catch (error) {
      slices = [...taken, ...slices].slice(-slicesKept);
      if (!away)
        log.warn({ reason: reasonOf(error) }, "calls to the ERP are not written down while the database is away");
      away = true;
    }
    return flushMs;
  };
  const writer = loop("erp-calls", flush);

  return {
    note(operation: string, outcome: CallOutcome, ms: number): void {
      const now = performance.now();
      let slice = slices.at(-1);
      if (!slice || now - slice.begun > sliceMs) {
        slice = { begun: now, sums: new Map() };
        slices.push(slice);
        if (slices.length > slicesKept) slices.shift();
      }
      const sum = slice.sums.get(operation) ?? {
        ok: 0,
        refused: 0,
        failed: 0,
        histogram: Array.from({ length: latencyBuckets }, () => 0),
      };
      slice.sums.set(operation, sum);
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

function written({ begun, sums }: Slice): CallSum[] {
  const ago = Math.max(0, (performance.now() - begun) / 1_000);
  return [...sums].map(([operation, sum]) => ({ operation, ago, ...sum }));
}
