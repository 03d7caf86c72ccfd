import fs from "node:fs/promises";
import { z } from "zod";
import type { Seal } from "./chain.ts";

// The signed heads outside the database, one JSON line for each batch. The file is what shows a rewritten or shortened
// chain, so it belongs on a machine or a disk that the database's owner cannot write.

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const headLine = z.object({
  batch: z.number().int().positive(),
  firstSeq: z.number().int().positive(),
  lastSeq: z.number().int().positive(),
  previous: hex(32),
  head: hex(32),
  sealedAt: z.string(),
  drained: z.boolean(),
  keyId: hex(8),
  signature: hex(64),
  signedAt: z.string(),
});
/** A seal as the file knows it: signed. */
export type Head = z.output<typeof headLine>;

const tailBytes = 8 * 1024;
const pageBytes = 256 * 1024;

/** Whether the file and the database say the same of a batch. */
export const sameSeal = (head: Head, seal: Seal) => fields.every((field) => head[field] === seal[field]);
const fields = headLine.keyof().options;

/** A line of the file; null when it is none. */
export function parseHead(line: string): Head | null {
  try {
    return headLine.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/**
 * The last head of the file: null for no file or an empty one, "damaged" when its last whole line is no head. A line
 * that was cut short by a crash is taken away first: its batch is still in the database, signed.
 */
export async function lastHead(file: string): Promise<Head | null | "damaged"> {
  const handle = await fs.open(file, "r+").catch(absent);
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    const text = buffer.subarray(0, bytesRead).toString("latin1"); // One byte, one character: places are counted.
    const whole = text.lastIndexOf("\n") + 1;
    if (whole === 0 && start > 0) return "damaged";
    if (whole < text.length) await handle.truncate(start + whole);
    if (whole === 0) return null;
    return parseHead(text.slice(text.lastIndexOf("\n", whole - 2) + 1, whole - 1)) ?? "damaged";
  } finally {
    await handle.close();
  }
}

/** Adds heads and does not return before they are on the disk. */
export async function appendHeads(file: string, heads: Head[]): Promise<void> {
  if (heads.length === 0) return;
  const handle = await fs.open(file, "a", 0o644);
  try {
    await handle.appendFile(heads.map((head) => `${JSON.stringify(headLine.parse(head))}\n`).join(""));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * The lines of the file as it is now, from the first; null for a line that is no head. How far it goes is seen at once,
 * so that what is read of the database afterwards is never older. A last line without its end is being written, and
 * left out.
 */
export async function openHeads(file: string): Promise<AsyncGenerator<Head | null> | null> {
  const stat = await fs.stat(file).catch(absent);
  return stat && lines(file, stat.size);
}

async function* lines(file: string, size: number) {
  const handle = await fs.open(file, "r");
  try {
    let rest = "";
    for (let at = 0; at < size;) {
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(Math.min(pageBytes, size - at)),
        0,
        Math.min(pageBytes, size - at),
        at,
      );
      if (bytesRead === 0) return;
      at += bytesRead;
      const parts = (rest + buffer.subarray(0, bytesRead).toString("latin1")).split("\n");
      rest = parts.pop()!;
      for (const part of parts) yield parseHead(part);
    }
  } finally {
    await handle.close();
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
