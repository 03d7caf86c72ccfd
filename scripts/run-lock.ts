import fs from "node:fs";
import path from "node:path";

type Run = { pid: number; born: string; address: string };

/** The demo that runs on this folder now, or null. A file left by a killed run does not count. */
export function runningDemo(dataDir: string): Run | null {
  try {
    const run: Run = JSON.parse(fs.readFileSync(lockFile(dataDir), "utf8"));
    process.kill(run.pid, 0);
    return run.born === bornAt(run.pid) ? run : null;
  } catch {
    return null;
  }
}

/** Notes that this process runs on the folder. @throws Error, a sentence, when another one does. */
export function takeLock(dataDir: string, address: string) {
  const other = runningDemo(dataDir);
  if (other && other.pid !== process.pid)
    throw new Error(
      `The demo is already running at ${other.address} (process ${other.pid}): use that one, or stop it first.`,
    );
  fs.mkdirSync(dataDir, { recursive: true });
  fs.writeFileSync(lockFile(dataDir), JSON.stringify({ pid: process.pid, born: bornAt(process.pid), address }), {
    mode: 0o600,
  });
}

/** For a clean end. */
export const releaseLock = (dataDir: string) => fs.rmSync(lockFile(dataDir), { force: true });

const lockFile = (dataDir: string) => path.join(dataDir, "run.json");

// Process numbers are given again, in a container even the same ones: the start time tells two apart.
function bornAt(pid: number) {
  if (process.platform !== "linux") return "";
  return fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ")[19]!;
}
