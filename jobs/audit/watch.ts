import { log } from "../log.ts";
import type { Ledger } from "./ledger.ts";
import { isStale, staleMs } from "./verify/queue.ts";

const lookMs = 60_000;

/**
 * Looks each minute whether anybody seals, apart from the sealer: whatever holds that one up does not hold this. A row
 * that is next in the queue at two looks and waits for long, by its own word or since it was first seen here, is told:
 * nothing proves yet what waits.
 */
export function openWatch(
  ledger: Pick<Ledger, "state" | "noteBroken">,
  clock = () => performance.now(),
): () => Promise<number> {
  let next: { event: number; since: number } | null = null;
  let toldAt = -Infinity;

  return async () => {
    const { oldest, now } = await ledger.state();
    if (!oldest || oldest.event !== next?.event) {
      next = oldest && { event: oldest.event, since: clock() };
      return lookMs;
    }
    const stands = isStale(oldest.at, now) || clock() - next.since > staleMs;
    if (!stands || clock() - toldAt < 6 * staleMs) return lookMs;
    const words = `nothing is sealed: event ${oldest.event} waits since ${oldest.at.slice(0, 19)} UTC`;
    log.error(
      { what: "QUEUE_STALE", event: oldest.event, queuedAt: oldest.at },
      "the audit trail is not sealed any further",
    );
    await ledger.noteBroken("QUEUE_STALE", null, oldest.event, words);
    toldAt = clock();
    return lookMs;
  };
}
