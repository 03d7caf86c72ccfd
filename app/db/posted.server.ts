import { createHash } from "node:crypto";
import sql from "sql-template-tag";
import type { Db } from "./transaction.server.ts";

/** A POST with the key that its sender gave it. `body`: what it asks for, understood. */
export type Posted = { path: string; key: string; body: object };
/** `DONE`: carried out now, or before and answered so. `OTHER`: the key was used for another body. */
export type Once<T> = { state: "DONE"; answer: T; repeated: boolean } | { state: "RUNNING" } | { state: "OTHER" };

/** The same whatever the order of its fields. */
export const digestOf = (body: object): string =>
  createHash("sha256")
    .update(JSON.stringify(Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest("hex");

type Begun = { state: "NEW" | "DONE" | "RUNNING" | "OTHER"; answer?: unknown };
/** Before the change: how it stands with this key. */
export const beginPost = async (db: Db, path: string, key: string, digest: string): Promise<Begun> =>
  (await db.one<{ begun: Begun }>(sql`select app.begin_post(${path}, ${key}, ${digest}) as begun`)).begun;
/** After it: what is answered from now on. */
export const endPost = (db: Db, path: string, key: string, digest: string, answer: string) =>
  db.one(sql`select app.end_post(${path}, ${key}, ${digest}, ${answer}::jsonb)`);

/**
 * Does what was posted once under its key: answer and change are of one transaction. `isFinal`: whether this answer is
 * the one to be given again; what is not final leaves the key as it was.
 */
export async function once<T>(
  db: Db,
  { path, key, body }: Posted,
  work: () => Promise<T>,
  isFinal: (answer: T) => boolean = () => true,
): Promise<Once<T>> {
  const digest = digestOf(body);
  const begun = await beginPost(db, path, key, digest);
  if (begun.state === "RUNNING" || begun.state === "OTHER") return { state: begun.state };
  if (begun.state === "DONE") return { state: "DONE", answer: begun.answer as T, repeated: true };
  const answer = await work();
  if (isFinal(answer)) await endPost(db, path, key, digest, JSON.stringify(answer));
  return { state: "DONE", answer, repeated: false };
}

/** Up to 200 visible ASCII characters. */
export const isKey = (key: string) => /^[\x21-\x7e]{1,200}$/.test(key);
