import { log, reasonOf } from "../log.ts";
import type { WorkerQueries } from "../queries.ts";
import { type Circuit, type CircuitState, erpFuse } from "./breaker.ts";

export type SharedBreaker = ReturnType<typeof followBreaker>;

/** What this process knows of the breaker that all share; our own fuse decides while the database is away. */
export function followBreaker(queries: Pick<WorkerQueries, "readCircuit" | "erpFused">) {
  let last: Circuit = { state: "CLOSED", version: "0", failures: 0 };
  let unheard = false;
  let changed = (_state: CircuitState) => {};
  const fuse = erpFuse();

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

  return {
    fuse,
    follow,
    tell,
    look,
    /** As last read. */
    state: () => last.state,
    /** `then` is called whenever the state that we know becomes another. */
    onChange(then: (state: CircuitState) => void) {
      changed = then;
    },
  };
}
