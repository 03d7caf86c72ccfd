import type { WorkerQueries } from "../queries.ts";
import { ErpClosed, wordsOf } from "./breaker.ts";
import { erpClient, type Gate } from "./client.ts";
import type { ErpAccess } from "./exchange.ts";
import { ErpFailure } from "./failure.ts";
import { ask, type Probe, timed } from "./probe.ts";
import { followBreaker, type SharedBreaker } from "./shared-breaker.ts";
import { type CallStats, callStats } from "./stats.ts";

const answeredEveryMs = 1_000;

/** What a connection asks of the database: the shared breaker, and where its calls are counted. */
export type BreakerQueries = Pick<
  WorkerQueries,
  "readCircuit" | "erpFused" | "erpAnswered" | "erpFailed" | "noteErpCalls"
>;

export type ErpConnection = ReturnType<typeof openErpConnection>;

/**
 * The way from this process to the ERP. Before each call it reads the shared breaker, so that nobody calls once OPEN is
 * committed, and tells it what came of the call, with the version that was read. While the database is away the last
 * word and our own fuse decide.
 */
export function openErpConnection(access: ErpAccess, queries: BreakerQueries) {
  const breaker = followBreaker(queries);
  const stats = callStats(queries);
  const counted = countedIn(stats);
  const guarded = erpClient(access, guardedBy(breaker, queries, counted));
  const unguarded = erpClient(access, counted);

  return {
    /** Every call of it may throw ErpClosed. */
    client: guarded,
    /** The shared breaker's state as last read. */
    state: breaker.state,
    follow: breaker.follow,
    /** `then` is called whenever the state that we know becomes another. */
    onChange: breaker.onChange,
    /** Is it there? Through the breaker like any call; null when that is open. */
    beat: () => timed(() => guarded.ping()),
    /** Is what failed well again? Past the breaker: for whoever holds the lease of the one probe. */
    probe: (kind: Probe) => timed(() => ask(unguarded, kind)),
    stop: () => stats.stop(),
  };
}

/** Lets every call through and counts it. */
function countedIn(stats: CallStats): Gate {
  return async (operation, call) => {
    const started = performance.now();
    const note = (outcome: "OK" | "REFUSED" | "FAILED") => stats.note(operation, outcome, performance.now() - started);
    try {
      const answer = await call();
      note(isRefusal(answer) ? "REFUSED" : "OK");
      return answer;
    } catch (error) {
      if (error instanceof ErpFailure) {
        error.operation = operation;
        note("FAILED");
      }
      throw error;
    }
  };
}

/** Lets calls through while the shared breaker is closed, and tells it what came of them. */
function guardedBy(breaker: SharedBreaker, queries: BreakerQueries, counted: Gate): Gate {
  const { fuse, look, tell } = breaker;
  let answeredAt = -answeredEveryMs;
  return async (operation, call) => {
    const { state, version, failures } = await look();
    if (state !== "CLOSED") throw new ErpClosed();
    try {
      const answer = await fuse.pass(() => counted(operation, call));
      if (failures > 0 || performance.now() - answeredAt >= answeredEveryMs) {
        answeredAt = performance.now();
        await tell(() => queries.erpAnswered(version));
      }
      return answer;
    } catch (error) {
      if (!(error instanceof ErpFailure)) throw error;
      await tell(() => queries.erpFailed(version, operation, wordsOf(error)));
      if (fuse.broken()) await look();
      throw error;
    }
  };
}

const isRefusal = (answer: unknown) =>
  typeof answer === "object" && answer !== null && "kind" in answer && answer.kind === "refused";
