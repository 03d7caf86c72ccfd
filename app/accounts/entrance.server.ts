import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { network } from "#app/network.ts";

/** Takes one try, as a guest, before a password is looked at. Seconds to wait; 0 to go on. */
export async function takeTry(db: Db, purpose: "in" | "reset", email: string, ip: string): Promise<number> {
  return (
    await db.one<{ wait: number }>(sql`select app.take_sign_in_try(${purpose}, ${email}, ${network(ip)}) as wait`)
  ).wait;
}

/**
 * As the person who came in: gives the tries back and notes his browser. SessionEnded when the account is suspended.
 */
export const noteSignIn = (db: Db, email: string, ip: string) =>
  db.one(sql`select app.note_sign_in(${email}, ${network(ip)})`);
export const noteRefusedSignIn = (db: Db, email: string) => db.one(sql`select app.note_refused_sign_in(${email})`);
/** Ends an acting session too. */
export const noteSignOut = (db: Db) => db.one(sql`select app.note_sign_out()`);
/** To whom Auth has sent this link, where it is not used and not too old; null: nobody. Asked by a guest. */
export const findResetAddress = async (db: Db, tokenHash: string) =>
  (await db.one<{ address: string | null }>(sql`select app.reset_link_address(${tokenHash}) as address`)).address;

/** Into the trail: who was refused what. Counts and bounds by itself. */
export const noteRefusal = (db: Db, { status, page, key }: Refused) =>
  db.one(sql`select app.note_refusal(${status}, ${page}, ${key})`);
/** `page`: the address without its variable parts. `key`: the number or code in it. */
export type Refused = { status: 403 | 404; page: string; key: string | null };

/**
 * What of an address may stand in the trail: the page, and a number or code of ours; nothing else that somebody typed.
 */
export function refusedAt(status: Refused["status"], path: string): Refused {
  const [first = "", second = "", ...rest] = path
    .split("?")[0]!
    .replace(/\.data$/, "")
    .split("/")
    .filter(Boolean);
  // An article that is not there is nobody's secret.
  const key = ["products", "cart"].includes(first)
    ? null
    : ([second, ...rest].find((part) => /^((ORD|INC|EXP)-\d{4}-\d{5,9}|[A-Z]{2,4}-\d{3,6})$/.test(part)) ?? null);
  return { status, page: first === "admin" && /^[a-z]+$/.test(second) ? `admin/${second}` : first, key };
}
