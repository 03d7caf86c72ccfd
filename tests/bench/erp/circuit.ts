import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Circuit, ErpFixture } from "./fixture.ts";
import { clock } from "./proxy.ts";

export type Row = { state: Circuit; failures: number; flaps: number };
export type Turn = Row & { at: number };
export type CircuitWatch = Awaited<ReturnType<typeof watchCircuit>>;

/** Looks at the shared row every few milliseconds, as any other session sees it: committed. */
export async function watchCircuit({ system, ask }: ErpFixture) {
  const client = new pg.Client({ connectionString: system.stack.at.admin });
  client.on("error", () => undefined);
  await client.connect();
  const turns: Turn[] = [];
  let stopped = false;
  const look = async () => (await client.query<Row>("select state, failures, flaps from app.erp_circuit")).rows[0]!;
  const watching = (async () => {
    while (!stopped) {
      const row = await look();
      if (turns.at(-1)?.state !== row.state) turns.push({ at: clock(), ...row });
      await pause(10);
    }
  })();
  watching.catch(() => undefined);
  return {
    turns,
    /** The state now, without a word to the database. */
    state: () => turns.at(-1)?.state,
    /** The first turn to this state after that moment. */
    async until(state: Circuit, after: number, patienceMs: number): Promise<Turn> {
      for (const end = clock() + patienceMs; clock() < end; await pause(10)) {
        const turn = turns.find((known) => known.state === state && known.at >= after);
        if (turn) return turn;
      }
      throw new Error(`The breaker was not ${state} within ${patienceMs / 1000} s.`);
    },
    /**
     * Lets the probes follow one another without their pauses until it is closed, and, unless told not to, forgets that
     * it flapped.
     */
    async hurryBack({ forget = true } = {}) {
      for (const end = clock() + 60_000; turns.at(-1)?.state !== "CLOSED"; await pause(100)) {
        if (clock() > end) throw new Error("The breaker did not close within a minute of hurried probes.");
        await ask("update app.erp_circuit set next_probe_at = now() where state <> 'CLOSED'");
      }
      if (forget) await ask("update app.erp_circuit set flaps = 0, since = now() - interval '1 hour'");
    },
    async stop() {
      stopped = true;
      await watching.catch(() => undefined);
      await client.end();
    },
  };
}
