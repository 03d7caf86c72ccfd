import { loggedError } from "#app/http/logged-error.ts";
import { tellAway, tellBack } from "./database.ts";
import { log, reasonOf } from "./log.ts";

/** Repeated work: `wake` ends the pause at once, `stop` waits for the pass that is running. */
export type Loop = { wake: () => void; stop: () => Promise<void> };

const firstErrorPauseMs = 1_000;
const longestErrorPauseMs = 5_000;
/** While the database is away: asking costs nothing, and its return should be felt. */
const awayPauseMs = 1_000;

/**
 * Runs `pass` again and again, never twice at a time. A pass returns how many milliseconds to pause after it. One
 * that throws is logged and tried again; one for which the database is away waits for it: a loop ends only by `stop`.
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
          tellBack();
          return wanted;
        },
        (error: unknown) => {
          if (tellAway(error)) return awayPauseMs;
          errors += 1;
          log.error({ loop: name, reason: reasonOf(error), err: loggedError(error) }, "pass failed, trying again");
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
