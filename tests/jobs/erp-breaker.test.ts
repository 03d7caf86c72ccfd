import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type CircuitState, ErpClosed, erpFuse } from "#jobs/erp/breaker.ts";
import { ErpFailure } from "#jobs/erp/failure.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const dead = () => Promise.reject(new ErpFailure("connection", "ECONNREFUSED"));
const alive = () => Promise.resolve("answer");
const shared = (version: number, state: CircuitState = "CLOSED") => ({ version: String(version), state, failures: 0 });

type Fuse = ReturnType<typeof erpFuse>;
async function fail(fuse: Fuse, times: number) {
  for (let time = 0; time < times; time += 1) await expect(fuse.pass(dead)).rejects.toThrow(ErpFailure);
}
async function refuses(fuse: Fuse) {
  const call = vi.fn(alive);
  await expect(fuse.pass(call)).rejects.toThrow(ErpClosed);
  expect(call).not.toHaveBeenCalled();
}

test("it goes at the fifth failure in a row, says why and of which version, and then asks no more", async () => {
  const fuse = erpFuse();
  fuse.follow(shared(7));
  await fail(fuse, 4);
  expect(fuse.broken()).toBeNull();
  await fail(fuse, 1);
  expect(fuse.broken()).toEqual({ version: "7", error: "connection: ECONNREFUSED", operation: "ping" });
  await refuses(fuse);
});

test("one success starts the count anew, and an error of ours does not count", async () => {
  const fuse = erpFuse();
  await fail(fuse, 4);
  await fuse.pass(alive);
  await fail(fuse, 4);
  await expect(fuse.pass(() => Promise.reject(new TypeError("ours")))).rejects.toThrow(TypeError);
  expect(fuse.broken()).toBeNull();
  expect(await fuse.pass(alive)).toBe("answer");
});

test("the database away, one call passes after 5 s, then twice as late each time; a good one mends it", async () => {
  const fuse = erpFuse();
  await fail(fuse, 5);
  for (const seconds of [5, 10, 20, 40, 60, 60]) {
    vi.advanceTimersByTime(seconds * 1_000 - 1);
    await refuses(fuse);
    vi.advanceTimersByTime(1);
    await fail(fuse, 1);
  }
  vi.advanceTimersByTime(60_000);
  await fuse.pass(alive);
  expect(fuse.broken()).toBeNull();
  expect(await fuse.pass(alive)).toBe("answer");
});

test.each(["OPEN", "HALF_OPEN"] as const)(
  "it is held open while the shared breaker is %s, and sound as new afterwards",
  async (state) => {
    const fuse = erpFuse();
    fuse.follow(shared(1));
    await fail(fuse, 4);
    fuse.follow(shared(2, state));
    vi.advanceTimersByTime(3_600_000);
    await refuses(fuse);
    expect(fuse.broken()).toBeNull(); // not by itself
    fuse.follow(shared(3));
    await fail(fuse, 4); // the four of before are forgotten
    expect(await fuse.pass(alive)).toBe("answer");
  },
);

test("calls that began under an earlier version and fail late do not count", async () => {
  const fuse = erpFuse();
  fuse.follow(shared(1));
  const hanging = Array.from({ length: 5 }, () => Promise.withResolvers<string>());
  const late = hanging.map(({ promise }) => fuse.pass(() => promise));
  fuse.follow(shared(2, "OPEN"));
  fuse.follow(shared(3));
  for (const { reject } of hanging) reject(new ErpFailure("timeout", "late"));
  await Promise.allSettled(late);
  expect(fuse.broken()).toBeNull();
  expect(await fuse.pass(alive)).toBe("answer");
});
