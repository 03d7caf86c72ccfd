import { http } from "msw";
import { openQueries, type WorkerQueries } from "#jobs/queries.ts";
import { openErp } from "#jobs/erp/erp.ts";
import { erpLoops } from "#jobs/loops.ts";
import { type Loops, startLoops, type WakeUp } from "#jobs/run-loops.ts";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { type ErpMode, ErpState } from "#mocks/erp/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import type { Database } from "#tests/support/database.ts";

/** How the breaker of a test runs: everything about forty times as fast as in life. */
const fast = "beat = '100 ms', first_pause = '150 ms', longest_pause = '600 ms'";

export type ErpFixture = Awaited<ReturnType<typeof openErpFixture>>;

/** A pretended ERP, a breaker as new, and as many processes as wanted, each with loops and queries of its own. */
export async function openErpFixture(
  database: Database,
  processes = 1,
  { open = false, mode = "up" }: { open?: boolean; mode?: ErpMode } = {},
) {
  await database.one(`
    update app.erp_circuit set state = 'CLOSED', version = version + 1, failures = 0,
      since = now() - interval '1 hour', flaps = 0, good_probes = 0, bad_probes = 0, probe_with = 'ping',
    next_probe_at = now(), probed_at = null, probe_owner = null, probe_until = null, last_ok_at = null, ${fast}`);
  await database.one("delete from app.erp_circuit_events");
  await database.one("update app.feeds set wanted = true, tries = 0, next_try_at = now(), pull_until = null");
  if (open) await database.one("select private.turn_circuit('OPEN', 'of an earlier process')");
  const state = new ErpState({ hangMs: 1_000 });
  state.mode = mode;
  state.learn({ skus: ["AB-001", "AB-002"], partners: ["PTR-0001"] });
  const watched = watchCalls();
  const erp: Served = await serve([...watched.handlers, ...erpHandlers(state)], 0);
  const all: WorkerQueries[] = Array.from({ length: processes }, () => openQueries(database.workerUrl));
  const access = { baseUrl: `http://127.0.0.1:${erp.port}`, apiKey: "key", deadlineMs: 400 };
  const opened: Loops[] = all.map((queries) =>
    startLoops((wake) => erpLoops(openErp(access, queries, () => void wake("erp.back")))),
  );
  return {
    state,
    /** The moments at which the ERP was called, by whomever. */
    calls: watched.calls,
    /** What a path says instead of the truth, whatever it is asked. */
    lies: watched.lies,
    /** Wakes the loops of one process. */
    wake: (wakeUp: WakeUp) => opened[0]!.wake(wakeUp),
    documentsFor: (number: string) => state.list().filter((document) => document.reference === number),
    async close() {
      await Promise.all(opened.map((loops) => loops.stop()));
      await Promise.all(all.map((queries) => queries.close()));
      await erp.close();
    },
  };
}

function watchCalls() {
  const calls: Array<{ path: string; at: number }> = [];
  const lies = new Map<string, string>();
  const handlers = [
    http.all("*/api/v1/*", ({ request }) => {
      const { pathname: path } = new URL(request.url);
      calls.push({ path, at: performance.now() });
      const lie = lies.get(path);
      return lie === undefined
        ? undefined
        : new Response(lie, {
            headers: { "content-type": "application/json", "x-request-id": request.headers.get("x-request-id") ?? "" },
          });
    }),
  ];
  return { calls, lies, handlers };
}
