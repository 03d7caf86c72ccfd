import { type DestinationStream, type LogFn, type Logger, type LoggerOptions, pino } from "pino";
import { fieldOf } from "./db/thrown.ts";
import { allowedFacts, masked } from "./log-facts.ts";
import { logQueue } from "./log-queue.ts";
import { requestNow } from "./trace.ts";
import { errorReports } from "./watched.ts";

type Words = Parameters<LogFn>;

// Without words of ours pino would take those of the error, as they are.
function spoken([facts, ...words]: Words): Words {
  const error: unknown = facts instanceof Error ? facts : fieldOf(facts, "err");
  if (!(error instanceof Error)) return [facts, ...words];
  return [facts instanceof Error ? { err: error } : facts, ...(words.length > 0 ? words : [error.message])] as Words;
}

/** What makes a log ours: chosen facts only, and no text that looks like a person or a key. */
export const careful: LoggerOptions = {
  // For whom it happened; a line that names a request itself keeps its own.
  mixin: () => ({ requestId: requestNow() }),
  formatters: { log: allowedFacts },
  // Already what may be told of it: pino's own would call it an Object.
  serializers: { err: (told: unknown) => told },
  hooks: {
    logMethod(words, method) {
      method.apply(
        this,
        spoken(words).map((word: unknown) => (typeof word === "string" ? masked(word) : word)) as Words,
      );
    },
  },
};

/**
 * The log of a process: one JSON object per line on standard output, and the same lines on their way into the database.
 * `to` takes the place of standard output.
 */
export function openLog(process: "web" | "worker", options: LoggerOptions = {}, to?: DestinationStream): Logger {
  const out = to ?? standardOutput();
  const queue = logQueue();
  const reports = errorReports();
  return pino(
    { base: { process }, ...careful, ...options },
    {
      write(line: string) {
        out.write(line);
        queue.add(line);
        reports.take?.(line);
      },
    },
  );
}

/** So much waits for a disk that is full; what comes after is dropped here, and goes into the database all the same. */
const mostWaiting = 1024 ** 2;

/**
 * Standard output, for a log. A disk that is full, or a reader that is gone, is no reason to end: without a listener it
 * would be, and the end would wait for ever for what cannot be written.
 */
export function standardOutput(): DestinationStream {
  const out = pino.destination({ dest: 1, sync: true, minLength: 0, maxLength: mostWaiting });
  out.on("error", () => undefined);
  process.stdout.on("error", () => undefined); // What libraries print goes the same way.
  return out;
}
