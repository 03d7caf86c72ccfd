import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sameClock } from "#supabase/local/clock.ts";
import { openLog } from "#supabase/local/open-log.ts";
import { root } from "./places.ts";

export type ChildOptions = {
  name: string;
  /** TypeScript file, from the root of the repository. */
  script: string;
  env: Record<string, string>;
  logFile: string;
  /** True when it serves; asked again and again until then. */
  isReady: () => Promise<boolean>;
};

export type Child = {
  pid: number;
  /** Resolves with one sentence and the last log lines when the process has ended, wanted or not. */
  ended: Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL after fifteen seconds. */
  stop(): Promise<void>;
};

/**
 * Starts a Node process and waits until it is ready.
 *
 * @throws Error, a sentence and its last words, when it ends before.
 */
export async function startChild({ name, script, env, logFile, isReady }: ChildOptions): Promise<Child> {
  const from = fs.existsSync(logFile) ? fs.statSync(logFile).size : 0;
  const log = openLog(logFile);
  const process_ = spawn(
    process.execPath,
    ["--import", "./scripts/follow-parent.mjs", script],
    // Detached: Ctrl-C must reach the starter alone, which ends its processes in order.
    { cwd: root, env: { ...basics(), ...env }, detached: true, stdio: ["ignore", log, log, "ipc"] },
  );
  fs.closeSync(log);
  let gone: string | undefined;
  const ended = new Promise<string>((resolve) => {
    process_.once("exit", (code, signal) => {
      gone =
        `The ${name} process ended (${signal ?? `exit code ${code}`}). Its log is ${path.relative(root, logFile)}; ` +
        `last lines:\n${lastLines(logFile, from)}`;
      resolve(gone);
    });
    // Not even started: out of processes or of memory.
    process_.once("error", (error) => resolve((gone ??= `The ${name} process could not be started: ${error.message}`)));
  });
  for (const until = Date.now() + 60_000; !(await isReady().catch(() => false)); await pause(25)) {
    if (gone !== undefined) throw new Error(gone);
    if (Date.now() > until) {
      process_.kill("SIGKILL");
      throw new Error(
        `The ${name} process was not ready within 60 seconds; its log is ${path.relative(root, logFile)}.`,
      );
    }
  }
  return { pid: process_.pid!, ended, kill: (signal) => process_.kill(signal), stop: () => stop(process_, ended) };
}

/** Ready as soon as anything answers at the address, whatever it says. */
export const answers = (url: string) => async () =>
  (await fetch(url, { signal: AbortSignal.timeout(1000) })).status < 500;

/** For a process without a port: ready when its log says so, counting from where the log ends now. */
export function logs(logFile: string, words: string) {
  const from = fs.existsSync(logFile) ? fs.statSync(logFile).size : 0;
  return async () => fs.readFileSync(logFile).subarray(from).includes(words);
}

async function stop(child: ChildProcess, ended: Promise<string>) {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(timer);
}

/**
 * All that a process of the stack gets from this one's environment: a DATABASE_URL set in somebody's shell must not
 * reach it.
 */
export function basics(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG, NODE_ENV, NODE_COMPILE_CACHE } = process.env;
  return { PATH, HOME, TMPDIR, LANG, NODE_ENV, NODE_COMPILE_CACHE, ...sameClock() };
}

function lastLines(file: string, from: number) {
  return fs.readFileSync(file).subarray(from).toString().trimEnd().split("\n").slice(-12).join("\n");
}
