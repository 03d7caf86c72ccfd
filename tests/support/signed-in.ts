import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { closePool, type Person, readTogether, type Work } from "#app/db/door.server.ts";
import { type Name, people } from "./cast.ts";
import { openLogin } from "./database.ts";

/**
 * These people signed in, and the owner's connection beside them, while the file runs; the web's connections end with
 * it. Call it before other hooks are said.
 */
export function signedIn<Who extends Name>(...names: Who[]) {
  const owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  const persons = Object.fromEntries(
    names.map((name) => [name, { userId: people[name], sessionId: randomUUID() }]),
  ) as Record<Who, NonNullable<Person>>;
  beforeAll(async () => {
    await owner.connect();
    for (const { userId, sessionId } of Object.values<NonNullable<Person>>(persons))
      await openLogin(owner, userId, sessionId);
  });
  afterAll(async () => {
    await owner.end();
    await closePool();
  });
  return { owner, persons };
}

/** One reading on its own, as a page has it. */
export async function read<T>(person: Person, work: Work<T>): Promise<T> {
  const [outcome] = await readTogether(person, [work]);
  if (outcome!.status === "rejected") throw outcome!.reason;
  return outcome!.value as T;
}
