import { log, reasonOf } from "./log.ts";

/** Repeated work: `wake` ends the pause at once, `stop` waits for the pass that is running. */
export type Loop = { wake: () => void; stop: () => Promise<void> };

const firstErrorPauseMs = 1_000;
const longestErrorPauseMs = 5_000;

/**
 * Runs `pass` again and again, never twice at a time. A pass returns how many milliseconds to pause after it. One
 * that throws (the database is away, say) is logged and tried again: a loop ends only by `stop`.
 */
export function loop(name: string, pass: () => Promise<number>): Loop {
  let stopped = false;
  let woken = false;
  let errors = 0;
  let endPause = () => {};

  const run = async () => {
    while (!stopped) {
      woken = false;
      const pause = await pass().then(
        (wanted) => {
          errors = 0;
          return wanted;
        },
        (error: unknown) => {
          errors += 1;
          log.warn({ loop: name, reason: reasonOf(error) }, "pass failed, trying again");
          return Math.min(longestErrorPauseMs, firstErrorPauseMs * 2 ** (errors - 1));
        },
      );
      if (!woken && !stopped) await new Promise<void>((resolve) => (endPause = resolveAfter(pause, resolve)));
    }
  };
  const running = run();

  const wake = () => {
    woken = true;
    endPause();
  };
  return {
    wake,
    async stop() {
      stopped = true;
      endPause();
      await running;
    },
  };
}

function resolveAfter(milliseconds: number, resolve: () => void): () => void {
  const timer = setTimeout(resolve, milliseconds);
  return () => {
    clearTimeout(timer);
    resolve();
  };
}

/** Waits; the only sleep of the worker outside a loop's pause. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
