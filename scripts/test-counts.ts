import fs from "node:fs";

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

type Report = {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
};

function read(file: string): Counts {
  if (!fs.existsSync(file)) return { passed: 0, failed: 0, notRun: 0 };
  const report: Report = JSON.parse(fs.readFileSync(file, "utf8"));
  const { stats, numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = report;
  if (stats) return { passed: stats.expected, failed: stats.unexpected + stats.flaky, notRun: stats.skipped };
  return { passed: numPassedTests, failed: numFailedTests, notRun: numPendingTests };
}
