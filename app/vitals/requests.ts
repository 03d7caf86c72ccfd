import { bucketOf, noCalls } from "#app/erp/latency.ts";
import { onlyOne } from "#app/only-one.ts";
import { Slices } from "./slices.ts";

/** An answer that was given, or could not be. `route`: a pattern of ours, `other`, or `files`. */
export type Answered = { route: string; method: string; status: number; ms: number };
/** As app.note_requests takes it. */
export type RequestSum = {
  route: string;
  method: string;
  ago: number;
  requests: number;
  failed: number;
  slow: number;
  histogram: number[];
};

const slowMs = 5_000;
const methods = ["GET", "HEAD", "POST"];
const fresh = () => ({ requests: 0, failed: 0, slow: 0, histogram: noCalls() });
/** While the database is away a day is kept, if it is no more than a few MB. */
const most = { slices: 1_440, sums: 5_000 };

const sums = () => onlyOne("request-sums", () => new Slices(fresh, most));

/** Counts an answer. After it, and in memory alone. */
export function countAnswer({ route, method, status, ms }: Answered): void {
  const sum = sums().running(`${methods.includes(method) ? method : "OTHER"} ${route}`);
  sum.requests += 1;
  if (status >= 500) sum.failed += 1;
  if (ms > slowMs) sum.slow += 1;
  sum.histogram[bucketOf(ms)]! += 1;
}

/** Hands over what was counted since; see Slices.drain. */
export const drainAnswers = (write: (sums: RequestSum[]) => Promise<unknown>): Promise<void> =>
  sums().drain((aged) =>
    write(
      aged.map(({ key, ago, sum }) => {
        const [method = "", route = ""] = key.split(" ");
        return { route, method, ago, ...sum };
      }),
    ),
  );
