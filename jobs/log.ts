import { pino } from "pino";

/** One JSON object per line on standard output. Chosen fields only: never a whole error, request or row. */
export const log = pino({ base: { process: "worker" }, timestamp: pino.stdTimeFunctions.isoTime });

/** The part of an error that may be logged: its message may be read by anyone who reads logs, its fields may not. */
export function reasonOf(error: unknown): string {
  // pg-boss hands over copies that are no longer of class Error.
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown };
  return typeof message === "string"
    ? `${typeof name === "string" ? name : "Error"}: ${message}`.slice(0, 300)
    : "unknown error";
}
