import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { root } from "#scripts/places.ts";
import { makeSmallData } from "./small-data.ts";

type Command = { name: string; file: string; args: string[] };
type Outcome = { name: string; ok: boolean; seconds: number; failed: string[] };

/** Several wait at a time, for heartbeats and for processes that start. */
const atOnce = 4;
/** Generous, for a busy machine: what hangs is found all the same. */
const patienceMs = 300_000;

/**
 * Runs every bench once on a handful of rows: they work, and give figures. No figure is judged.
 *
 * @param parts of tests/bench/run.ts.
 * @returns whether all of them worked.
 */
export async function smokeAll(parts: string[]): Promise<boolean> {
  const started = performance.now();
  const stop = new AbortController();
  void endedBySignal().then(() => stop.abort());
  const remove = await makeSmallData();
  const outcomes: Outcome[] = [];
  try {
    const waiting = commands(parts);
    const lane = async () => {
      for (let next; !stop.signal.aborted && (next = waiting.shift());) outcomes.push(await run(next, stop.signal));
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  } finally {
    remove();
  }
  console.log("");
  for (const { name, ok, seconds, failed } of outcomes)
    console.log(
      `${ok ? "ok    " : "FAILED"}  ${name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ${failed.join(", ")}`,
    );
  console.log(`\nAll benches once, without judging: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return !stop.signal.aborted && outcomes.every(({ ok }) => ok);
}

/** The scripts of package.json that run a file of this folder, each file once; those that take longest first. */
function commands(parts: string[]): Command[] {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const byFile = new Map<string, Command>();
  for (const [name, line] of Object.entries(scripts)) {
    const file = /tests\/bench\/\S+\.ts/.exec(line)?.[0];
    const all = file?.endsWith("bench/run.ts") ? parts : [];
    if (file && (!byFile.has(file) || name === "bench")) byFile.set(file, { name, file, args: ["--smoke", ...all] });
  }
  const long = ["bench", "bench:erp", "bench:kills"];
  return [...byFile.values()].sort((a, b) => rank(a) - rank(b));
  function rank({ name }: Command) {
    return long.includes(name) ? long.indexOf(name) : long.length;
  }
}

function run({ name, file, args }: Command, signal: AbortSignal): Promise<Outcome> {
  const started = performance.now();
  let output = "";
  let late = false;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: root });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (words: Buffer) => void (output += words.toString()));
    const end = () => child.kill("SIGTERM");
    const timers = [
      setTimeout(() => (late = end()), patienceMs),
      setTimeout(() => child.kill("SIGKILL"), patienceMs + 60_000),
    ];
    signal.addEventListener("abort", end);
    child.once("close", (code) => {
      timers.forEach(clearTimeout);
      signal.removeEventListener("abort", end);
      console.log(`\n> ${name}: ${file} ${args.join(" ")}\n${output}`);
      const failed = [...output.matchAll(/^FAILED (\S+):/gm)].map(([, part]) => part!);
      if (late) failed.push(`not done within ${patienceMs / 1000} s`);
      resolve({ name, ok: code === 0 && !late, seconds: (performance.now() - started) / 1000, failed });
    });
  });
}
