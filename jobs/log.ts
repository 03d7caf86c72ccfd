import { pino } from "pino";
import { fieldOf } from "#app/db/thrown.ts";
import { openLog } from "#app/logger.ts";

/** One JSON object per line on standard output. Chosen fields only: never a whole error, request or row. */
export const log = openLog("worker", { timestamp: pino.stdTimeFunctions.isoTime });

/**
 * The part of an error that may be logged: its message may be read by anyone who reads logs, its fields may not. Of a
 * refusal of our own the message is the reason, and the hint says why.
 */
export function reasonOf(error: unknown): string {
  const [name, message] = [fieldOf(error, "name"), fieldOf(error, "message")];
  if (typeof message !== "string") return "unknown error";
  const why = fieldOf(error, "code") === "REFUS" ? fieldOf(error, "hint") : null;
  return [typeof name === "string" ? name : "Error", message, ...(typeof why === "string" ? [why] : [])]
    .join(": ")
    .slice(0, 300);
}
