import type { WorkerQueries } from "../queries.ts";
import { log, reasonOf } from "../log.ts";
import { type Circuit, type CircuitState, ErpClosed, erpFuse, wordsOf } from "./breaker.ts";
import { type ErpClient, erpClient, type ErpOperation, type Gate } from "./client.ts";
import type { ErpAccess } from "./exchange.ts";
import { ErpFailure } from "./failure.ts";
import { callStats } from "./stats.ts";

/** What came of asking whether the ERP is there. */
export type Probed = { ok: boolean; ms: number; error: string | null };

/** What a probe asks: a ping, the first page of a feed, or whether there are documents of a number. */
export type Probe = { operation: "ping" | "find" | "stock" | "credit"; number: string | null };

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
  let last: Circuit = { state: "CLOSED", version: "0", failures: 0 };
  let answeredAt = -answeredEveryMs;
  let unheard = false;
  let changed = (_state: CircuitState) => {};
  const fuse = erpFuse();
  const stats = callStats(queries);

  function follow(circuit: Circuit): Circuit {
    const before = last;
    last = circuit;
    fuse.follow(circuit);
    if (before.state !== circuit.state) {
      log.warn({ state: circuit.state, version: circuit.version }, "breaker");
      changed(circuit.state);
    }
    return circuit;
  }

  /** Says something to the database; while that is away nobody waits for it. */
  async function tell(words: () => Promise<unknown>): Promise<void> {
    try {
      await words();
      unheard = false;
    } catch (error) {
      if (!unheard) log.warn({ reason: reasonOf(error) }, "the shared breaker cannot be reached: our own fuse decides");
      unheard = true;
    }
  }

  /** What all processes know, and now we; the last we heard while the database is away. */
  async function look(): Promise<Circuit> {
    await tell(async () => {
      const broken = fuse.broken();
      if (broken) await queries.erpFused(broken.version, broken.operation, broken.error);
      follow(await queries.readCircuit());
    });
    return last;
  }

  async function counted<T>(operation: ErpOperation, call: () => Promise<T>): Promise<T> {
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
  }

  const gate: Gate = async (operation, call) => {
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

  const guarded = erpClient(access, gate);
  const unguarded = erpClient(access, counted);

  return {
    /** Every call of it may throw ErpClosed. */
    client: guarded,
    /** The shared breaker's state as last read. */
    state: () => last.state,
    follow,
    /** `then` is called whenever the state that we know becomes another. */
    onChange(then: (state: CircuitState) => void) {
      changed = then;
    },
    /** Is it there? Through the breaker like any call; null when that is shut. */
    beat: () => asked(() => guarded.ping()),
    /** Is what failed well again? Past the breaker: for whoever holds the lease of the one probe. */
    probe: (kind: Probe) => asked(() => ask(unguarded, kind)),
    stop: () => stats.stop(),
  };
}

/** Any well-formed answer is a good one. */
async function ask(client: ErpClient, { operation, number }: Probe): Promise<void> {
  if (operation === "stock" || operation === "credit") await client.checkFeed(operation);
  else if (operation === "find" && number !== null) await client.findDocuments(number);
  else await client.ping();
}

async function asked(ping: () => Promise<void>): Promise<Probed | null> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    await ping();
    return { ok: true, ms: ms(), error: null };
  } catch (error) {
    if (error instanceof ErpClosed) return null;
    if (!(error instanceof ErpFailure)) throw error;
    return { ok: false, ms: ms(), error: wordsOf(error) };
  }
}

const isRefusal = (answer: unknown) =>
  typeof answer === "object" && answer !== null && "kind" in answer && answer.kind === "refused";
