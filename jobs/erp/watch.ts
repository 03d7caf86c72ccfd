import { randomUUID } from "node:crypto";
import type { WorkerQueries } from "../queries.ts";
import { log } from "../log.ts";
import { sleep } from "../loop.ts";
import { failuresToOpen } from "./breaker.ts";
import type { ErpConnection } from "./connection.ts";
import type { Probed } from "./probe.ts";

// A call that fails anywhere brings the next heartbeat forward, and the breaker may turn at any time.
const longestLookMs = 250;
const shortestLookMs = 10;

/** What a watcher asks of the database: the lease of the probe. */
export type ProbeQueries = Pick<WorkerQueries, "takeProbe" | "settleProbe">;

/**
 * Watches the ERP, together with every other process that does: whoever gets the lease asks. CLOSED: a heartbeat.
 * Otherwise one probe of what failed, and what comes of it moves the breaker. Without the database nobody has a lease,
 * and nobody asks. Returns the passes of its loop.
 */
export function watchErp(connection: ErpConnection, queries: ProbeQueries): () => Promise<number> {
  const owner = randomUUID();
  return async () => {
    const { ticket, wait_ms, doubt_ms, probe_with, probe_number, ...circuit } = await queries.takeProbe(owner);
    connection.follow(circuit);
    if (ticket === null) return Math.min(longestLookMs, Math.max(shortestLookMs, wait_ms));
    const probed =
      circuit.state === "CLOSED"
        ? await heartbeat(connection, doubt_ms)
        : await connection.probe({ operation: probe_with, number: probe_number });
    if (probed) await queries.settleProbe(owner, ticket, probed);
    if (circuit.state !== "CLOSED") log.info({ ...probed, with: probe_with, state: circuit.state }, "ERP probed");
    return 0;
  };
}

/**
 * Asks, and when there is no answer within a fifth of a beat asks again beside it, five times at most: so a server that
 * takes calls and never answers has failed five times one deadline and two seconds later, and one that was away for a
 * moment has not.
 */
async function heartbeat(connection: ErpConnection, doubtMs: number): Promise<Probed | null> {
  let settle = { good: (_probed: Probed) => {}, bad: (_error: unknown) => {} };
  const good = new Promise<Probed>((resolve, reject) => (settle = { good: resolve, bad: reject }));
  const beats: Array<Promise<Probed | null | void>> = [];
  while (beats.length < failuresToOpen && connection.state() === "CLOSED") {
    beats.push(
      connection.beat().then((probed) => {
        if (probed?.ok) settle.good(probed);
        return probed;
      }, settle.bad),
    );
    const answered = await Promise.race([good, sleep(doubtMs)]);
    if (answered) return answered;
  }
  return Promise.race([good, Promise.all(beats).then((all) => all.at(-1) ?? null)]);
}
