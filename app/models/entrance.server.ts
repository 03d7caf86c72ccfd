import sql from "sql-template-tag";
import type { Db } from "#app/db/door.server.ts";

/** Takes one try, as a guest, before a password is looked at. Seconds to wait; 0 to go on. */
export async function takeTry(db: Db, purpose: "in" | "reset", email: string, ip: string): Promise<number> {
  return (await db.one<{ wait: number }>(sql`select app.take_sign_in_try(${purpose}, ${email}, ${ip}) as wait`)).wait;
}

/** As the person who came in: gives the tries back and audits. SessionEnded when the account is suspended. */
export const noteSignIn = (db: Db, email: string, ip: string) => db.one(sql`select app.note_sign_in(${email}, ${ip})`);
export const noteRefusedSignIn = (db: Db, email: string) => db.one(sql`select app.note_refused_sign_in(${email})`);
/** Ends an acting session too. */
export const noteSignOut = (db: Db) => db.one(sql`select app.note_sign_out()`);
export const notePasswordChange = (db: Db) => db.one(sql`select app.note_password_change()`);
