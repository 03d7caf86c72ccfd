import type { WorkerQueries } from "./queries.ts";
import { log } from "./log.ts";

const lookMs = 500;
const patienceMs = 2_000;

/**
 * Sees to it that nobody waits for ever to shut somebody out: a rule that suspends, an owner's report, SQL by hand.
 * Whoever has waited for two seconds gets the connections of `web` ended that hold the account's row. Only a look,
 * while nobody waits.
 */
export function openShutOuts(
  queries: Pick<WorkerQueries, "waitedAccounts" | "endHolders">,
  clock = () => performance.now(),
): () => Promise<number> {
  let since = new Map<string, number>();

  return async () => {
    const waited = await queries.waitedAccounts();
    const now = clock();
    since = new Map(
      waited.map(({ account_id, waiter }) => [`${account_id} ${waiter}`, since.get(`${account_id} ${waiter}`) ?? now]),
    );
    const late = waited.filter(({ account_id, waiter }) => now - since.get(`${account_id} ${waiter}`)! >= patienceMs);
    for (const account of new Set(late.map(({ account_id }) => account_id))) {
      const { ended, others } = await queries.endHolders(account);
      if (ended > 0) log.warn({ ended }, "connections of the web kept somebody from being shut out and were ended");
      if (others.length > 0)
        log.error({ logins: others }, "a connection that is not the web's keeps somebody from being shut out");
    }
    return late.length > 0 ? 50 : lookMs;
  };
}
