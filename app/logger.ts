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
  const out = to ?? pino.destination(1);
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
