import {
  BrokenCircuitError,
  CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  circuitBreaker,
  handleType,
  noJitterGenerator,
} from "cockatiel";
import type { Gate } from "./client.ts";
import { ErpFailure } from "./failure.ts";

export type BreakerState = "closed" | "open" | "half_open";
/** `failures`: how many in a row led to it. */
export type BreakerChange = { state: BreakerState; failures: number; reason: string | null };

type Options = {
  onStateChange: (change: BreakerChange) => void;
  /** Start open, as the record says: three good probes must prove the ERP back even to a fresh process. */
  startOpen?: boolean;
  /** Milliseconds from opening to the first probe, doubling with each failed one up to the longest. */
  firstProbeMs?: number;
  longestProbeMs?: number;
};

/** How many failures in a row open it, and how many good probes close it. */
export const failuresToOpen = 5;
export const probesToClose = 3;

/** The fuse between us and the ERP. `gate` throws ErpClosed without a call while it is open. */
export function erpBreaker({ onStateChange, startOpen = false, firstProbeMs = 5_000, longestProbeMs = 60_000 }: Options) {
  const policy = circuitBreaker(handleType(ErpFailure), {
    breaker: new ConsecutiveBreaker(failuresToOpen),
    halfOpenAfter: new ExponentialBackoff({
      initialDelay: firstProbeMs,
      maxDelay: longestProbeMs,
      exponent: 2,
      generator: noJitterGenerator,
    }),
    halfOpenSampling: { calls: probesToClose, threshold: 0 },
    ...(startOpen && { initialState: openAndDue() }),
  });
  let failures = 0;
  policy.onStateChange((state) => onStateChange({ state: names[state], failures, reason: reasonOf(policy) }));
  policy.onSuccess(() => void (failures = 0));
  policy.onFailure(({ handled }) => {
    if (handled) failures += 1;
  });

  const gate: Gate = async (call) => {
    try {
      return await policy.execute(call);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? new ErpClosed() : error;
    }
  };
  return { gate, state: () => names[policy.state] };
}

export type ErpBreaker = ReturnType<typeof erpBreaker>;

/** The breaker is open; the ERP was not asked. */
export class ErpClosed extends Error {
  constructor() {
    super("the ERP is not asked while the breaker is open");
    this.name = "ErpClosed";
  }
}

const names: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.Open]: "open",
  [CircuitState.HalfOpen]: "half_open",
  [CircuitState.Isolated]: "open",
};

// The saved form of an open circuit whose first probe is due now. A new object each time: the policy writes into it.
function openAndDue() {
  return { ownState: { value: CircuitState.Open, openedAt: 0, attemptNo: 1 }, breakerState: 0 };
}

function reasonOf(policy: CircuitBreakerPolicy): string | null {
  const failure = policy.lastFailure;
  if (policy.state === CircuitState.Closed || !failure || !("error" in failure)) return null;
  return failure.error instanceof ErpFailure ? `${failure.error.kind}: ${failure.error.message}` : null;
}
