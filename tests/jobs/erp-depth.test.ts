import { expect, test } from "vitest";
import { depthWatch } from "#jobs/erp/depth.ts";

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

test("what nests as an answer does passes, what nests without end does not, however it is cut into pieces", () => {
  expect(depthWatch()(JSON.stringify({ items: [{ sku: "AB-001", lines: [{ quantity: 1 }] }] }))).toBe(true);
  expect(depthWatch()(nested(32))).toBe(true);
  expect(depthWatch()(nested(33))).toBe(false);
  const watch = depthWatch();
  const seen = [...nested(33)].map((piece) => watch(piece));
  expect(seen.indexOf(false)).toBe(32);
});

test("brackets inside a text are no levels, with quotes and backslashes in it neither", () => {
  expect(depthWatch()(JSON.stringify({ message: `"${"[{".repeat(100)}\\"` }))).toBe(true);
  const watch = depthWatch();
  expect(watch('{"message":"\\')).toBe(true);
  expect(watch(`"${"[".repeat(100)}`)).toBe(true); // The quote was escaped by the piece before.
  expect(watch(`"${"[".repeat(40)}`)).toBe(false);
});
