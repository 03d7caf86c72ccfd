import fs from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./places.ts";

/** `notRun`: what needs something that this machine has not; neither good nor bad. */
export type Counts = { passed: number; failed: number; notRun: number };

/**
 * How many tests a step ran, from its JSON report. A step without a report (types, lint, build) is one test.
 * A step that failed has at least one failure, even when it broke before its first test.
 */
export function countTests(report: string | undefined, ok: boolean): Counts {
  const counts = report === undefined ? { passed: ok ? 1 : 0, failed: 0, notRun: 0 } : read(report);
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** The tests that failed, from the same report: where each stands, its name, and the first line of what was wrong. */
export function failedTests(report: string | undefined): string[] {
  if (report === undefined || !fs.existsSync(report)) return [];
  const { testResults = [], suites = [] }: Report = JSON.parse(fs.readFileSync(report, "utf8"));
  const asserted = testResults.flatMap(({ name, message = "", assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === "failed");
    const file = path.relative(root, name);
    // A file that broke outside its tests has none that failed.
    if (failed.length === 0) return message ? [`${file}: ${firstLine(message)}`] : [];
    return failed.map((test) => `${file} › ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
  return [...asserted, ...suites.flatMap(failedSpecs)];
}

const failedSpecs = ({ specs = [], suites = [] }: Suite): string[] => [
  ...specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ projectName, results }) => {
        const error = results.flatMap(({ errors }) => errors)[0]?.message;
        return `[${projectName}] ${file}:${line} › ${title}: ${firstLine(error)}`;
      }),
  ),
  ...suites.flatMap(failedSpecs),
];

const firstLine = (text = "") => stripVTControlCharacters(text).split("\n")[0]!.slice(0, 200);

type Suite = {
  specs?: Array<{
    file: string;
    line: number;
    title: string;
    tests: Array<{ projectName: string; status: string; results: Array<{ errors: Array<{ message?: string }> }> }>;
  }>;
  suites?: Suite[];
};

type Report = {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  testResults?: Array<{
    name: string;
    message?: string;
    assertionResults: Array<{ status: string; fullName: string; failureMessages: string[] }>;
  }>;
  stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites?: Suite[];
};

function read(file: string): Counts {
  if (!fs.existsSync(file)) return { passed: 0, failed: 0, notRun: 0 };
  const report: Report = JSON.parse(fs.readFileSync(file, "utf8"));
  const { stats, numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = report;
  if (stats) return { passed: stats.expected, failed: stats.unexpected + stats.flaky, notRun: stats.skipped };
  return { passed: numPassedTests, failed: numFailedTests, notRun: numPendingTests };
}
