import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { findStore } from "./store.server.ts";

/**
 * Begins Shadow Mode; `end`: the session that ends for it. Errors: NotFound (not his store), STALE with detail.store
 * (already acting), ACTING_OFF, STORE_SUSPENDED (the store is suspended), REASON_REQUIRED, DENIED.
 */
export async function beginActing(db: Db, code: string, reason: string, end: string | null): Promise<Date> {
  return (await db.one<{ until: Date }>(sql`select app.begin_acting(${code}, ${reason}, ${end}) as until`)).until;
}

/**
 * Ends it, by hand: the one that is named, or whichever it is. False when there was none to end. Errors:
 * SHOWN_TO_ANOTHER, another one has begun since.
 */
export async function endActing(db: Db, acting: string | null): Promise<boolean> {
  return (await db.one<{ ended: boolean }>(sql`select app.end_acting('BY_HAND', ${acting}) as ended`)).ended;
}

/**
 * An acting session of the viewer's that keeps him from beginning another: of another browser, mostly. Moments are ISO
 * strings.
 */
export type ActingElsewhere = { id: string; store: string; since: string; until: string };
export async function findActingElsewhere(db: Db): Promise<ActingElsewhere | null> {
  return (await db.one<{ elsewhere: ActingElsewhere | null }>(sql`select app.acting_elsewhere() - 'code' as elsewhere`))
    .elsewhere;
}

/**
 * A store as it is asked about before Shadow Mode, and what keeps the viewer from beginning, where beginning is
 * possible at all. Throws NotFound.
 */
export async function findStoreToAct(db: Db, code: string) {
  const [store, elsewhere] = await Promise.all([findStore(db, code), findActingElsewhere(db)]);
  return { store, elsewhere: store.suspended || !store.shadowAllowed ? null : elsewhere };
}
