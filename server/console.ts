import { format } from "node:util";
import type { Logger } from "pino";

const longest = 300;
// What looks like a token or a key, wherever a library puts it.
const secrets = /eyJ[\w-]+(\.[\w-]*)*|[\w-]{40,}/g;

/**
 * What libraries print becomes lines of our log: one JSON object each, without anything that looks like a token, and
 * never an error, which is a word of ours. Warnings of Node too.
 */
export function logWhatIsPrinted(log: Logger) {
  const line = (way: string, text: string) =>
    log.warn({ way, printed: text.replace(secrets, "…").slice(0, longest) }, "printed by a library");
  for (const way of ["debug", "log", "info", "warn", "error", "trace"] as const) {
    console[way] = (...words: unknown[]) =>
      line(way, format(...words.map((word) => (word instanceof Error ? `${word.name}: ${word.message}` : word))));
  }
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => line("warning", `${name}: ${message}`));
}
