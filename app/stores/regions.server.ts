import sql from "sql-template-tag";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";

/** The sales regions, by name. */
export const listRegions = (db: Db) =>
  db.many<{ code: string; name: string }>(sql`select code, name from app.regions order by name, code ${limit(500)}`);
