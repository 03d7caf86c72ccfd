import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { countTests, failedTests } from "#scripts/test-counts.ts";
import { root } from "#scripts/places.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "counts-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function report(name: string, content: object) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, JSON.stringify(content));
  return file;
}

test("what could not run is counted as neither passed nor failed", () => {
  expect(
    countTests(report("vitest.json", { numPassedTests: 7, numFailedTests: 0, numPendingTests: 12 }), true),
  ).toEqual({ passed: 7, failed: 0, notRun: 12 });
  expect(
    countTests(report("playwright.json", { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } }), false),
  ).toEqual({ passed: 3, failed: 2, notRun: 2 });
  expect(countTests(path.join(folder, "none.json"), false)).toEqual({ passed: 0, failed: 1, notRun: 0 });
  expect(countTests(undefined, true)).toEqual({ passed: 1, failed: 0, notRun: 0 });
});

test("what failed is named at the end, with its place and the first line of what was wrong", () => {
  const vitest = report("failed.json", {
    testResults: [
      {
        name: path.join(root, "tests/a.test.ts"),
        assertionResults: [
          { status: "passed", fullName: "sound", failureMessages: [] },
          {
            status: "failed",
            fullName: "broken",
            failureMessages: ["\u001b[31mError: 1 is not 2\u001b[39m\n  at a.ts"],
          },
        ],
      },
      { name: path.join(root, "tests/b.test.ts"), message: "No such module\nmore", assertionResults: [] },
    ],
  });
  expect(failedTests(vitest)).toEqual([
    "tests/a.test.ts › broken: Error: 1 is not 2",
    "tests/b.test.ts: No such module",
  ]);
  const spec = (title: string, status: string) => ({
    ...{ file: "a.spec.ts", line: 11, title },
    tests: [{ projectName: "nojs", status, results: [{ errors: status === "expected" ? [] : [{ message: "Late" }] }] }],
  });
  const playwright = report("walked.json", {
    suites: [{ specs: [spec("walked", "expected")], suites: [{ specs: [spec("stopped", "unexpected")] }] }],
  });
  expect(failedTests(playwright)).toEqual(["[nojs] a.spec.ts:11 › stopped: Late"]);
  expect(failedTests(undefined)).toEqual([]);
});
