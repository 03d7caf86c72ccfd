import { pino } from "pino";

/** One JSON object per line on standard output. Chosen fields only: never a whole error, request or row. */
export const log = pino({ base: { process: "worker" }, timestamp: pino.stdTimeFunctions.isoTime });

/** The part of an error that may be logged: its message may be read by anyone who reads logs, its fields may not. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : "unknown error";
}
