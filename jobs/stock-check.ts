import type { WorkerQueries } from "./queries.ts";
import { log } from "./log.ts";

const hourMs = 3_600_000;

/**
 * What is due every week about the ERP: a task for a checkpoint that nobody wrote, and fresh stock to compare with ours
 * (the comparison itself happens where a snapshot goes live). At the worker's start, every hour and by the clock: a run
 * too many finds nothing to do, a missed one is made up for.
 */
export async function keepErpWeek(
  queries: Pick<WorkerQueries, "askErpCheckpoints" | "wantStockCheck">,
  wakePulls: () => void,
): Promise<number> {
  const asked = await queries.askErpCheckpoints();
  const due = await queries.wantStockCheck();
  if (asked > 0 || due) log.info({ checkpointsMissing: asked, stockCheckDue: due }, "weekly duties about the ERP");
  if (due) wakePulls();
  return hourMs;
}
