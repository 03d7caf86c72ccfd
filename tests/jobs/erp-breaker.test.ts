import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ErpClosed, erpBreaker, type BreakerChange } from "#jobs/erp/breaker.ts";
import { ErpFailure } from "#jobs/erp/failure.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const dead = () => Promise.reject(new ErpFailure("connection", "ECONNREFUSED"));
const alive = () => Promise.resolve("answer");

function breaker(options: { startOpen?: boolean } = {}) {
  const changes: BreakerChange[] = [];
  return { ...erpBreaker({ ...options, onStateChange: (change) => changes.push(change) }), changes };
}

async function fail(gate: ReturnType<typeof breaker>["gate"], times: number) {
  for (let time = 0; time < times; time += 1) await expect(gate(dead)).rejects.toThrow(ErpFailure);
}

test("it opens at the fifth failure in a row, says why, and then asks no more", async () => {
  const { gate, state, changes } = breaker();
  await fail(gate, 4);
  expect(state()).toBe("closed");
  await fail(gate, 1);

  expect(state()).toBe("open");
  expect(changes).toEqual([{ state: "open", failures: 5, reason: "connection: ECONNREFUSED" }]);
  const call = vi.fn(alive);
  await expect(gate(call)).rejects.toThrow(ErpClosed);
  expect(call).not.toHaveBeenCalled();
});

test("one success starts the count anew, and an error of ours does not count", async () => {
  const { gate, state } = breaker();
  await fail(gate, 4);
  await gate(alive);
  await fail(gate, 4);
  await expect(gate(() => Promise.reject(new TypeError("ours")))).rejects.toThrow(TypeError);
  expect(state()).toBe("closed");
});

test("three good probes close it", async () => {
  const { gate, state, changes } = breaker();
  await fail(gate, 5);
  vi.advanceTimersByTime(5_000);

  await gate(alive);
  await gate(alive);
  expect(state()).toBe("half_open");
  await gate(alive);
  expect(state()).toBe("closed");
  expect(changes.map((change) => change.state)).toEqual(["open", "half_open", "closed"]);
  expect(changes.at(-1)?.reason).toBeNull();
});

test("probes come 5 seconds after opening, then twice as late after each failed one, up to 60", async () => {
  const { gate } = breaker();
  await fail(gate, 5);
  for (const seconds of [5, 10, 20, 40, 60, 60]) {
    vi.advanceTimersByTime(seconds * 1_000 - 1);
    await expect(gate(dead)).rejects.toThrow(ErpClosed);
    vi.advanceTimersByTime(1);
    await fail(gate, 1);
  }
});

test("a process started while the record says open probes first and trusts only three good answers", async () => {
  for (const round of [1, 2]) {
    const { gate, state } = breaker({ startOpen: true });
    expect(state(), `round ${round}`).toBe("open");
    await gate(alive);
    await gate(alive);
    expect(state()).toBe("half_open");
    await gate(alive);
    expect(state()).toBe("closed");
  }
});
