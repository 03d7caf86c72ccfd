import { setTimeout as wait } from "node:timers/promises";
import { messageOf } from "#app/db/thrown.ts";
import type { Part } from "./environment.ts";
import { growingPauses } from "./growing-pauses.ts";

export type Keeping = {
  start: (part: Part) => Promise<void>;
  say: (sentence: string) => void;
  /** True when everything is being ended: what falls now stays where it is. */
  over?: () => boolean;
  pause?: (milliseconds: number) => Promise<unknown>;
};

/**
 * Starts again what has fallen over, after a pause that grows while it goes on falling: for ever, since whatever it
 * stumbles over may pass. The others wait for it.
 *
 * @returns what is to be told of each fall; `words` says what fell and why.
 */
export function keepRunning({ start, say, over = () => false, pause = wait }: Keeping) {
  const pauses = growingPauses();
  return async (part: Part, words: string): Promise<void> => {
    for (let last = words; !over();) {
      const seconds = pauses.next(part);
      say(`\n${last}\nThe ${part} process is started again in ${seconds} s.`);
      await pause(seconds * 1000);
      if (over()) return;
      try {
        await start(part);
        return say(`The ${part} process was started again.`);
      } catch (error) {
        last = messageOf(error);
      }
    }
  };
}
