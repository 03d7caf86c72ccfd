import { bucketOf, noCalls } from "#app/erp/latency.ts";
import { onlyOne } from "#app/only-one.ts";
import { Slices } from "./slices.ts";

/**
 * An answer that was given, or could not be. `route`: a pattern of ours, `other`, or `files`. `cut`: whoever asked was
 * gone before it was out.
 */
export type Answered = { route: string; method: string; status: number; ms: number; cut?: boolean };
/** As app.note_requests takes it. */
export type RequestSum = {
  route: string;
  method: string;
  ago: number;
  requests: number;
  failed: number;
  slow: number;
  cut: number;
  histogram: number[];
};

const slowMs = 5_000;
const methods = ["GET", "HEAD", "POST"];
const fresh = () => ({ requests: 0, failed: 0, slow: 0, cut: 0, histogram: noCalls() });
/** While the database is away a day is kept, if it is no more than a few MB. */
const most = { slices: 1_440, sums: 5_000 };

const sums = () => onlyOne("request-sums", () => new Slices(fresh, most));

/** Counts an answer. After it, and in memory alone. */
export function countAnswer({ route, method, status, ms, cut }: Answered): void {
  const sum = sums().running(`${methods.includes(method) ? method : "OTHER"} ${route}`);
  sum.requests += 1;
  if (status >= 500) sum.failed += 1;
  else if (cut) sum.cut += 1;
  if (ms > slowMs) sum.slow += 1;
  sum.histogram[bucketOf(ms)]! += 1;
}

/** Hands over what was counted since, nothing too: it says that this process is there. See Slices.drain. */
export async function drainAnswers(write: (sums: RequestSum[]) => Promise<unknown>): Promise<void> {
  let handed = false;
  await sums().drain((aged) => {
    handed = true;
    return write(
      aged.map(({ key, ago, sum }) => {
        const [method = "", route = ""] = key.split(" ");
        return { route, method, ago, ...sum };
      }),
    );
  });
  if (!handed) await write([]);
}
