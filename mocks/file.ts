import { appendFileSync, chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { z } from "zod";

// Mails hold links that are keys, and everybody's addresses: for the account alone that runs us, from the first byte
// on.
const ownFile = 0o600;
const ownFolder = 0o700;

/** The text of a state file, or null when there is none yet. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Replaces a file in one step: a reader, or a kill in between, finds the old content or the new, never half. */
export function writeAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: ownFolder });
  writeFileSync(`${path}.tmp`, text, { mode: ownFile });
  renameSync(`${path}.tmp`, path);
}

/** Adds to a file of our own; one that was made by an older version is closed to others too. */
export function append(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: ownFolder });
  appendFileSync(path, text, { mode: ownFile });
  chmodSync(path, ownFile);
}

/**
 * The rows of a file with one JSON object per line. A kill in mid-write leaves half a last line: that was never
 * acknowledged, so it is none, and it is closed here lest the next row be glued to it. None without a file.
 */
export function readRows<Shape extends z.ZodType>(path: string | null, shape: Shape): z.output<Shape>[] {
  const text = path === null ? null : readText(path);
  if (path !== null && text && !text.endsWith("\n")) append(path, "\n");
  return (text ?? "").split("\n").flatMap((line) => {
    const row = shape.safeParse(parsed(line));
    return row.success ? [row.data] : [];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
