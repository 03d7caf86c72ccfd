// npm test: everything that can be checked by a machine. Streams each step and ends with one summary.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { faketimeLibrary, noFaketime } from "#supabase/local/clock.ts";
import { root } from "./places.ts";
import { countTests, type Counts, failedTests } from "./test-counts.ts";

type Step = { name: string; command: string[]; report?: string };
type Result = Counts & { name: string; seconds: number; ok: boolean; broken: string[] };

const reports = path.join(root, "test-results");
const vitestReport = path.join(reports, "vitest.json");
const playwrightReport = path.join(reports, "playwright.json");

// What the last run knows about files that are the same still.
const cache = path.join(root, "node_modules", ".cache", "check");
const format: Step = {
  name: "format",
  command: [
    ...["prettier", "--check", "--log-level", "warn", "."],
    ...["--cache", "--cache-strategy", "content", "--cache-location", path.join(cache, "prettier")],
  ],
};
const types: Step = {
  name: "types",
  command: ["tsc", "--noEmit", "--incremental", "--tsBuildInfoFile", path.join(cache, "types")],
};
const lint: Step = { name: "lint", command: ["eslint", "."] };
const imports: Step = {
  name: "import rules",
  command: ["depcruise", "app", "jobs", "emails", "mocks", "scripts", "supabase", "server", "server.ts"],
};
const vitest: Step = {
  name: "vitest (with SQL)",
  command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
  report: vitestReport,
};
const build: Step = { name: "build", command: ["remix", "vite:build"] };
const benches: Step = { name: "benches, once", command: ["tests/bench/run.ts", "--smoke"] };
const browser: Step = { name: "playwright", command: ["playwright", "test"], report: playwrightReport };

fs.mkdirSync(reports, { recursive: true });
for (const report of [vitestReport, playwrightReport]) fs.rmSync(report, { force: true });

const inMemory = memoryFolder();

let interrupted = false;
const running = new Set<ReturnType<typeof spawn>>();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of running) child.kill(signal);
    process.exitCode = 130;
  });
}

// What waits for nobody takes what the tests leave of the processor, beside them: they wait half of their time. The
// browser measures a person's patience, and what has the lowest priority does not keep it waiting. The build comes
// first: tests of both kinds and the benches need one, and make it themselves when there is none.
const beside = inOrder([lint, types, format, imports], { lowest: true });
const tests = await inOrder([build, vitest, browser]);
const results = [...(await beside), ...tests, ...(await inOrder([benches]))];
if (inMemory) fs.rmSync(inMemory, { recursive: true, force: true });
summarise(results);

/**
 * Where the databases of tests lie: in memory when there is plenty, since copying and removing them takes a third of
 * the time on a disk. What a killed run left there goes first.
 */
function memoryFolder(): string | null {
  const shared = "/dev/shm";
  const plenty = 4 * 1024 ** 3;
  if (!fs.existsSync(shared)) return null;
  for (const name of fs.readdirSync(shared)) {
    const run = /^alfa-check-(\d+)$/.exec(name);
    const left = path.join(shared, name);
    const ours = run && fs.statSync(left).uid === process.getuid?.();
    if (ours && !fs.existsSync(`/proc/${run[1]}`)) fs.rmSync(left, { recursive: true, force: true });
  }
  const { bavail, bsize } = fs.statfsSync(shared);
  if (bavail * bsize < plenty || os.freemem() < plenty) return null;
  const folder = path.join(shared, `alfa-check-${process.pid}`);
  fs.mkdirSync(folder, { mode: 0o755 }); // Postgres may not run as root: another user enters it.
  return folder;
}

async function inOrder(steps: Step[], { lowest = false } = {}) {
  const done: Result[] = [];
  for (const step of steps) if (!interrupted) done.push(await run(step, lowest));
  return done;
}

function run({ name, command: [tool = "", ...args], report }: Step, lowest: boolean): Promise<Result> {
  const started = Date.now();
  console.log(`> ${name}: ${tool} ${args.join(" ")}`);
  return new Promise((resolve) => {
    const file = tool.endsWith(".ts") ? tool : path.join("node_modules", ".bin", tool);
    const child = spawn(process.execPath, [file, ...args], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: tool === "remix" ? "production" : process.env.NODE_ENV,
        ...(inMemory ? { TMPDIR: inMemory } : {}),
        NODE_COMPILE_CACHE: path.join(cache, "compiled"), // Some two hundred processes load the same modules.
      },
      stdio: ["ignore", "inherit", "inherit"],
      detached: lowest,
    });
    running.add(child);
    if (lowest && child.pid) yieldTo(child.pid);
    child.once("close", (code) => {
      running.delete(child);
      const seconds = (Date.now() - started) / 1000;
      // Read at once: the next step clears the folder.
      resolve({ name, seconds, ok: code === 0, ...countTests(report, code === 0), broken: failedTests(report) });
    });
  });
}

/** Linux shares the processor out by session first: that of a detached process is told as well. */
function yieldTo(pid: number) {
  os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
  const session = `/proc/${pid}/autogroup`;
  if (fs.existsSync(session)) fs.writeFileSync(session, String(os.constants.priority.PRIORITY_LOW));
}

function summarise(results: Result[]) {
  console.log("\n");
  const words = ({ passed, failed, notRun }: Counts) =>
    `${passed} passed, ${failed} failed${notRun > 0 ? `, ${notRun} not run` : ""}`;
  for (const { name, ok, seconds, ...counts } of results) {
    console.log(
      `${ok ? "ok    " : "FAILED"}  ${name.padEnd(20)} ${seconds.toFixed(1).padStart(7)} s   ${words(counts)}`,
    );
  }
  const broken = results.flatMap((result) => result.broken);
  if (broken.length > 0) console.log(["\nFailed:", ...broken].join("\n  "));
  const total = (key: keyof Counts) => results.reduce((sum, result) => sum + result[key], 0);
  if (results.some(({ ok }) => !ok)) process.exitCode ||= 1;
  if (!faketimeLibrary()) console.log(`\nNot run: the demo data at other dates than today. ${noFaketime}`);
  console.log(`\n${words({ passed: total("passed"), failed: total("failed"), notRun: total("notRun") })}`);
}
