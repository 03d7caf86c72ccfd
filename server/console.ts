import { format } from "node:util";
import type { Logger } from "pino";
import { masked } from "#app/log-facts.ts";

const longest = 300;

/**
 * What libraries print becomes lines of our log: one JSON object each, without anything that looks like a person or a
 * key, and never an error, which is a word of ours. Warnings of Node too.
 */
export function logWhatIsPrinted(log: Logger) {
  const line = (way: string, text: string) =>
    log.warn({ way, printed: masked(text).slice(0, longest) }, "printed by a library");
  for (const way of ["debug", "log", "info", "warn", "error", "trace"] as const) {
    console[way] = (...words: unknown[]) =>
      line(way, format(...words.map((word) => (word instanceof Error ? `${word.name}: ${word.message}` : word))));
  }
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => line("warning", `${name}: ${message}`));
}
