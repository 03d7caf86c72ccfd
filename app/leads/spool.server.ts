import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { fieldOf } from "#app/db/thrown.ts";
import { leadForm, type Lead } from "./lead.ts";

/** A lead that was mailed while the database was away, as it waits on the disk. */
const kept = z.object({
  key: z.string(),
  lang: z.enum(["id", "en"]),
  receivedAt: z.coerce.date(),
  lead: leadForm,
});
export type Kept = { key: string; lang: "id" | "en"; receivedAt: Date; lead: Lead };

const nameOf = (key: string) => `${createHash("sha256").update(key).digest("hex")}.json`;

/**
 * Keeps a lead: a file of its own, whole or not there at all, on the disk when this resolves, and readable by our login
 * alone. The same key again is the same file.
 */
export async function keepLead(folder: string, lead: Kept): Promise<void> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = path.join(folder, `.${randomUUID()}`);
  try {
    const file = await fs.open(unfinished, "wx", 0o600);
    try {
      await file.writeFile(JSON.stringify(lead));
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(unfinished, path.join(folder, nameOf(lead.key)));
  } catch (error) {
    // Half a lead on a full disk would tell of a person for ever, and nobody would look for it.
    await fs.rm(unfinished, { force: true });
    throw error;
  }
  const directory = await fs.open(folder, "r");
  await directory.sync().finally(() => directory.close());
}

/**
 * Stores what is kept, oldest first, and removes what is stored; how many. `store` throws to leave the rest for later.
 * Any number of processes may do so at once, and what one left half done when it was killed is taken up. What cannot be
 * read is put aside for a person.
 */
export async function storeKept(folder: string, store: (lead: Kept) => Promise<unknown>): Promise<number> {
  const names = await fs.readdir(folder).catch((error: unknown) => {
    if (fieldOf(error, "code") === "ENOENT") return [];
    throw error;
  });
  let stored = 0;
  for (const name of names.filter((one) => one.endsWith(".json") || one.startsWith("."))) {
    if (name.startsWith(".") && !(await isLeft(path.join(folder, name)))) continue;
    const file = path.join(folder, name);
    const lead = await readKept(file);
    if (lead === "gone") continue;
    if (lead === "unreadable") {
      await fs.rename(file, path.join(folder, `${name.replace(/^\./, "unfinished-")}.unreadable`));
      continue;
    }
    await store(lead);
    await fs.rm(file, { force: true });
    stored += 1;
  }
  return stored;
}

/** Nobody takes so long to write one: whoever began it was killed. */
const leftMs = 60_000;
const isLeft = async (file: string) => {
  const found = await fs.stat(file).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > leftMs;
};

async function readKept(file: string): Promise<Kept | "gone" | "unreadable"> {
  try {
    return kept.parse(JSON.parse(await fs.readFile(file, "utf8")));
  } catch (error) {
    return fieldOf(error, "code") === "ENOENT" ? "gone" : "unreadable";
  }
}
