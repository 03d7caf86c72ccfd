import { spawn } from "node:child_process";
import fs from "node:fs";
import { once } from "node:events";
import { expect, test } from "vitest";
import { root } from "#scripts/places.ts";

// A process that logs more than is kept for a disk that takes nothing, and says on the other channel how it went.
const code = `
  import { openLog } from "#app/logger.ts";
  import { logQueue } from "#app/log-queue.ts";
  const log = openLog("worker");
  for (let i = 0; i < 20_000; i += 1) log.info({ attempts: i }, "a line of the log that nobody can write down");
  console.log("what a library prints");
  setTimeout(async () => {
    let last = "";
    const drain = () => logQueue().drain(async (lines) => void (last = lines.at(-1).message));
    await drain();
    log.warn({}, "the last line");
    await drain();
    const { heapUsed } = process.memoryUsage();
    process.stderr.write(JSON.stringify({ last, megabytes: Math.round(heapUsed / 1024 ** 2) }));
    process.exit(7);
  }, 100);
`;

/** How it ended, and what it said; killed after ten seconds. */
async function run(stdout: "pipe" | number) {
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", code], {
    cwd: root,
    stdio: ["ignore", stdout, "pipe"],
    timeout: 10_000,
  });
  child.stdout?.destroy();
  let said = "";
  child.stderr!.on("data", (words: Buffer) => void (said += words.toString()));
  const [exit] = (await once(child, "close")) as [number | null];
  return { exit, said };
}

test("a disk that is full ends no process and stops none: it goes on, and its lines go into the database", async () => {
  const full = fs.openSync("/dev/full", "w");
  try {
    const { exit, said } = await run(full);
    expect(exit, said).toBe(7);
    const { last, megabytes } = JSON.parse(said) as { last: string; megabytes: number };
    expect(last).toBe("the last line");
    expect(megabytes).toBeLessThan(100);
  } finally {
    fs.closeSync(full);
  }
});

test("nor does a reader of its lines that is gone", async () => {
  const { exit, said } = await run("pipe");
  expect(exit, said).toBe(7);
});
