import {
  BrokenCircuitError,
  CircuitState as FuseState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  circuitBreaker,
  handleType,
  noJitterGenerator,
} from "cockatiel";
import type { ErpOperation } from "./client.ts";
import { ErpFailure } from "./failure.ts";

export type CircuitState = "CLOSED" | "OPEN" | "HALF_OPEN";
/**
 * The breaker that all processes share (app.erp_circuit). Its version counts the changes of state; `failures`, those in
 * a row.
 */
export type Circuit = { state: CircuitState; version: string; failures: number };

/** How many failures in a row open it. The database counts the same for all processes together (jobs.erp_failed). */
export const failuresToOpen = 5;

/**
 * The fuse of this one process. It goes after five failures in a row of its own, so that a process whose database is
 * away leaves a dead ERP alone too, and it is held open while the shared breaker is anything but CLOSED. Each version
 * of that has a fuse of its own: what comes back late from an earlier one is counted where nobody asks any more.
 */
export function erpFuse() {
  let version = "0";
  let policy = freshPolicy();

  return {
    /** Takes over what the shared breaker says. */
    follow(circuit: Circuit): void {
      if (circuit.version === version) return;
      version = circuit.version;
      policy = freshPolicy();
      if (circuit.state !== "CLOSED") policy.isolate();
    },
    /** @throws ErpClosed without a call while it is open. */
    async pass<T>(call: () => Promise<T>): Promise<T> {
      try {
        return await policy.execute(call);
      } catch (error) {
        throw error instanceof BrokenCircuitError ? new ErpClosed() : error;
      }
    },
    /** Why it went by itself, what was asked, and under which version, or null. */
    broken(): { version: string; operation: ErpOperation; error: string } | null {
      if (policy.state !== FuseState.Open && policy.state !== FuseState.HalfOpen) return null;
      const last = policy.lastFailure;
      const failure = last && "error" in last && last.error instanceof ErpFailure ? last.error : null;
      return { version, operation: failure?.operation ?? "ping", error: failure ? wordsOf(failure) : "" };
    },
  };
}

/** The breaker is open; the ERP was not asked. */
export class ErpClosed extends Error {
  constructor() {
    super("the ERP is not asked while the breaker is open");
    this.name = "ErpClosed";
  }
}

/** A failure as it is kept on record. */
export const wordsOf = ({ kind, message }: ErpFailure) => `${kind}: ${message}`;

function freshPolicy() {
  return circuitBreaker(handleType(ErpFailure), {
    breaker: new ConsecutiveBreaker(failuresToOpen),
    // Only felt while the database is away; else the shared breaker says when.
    halfOpenAfter: new ExponentialBackoff({
      initialDelay: 5_000,
      maxDelay: 60_000,
      exponent: 2,
      generator: noJitterGenerator,
    }),
  });
}
