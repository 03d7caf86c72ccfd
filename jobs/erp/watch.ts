import { randomUUID } from "node:crypto";
import type { Counter } from "../counter.ts";
import { log } from "../log.ts";
import { loop, sleep } from "../loop.ts";
import { failuresToOpen } from "./breaker.ts";
import type { ErpLine, Probed } from "./line.ts";

// A call that fails anywhere brings the next heartbeat forward, and the breaker may turn at any time.
const longestLookMs = 250;
const shortestLookMs = 10;

/**
 * Watches the ERP, together with every other process that does: whoever gets the lease asks. CLOSED: a heartbeat.
 * Otherwise one probe of what failed, and what comes of it moves the breaker. Without the database nobody has a lease,
 * and nobody asks.
 */
export function watchErp(line: ErpLine, counter: Counter) {
  const owner = randomUUID();
  return loop("watch", async () => {
    const { ticket, wait_ms, doubt_ms, probe_with, probe_number, ...circuit } = await counter.takeProbe(owner);
    line.follow(circuit);
    if (ticket === null) return Math.min(longestLookMs, Math.max(shortestLookMs, wait_ms));
    const probed =
      circuit.state === "CLOSED"
        ? await heartbeat(line, doubt_ms)
        : await line.probe({ operation: probe_with, number: probe_number });
    if (probed) await counter.settleProbe(owner, ticket, probed);
    if (circuit.state !== "CLOSED") log.info({ ...probed, with: probe_with, state: circuit.state }, "ERP probed");
    return 0;
  });
}

/**
 * Asks, and when there is no answer within a fifth of a beat asks again beside it, five times at most: so a server that
 * takes calls and never answers has failed five times one deadline and two seconds later, and one that was away for a
 * moment has not.
 */
async function heartbeat(line: ErpLine, doubtMs: number): Promise<Probed | null> {
  let settle = { good: (_probed: Probed) => {}, bad: (_error: unknown) => {} };
  const good = new Promise<Probed>((resolve, reject) => (settle = { good: resolve, bad: reject }));
  const beats: Array<Promise<Probed | null | void>> = [];
  while (beats.length < failuresToOpen && line.state() === "CLOSED") {
    beats.push(
      line.beat().then((probed) => {
        if (probed?.ok) settle.good(probed);
        return probed;
      }, settle.bad),
    );
    const answered = await Promise.race([good, sleep(doubtMs)]);
    if (answered) return answered;
  }
  return Promise.race([good, Promise.all(beats).then((all) => all.at(-1) ?? null)]);
}
