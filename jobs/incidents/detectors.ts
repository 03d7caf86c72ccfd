import type { WorkerQueries } from "#jobs/queries.ts";

const everyMs = 10_000;

/**
 * Looks every ten seconds at all that can be measured; the database says what is wrong, and tells it. Beside the
 * database's clock goes the one of this process that nobody sets: when the two disagree the database's has jumped.
 */
export function openDetectors(queries: Pick<WorkerQueries, "lookAtDetectors">): () => Promise<number> {
  let last: { told: string; at: number } | null = null;
  return async () => {
    const elapsed = last && (performance.now() - last.at) / 1_000;
    const told = await queries.lookAtDetectors(last?.told ?? null, elapsed);
    last = { told, at: performance.now() };
    return everyMs;
  };
}
