import { EventEmitter, once } from "node:events";
import net from "node:net";
import { afterEach, expect, test } from "vitest";
import { removeData } from "#supabase/local/data-dir.ts";
import { keepRunning } from "#scripts/keep-running.ts";
import { type Stack, startStack } from "#scripts/stack.ts";
import { placeForSystem } from "#tests/support/system.ts";

let stack: Stack | undefined;
let dataDir: string | undefined;
afterEach(async () => {
  await stack?.stop();
  if (dataDir) removeData(dataDir);
});

test("a process that falls is restarted, ever later while it goes on, even if it cannot start in between", async () => {
  const { ports, ...place } = await placeForSystem("keep");
  dataDir = place.dataDir;
  const said: string[] = [];
  const events = new EventEmitter();
  // The pauses are ours to end: how long they would be is what counts.
  const keep = keepRunning({
    start: (part) => stack!.start(part),
    say(sentence) {
      said.push(sentence);
      events.emit("said");
    },
    pause: (ms) => new Promise((go) => events.emit("pause", ms, go)),
  });
  stack = await startStack({
    dataDir,
    mode: "test",
    parts: ["mail"],
    ports,
    onCrash: (part, words) => void keep(part, words),
  });
  const nextPause = () =>
    new Promise<[ms: number, go: () => void]>((resolve) =>
      events.once("pause", (ms: number, go: () => void) => resolve([ms, go])),
    );
  const pids = new Set<number>();
  /** Kills it as nobody's wish. @returns how long it would be waited for. */
  const fall = async () => {
    pids.add(stack!.pid("mail")!);
    const pausing = nextPause();
    process.kill(stack!.pid("mail")!, "SIGKILL");
    return pausing;
  };
  const back = async () => {
    while (stack!.pid("mail") === undefined) await once(events, "said");
    expect((await fetch(`http://127.0.0.1:${ports.mail}/messages`)).status).toBe(200);
  };

  const pauses: number[] = [];
  for (let falls = 0; falls < 3; falls += 1) {
    const [ms, go] = await fall();
    pauses.push(ms);
    go();
    await back();
  }
  // Now something is in its way: it ends as soon as it is started.
  let [ms, go] = await fall();
  const squatter = net.createServer((socket) => socket.destroy()).listen(ports.mail, "127.0.0.1");
  await once(squatter, "listening");
  for (let tries = 0; tries < 2; tries += 1) {
    pauses.push(ms);
    const pausing = nextPause();
    go();
    [ms, go] = await pausing;
  }
  pauses.push(ms);
  await new Promise((closed) => squatter.close(closed));
  go();
  await back();

  expect(pauses).toEqual([1, 2, 4, 8, 16, 30].map((seconds) => seconds * 1000));
  expect(pids.size, "another process each time").toBe(4);
  expect(said.join("\n")).toContain("The mail process ended (SIGKILL).");
  expect(said.join("\n")).toContain("The mail process ended (exit code 1).");
  expect(said.at(-1)).toBe("The mail process was started again.");
}, 240_000); // Six starts of a process, on a machine that may be busy.
