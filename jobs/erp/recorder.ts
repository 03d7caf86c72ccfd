import type { Counter } from "../counter.ts";
import { loop } from "../loop.ts";
import type { BreakerChange } from "./breaker.ts";

const keptWhileAway = 50;

/**
 * Writes each change of the breaker to the database at once and in order. While the database is away they wait, the
 * oldest giving way, so that the last word is always told.
 */
export function circuitRecorder(counter: Counter) {
  const waiting: BreakerChange[] = [];
  const writer = loop("circuit", async () => {
    for (let change = waiting[0]; change; change = waiting[0]) {
      await counter.recordCircuit(change.state, change.failures, change.reason);
      waiting.splice(waiting.indexOf(change), 1);
    }
    return 60_000; // woken by each change
  });
  return {
    record(change: BreakerChange) {
      waiting.push(change);
      if (waiting.length > keptWhileAway) waiting.shift();
      writer.wake();
    },
    stop: writer.stop,
  };
}
