import fs from "node:fs";
import path from "node:path";

/** A file to add to, for this account alone: logs tell who did what from where. @returns its descriptor. */
export function openLog(file: string): number {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const log = fs.openSync(file, "a", 0o600);
  fs.fchmodSync(log, 0o600); // One that an older version made.
  return log;
}
