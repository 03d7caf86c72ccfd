import { expect, test } from "vitest";
import { growingPauses } from "#scripts/growing-pauses.ts";

test("what goes on falling waits longer each time, up to half a minute; what stood for a minute begins anew", () => {
  let now = 0;
  const pauses = growingPauses(() => now);
  const falls = Array.from({ length: 8 }, () => {
    const seconds = pauses.next("worker");
    now += seconds * 1000 + 500;
    return seconds;
  });
  expect(falls).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  expect(pauses.next("web")).toBe(1);
  now += 90_000;
  expect(pauses.next("worker")).toBe(1);
});
