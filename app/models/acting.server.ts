import sql from "sql-template-tag";
import type { Db } from "#app/db/door.server.ts";

/** Begins Shadow Mode. Errors: NotFound (not his store), STALE with detail.store (already acting), SHOFF, STSUS (the store is suspended), INVAL reason, DNIED. */
export async function beginActing(db: Db, code: string, reason: string): Promise<Date> {
  return (await db.one<{ until: Date }>(sql`select app.begin_acting(${code}, ${reason}) as until`)).until;
}

/** Ends it, by hand. False when there was none to end. */
export async function endActing(db: Db): Promise<boolean> {
  return (await db.one<{ ended: boolean }>(sql`select app.end_acting() as ended`)).ended;
}
