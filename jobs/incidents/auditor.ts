import { log, reasonOf } from "#jobs/log.ts";
import type { WorkerQueries } from "#jobs/queries.ts";

const minuteMs = 60_000;
const pingDeadlineMs = 5_000;

type Tools = {
  queries: Pick<WorkerQueries, "auditNotifications" | "noteNotificationsBroken">;
  /** Called each minute that all was found in order; whoever is behind it rings when it stays silent. */
  deadManUrl: string | undefined;
};

/**
 * Proves each minute that every timer that was due has rung and was told, and says so to the outside. A proof that is
 * not made pings nobody: silence is the alarm. What it had found before is over with the first proof.
 */
export async function auditNotifications({ queries, deadManUrl }: Tools): Promise<number> {
  const findings = await queries.auditNotifications();
  await queries.noteNotificationsBroken(findings);
  if (findings.length > 0) {
    log.error({ findings: findings.length, first: findings[0] }, "somebody was not told of an incident");
    return minuteMs;
  }
  if (deadManUrl) await ping(deadManUrl);
  return minuteMs;
}

async function ping(url: string): Promise<void> {
  try {
    const response = await fetch(url, { method: "POST", signal: AbortSignal.timeout(pingDeadlineMs) });
    if (!response.ok) log.warn({ status: response.status }, "the dead-man address did not take our sign of life");
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, "the dead-man address did not answer");
  }
}
