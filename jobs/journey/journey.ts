import { log, reasonOf } from "#jobs/log.ts";
import type { WorkerQueries } from "#jobs/queries.ts";
import { tryLead } from "./lead.ts";
import { type Account, openOrderJourney } from "./order.ts";

const everyMs = 60_000;

export type JourneyTools = {
  queries: Pick<WorkerQueries, "claimJourney" | "noteJourney">;
  site: string;
  account: Account;
  /** By which a lead is only tried; without it none is. */
  uptimeSecret: string | undefined;
};

/** Once a minute, by one worker: an order and a lead are tried by the pages that people use. How it went is a row. */
export function openJourney({ queries, site, account, uptimeSecret }: JourneyTools): () => Promise<number> {
  const order = openOrderJourney(site, account);
  const attempt = async (kind: "ORDER" | "LEAD", work: () => Promise<Outcome | null>) => {
    const began = performance.now();
    const tried = await work().catch((error: unknown): Outcome => {
      log.warn({ kind, reason: reasonOf(error) }, "the site did not answer the journey");
      return { ok: false, step: "NO_ANSWER", status: null };
    });
    if (!tried) return;
    if (!tried.ok) log.warn({ kind, what: tried.step, status: tried.status }, "the journey did not come through");
    await queries.noteJourney({ kind, ...tried, ms: Math.round(performance.now() - began) });
  };
  return async () => {
    if (!(await queries.claimJourney())) return everyMs / 4;
    await attempt("ORDER", order);
    if (uptimeSecret)
      await attempt("LEAD", async () => ({ ...(await tryLead(site, uptimeSecret)), step: "SEND" as const }));
    return everyMs;
  };
}

type Outcome = { ok: boolean; step: string; status: number | null };
