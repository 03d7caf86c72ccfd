import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { row } from "./system.ts";

/** Every process of the database server, the parent first. */
async function serverProcesses(): Promise<number[]> {
  const { pid } = await row<{ pid: number }>("select pg_backend_pid() as pid");
  const parent = Number(/^PPid:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))![1]);
  const children = execFileSync("pgrep", ["-P", String(parent)], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map(Number);
  return [parent, ...children];
}

const signal = (pids: number[], name: NodeJS.Signals) => {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It ended meanwhile.
    }
  }
};

/**
 * Stops every process of the database where it stands, as a hanging disk does: no connection breaks, and nothing is
 * answered.
 */
export async function freeze(): Promise<{ thaw: () => void }> {
  const pids = await serverProcesses();
  signal(pids, "SIGSTOP");
  return { thaw: () => signal(pids.toReversed(), "SIGCONT") };
}
