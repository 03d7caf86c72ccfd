import type { Child } from "./child.ts";
import type { Part } from "./environment.ts";

/** In which parts start; they end the other way round. */
export const order: Part[] = ["postgres", "mail", "erp", "sms", "auth", "worker", "web", "watcher"];

/** The parts that run: starts, ends and knows them. */
export function keepParts(begin: (part: Part) => Promise<Child>, onCrash?: (part: Part, words: string) => void) {
  const running = new Map<Part, Child>();
  const halted = new WeakSet<Child>();

  async function halt(part: Part, signal?: NodeJS.Signals): Promise<void> {
    const child = running.get(part);
    if (!child) return;
    halted.add(child);
    running.delete(part);
    if (!signal) return child.stop();
    child.kill(signal);
    await child.ended;
  }

  return {
    pid: (part: Part) => running.get(part)?.pid,
    halt,
    async start(part: Part): Promise<void> {
      if (running.has(part)) return;
      const child = await begin(part);
      running.set(part, child);
      void child.ended.then((words) => {
        if (running.get(part) === child) running.delete(part);
        if (!halted.has(child)) onCrash?.(part, words);
      });
    },
    async stop(): Promise<void> {
      // Postgres last; the others hold nothing that another needs while ending.
      await Promise.all(order.slice(1).map((part) => halt(part)));
      await halt("postgres");
    },
  };
}
