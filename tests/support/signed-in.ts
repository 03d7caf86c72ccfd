import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { closePool, type Login } from "#app/db/transaction.server.ts";
import { recordOf } from "#app/ui/keys.ts";
import { type Name, people } from "./cast.ts";
import { openLogin } from "./database.ts";

/**
 * These people signed in, and the owner's connection beside them, while the file runs; the web's connections end with
 * it. Call it before other hooks are said.
 */
export function signedIn<Who extends Name>(...names: Who[]) {
  const owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  const persons = recordOf(names, (name) => ({ userId: people[name], sessionId: randomUUID() }));
  beforeAll(async () => {
    await owner.connect();
    for (const { userId, sessionId } of Object.values<NonNullable<Login>>(persons))
      await openLogin(owner, userId, sessionId);
  });
  afterAll(async () => {
    await owner.end();
    await closePool();
  });
  return { owner, persons };
}

export { readOne as read } from "#app/db/transaction.server.ts";
