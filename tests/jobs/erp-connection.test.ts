import { afterEach, beforeEach, expect, test } from "vitest";
import { type Circuit, ErpClosed } from "#jobs/erp/breaker.ts";
import { type BreakerQueries, openErpConnection } from "#jobs/erp/connection.ts";
import { type ProbeQueries, watchErp } from "#jobs/erp/watch.ts";
import { log } from "#jobs/log.ts";
import { loop } from "#jobs/loop.ts";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { ErpState } from "#mocks/erp/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { until } from "#tests/support/until.ts";

let erp: Served;
let state: ErpState;
let address: { baseUrl: string; apiKey: string };

// A server for each test: a call that is under way when a test ends is not counted in the next one.
beforeEach(async () => {
  log.level = "silent";
  state = new ErpState({ slowMs: 1_000 });
  erp = await serve(erpHandlers(state), 0);
  address = { baseUrl: `http://127.0.0.1:${erp.port}`, apiKey: "key" };
});
afterEach(() => erp.close());

/** The queries of a test: the shared breaker is what `circuit` says, and away while that is null. */
function pretended(first: Circuit, deadlineMs = 500) {
  const shared: { circuit: Circuit | null; callsAtSettling: number | null } = { circuit: first, callsAtSettling: null };
  const told: string[] = [];
  const tickets = ["1"]; // one probe or heartbeat, so that what comes of it can be told
  const say = (word: string) => {
    if (shared.circuit === null) return Promise.reject(new Error("ECONNREFUSED"));
    told.push(word);
    return Promise.resolve();
  };
  const queries: BreakerQueries & ProbeQueries = {
    readCircuit: () => (shared.circuit ? Promise.resolve(shared.circuit) : Promise.reject(new Error("ECONNREFUSED"))),
    erpFailed: (version: string) => say(`failed ${version}`),
    erpFused: (version: string) => say(`fused ${version}`),
    erpAnswered: (version: string) => say(`answered ${version}`),
    takeProbe: () =>
      shared.circuit
        ? Promise.resolve({
            ...shared.circuit,
            ticket: tickets.pop() ?? null,
            wait_ms: 1_000,
            doubt_ms: 20,
            probe_with: "ping",
            probe_number: null,
          })
        : Promise.reject(new Error("ECONNREFUSED")),
    settleProbe: (_owner: string, _ticket: string, { ok }: { ok: boolean }) => {
      shared.callsAtSettling ??= state.calls;
      return say(`settled ${ok}`);
    },
    noteErpCalls: () => Promise.resolve(),
  };
  return {
    shared,
    told,
    connection: openErpConnection({ ...address, deadlineMs }, queries),
    queries,
  };
}
const closed = (version: number, failures = 0): Circuit => ({ state: "CLOSED", version: String(version), failures });

test("it reads the shared breaker before each call, and calls nobody while that is not closed", async () => {
  const { shared, connection } = pretended(closed(1));
  await connection.client.ping();
  expect(state.calls).toBe(1);
  for (const away of ["OPEN", "HALF_OPEN"] as const) {
    shared.circuit = { state: away, version: `2${away.length}`, failures: 5 };
    await expect(connection.client.ping()).rejects.toThrow(ErpClosed);
    expect(await connection.beat()).toBeNull();
    expect(connection.state()).toBe(away);
  }
  expect(state.calls).toBe(1);
  // who has the lease asks all the same
  expect(await connection.probe({ operation: "ping", number: null })).toMatchObject({ ok: true, error: null });
  expect(state.calls).toBe(2);
  await connection.stop();
});

test("it tells how each call went under the version read; good news once a second, or at once after bad", async () => {
  const { shared, told, connection } = pretended(closed(3));
  for (let time = 0; time < 3; time += 1) await connection.client.ping();
  expect(told).toEqual(["answered 3"]);
  state.mode = "500";
  await expect(connection.client.ping()).rejects.toThrow("status 500");
  state.mode = "up";
  shared.circuit = closed(4, 1);
  await connection.client.ping();
  expect(told).toEqual(["answered 3", "failed 3", "answered 4"]);
  await connection.stop();
});

test("the database away, its own fuse decides; back again, it hears of it and decides for all", async () => {
  const { shared, told, connection } = pretended(closed(5));
  await connection.client.ping();
  shared.circuit = null;
  await connection.client.ping(); // the ERP is well: nothing stops
  expect(state.calls).toBe(2);
  state.mode = "down";
  for (let time = 0; time < 5; time += 1)
    await expect(connection.client.ping()).rejects.toThrow(/connection|fetch|socket|ECONN|other side/i);
  await expect(connection.client.ping()).rejects.toThrow(ErpClosed);
  expect(state.calls).toBe(7);
  told.length = 0;
  shared.circuit = closed(5);
  await expect(connection.client.ping()).rejects.toThrow(ErpClosed);
  expect(told).toEqual(["fused 5"]);
  shared.circuit = closed(8); // it was open and closed again
  state.mode = "up";
  await connection.client.ping();
  expect(state.calls).toBe(8);
  await connection.stop();
});

test("the last word was OPEN when the database went away: nobody calls until it is back", async () => {
  const { shared, connection, queries } = pretended({ state: "OPEN", version: "6", failures: 5 });
  await expect(connection.client.ping()).rejects.toThrow(ErpClosed);
  shared.circuit = null;
  await expect(connection.client.ping()).rejects.toThrow(ErpClosed);
  const watch = loop("watch", watchErp(connection, queries)); // without a lease nobody probes either
  await expect(connection.client.ping()).rejects.toThrow(ErpClosed);
  expect(state.calls).toBe(0);
  shared.circuit = closed(9);
  watch.wake();
  await until(() => expect(state.calls).toBeGreaterThan(0));
  await watch.stop();
  await connection.stop();
});

test.each([
  ["hang", 500, "settled false", 5],
  ["slow", 10_000, "settled true", 0],
] as const)(
  "a heartbeat without an answer is repeated beside itself, five times at most; one answer is enough (%s)",
  async (mode, deadlineMs, outcome, failures) => {
    const { shared, told, connection, queries } = pretended(closed(1), deadlineMs);
    state.mode = mode; // slow: answered after a second; in doubt after 20 ms
    const watch = loop("watch", watchErp(connection, queries));
    await until(() => expect(told).toContain(outcome), 5);
    expect(shared.callsAtSettling).toBe(5); // The next beat may have begun since.
    expect(told.filter((word) => word === "failed 1")).toHaveLength(failures);
    await watch.stop();
    await connection.stop();
  },
);
