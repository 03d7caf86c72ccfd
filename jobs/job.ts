import { onBehalfOf, spanned } from "#app/trace.ts";
import type { QueueName } from "./run-loops.ts";

/**
 * One piece of work, for the request that asked for it: whatever is logged, sent or called in it says so, and how long
 * it takes is measured where somebody measures. Without a request it has a number of its own.
 */
export const job = <T>(queue: QueueName, requestId: string | null, facts: object, work: () => Promise<T>): Promise<T> =>
  onBehalfOf(requestId, () => spanned(queue, "job", facts, work));
