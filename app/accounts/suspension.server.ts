import sql from "sql-template-tag";
import type { SuspensionReason } from "#app/abuse/abuse.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { findAccount } from "./account.server.ts";
import { openOf } from "./suspension.ts";

export type Suspension = {
  id: number;
  at: Date;
  by: string;
  reason: SuspensionReason;
  askedAt: Date | null;
  askedBy: string | null;
  askedReason: string | null;
  liftedAt: Date | null;
  liftedBy: string | null;
};
export type ActingNow = { storeCode: string; storeName: string; reason: string; startedAt: Date; expiresAt: Date };
export type HeldOrder = {
  number: string;
  placedAt: Date;
  total: number;
  storeCode: string;
  storeName: string;
  disputed: boolean;
  /** Its salesman is suspended, or its store. */ reason: "SALESMAN_SUSPENDED" | "STORE_SUSPENDED";
};

/** Suspensions of an account, newest first, 20 at most; the first may still be open. */
export const listSuspensions = (db: Db, code: string) =>
  db.many<Suspension>(sql`
    select s.id, s.suspended_at as at, s.suspended_by as by, coalesce(to_jsonb(s.reason), s.score) as reason,
      s.lift_requested_at as "askedAt", s.lift_requested_by as "askedBy",
           s.lift_reason as "askedReason", s.lifted_at as "liftedAt", s.lifted_by as "liftedBy"
      from app.suspensions s where s.account_id = (select id from app.accounts where code = ${code})
        order by s.id desc ${limit(20)}`);

/** An account, with its suspension while that lasts: what an admin does about it hangs on both. Throws NotFound. */
export async function findSubject(db: Db, code: string) {
  const [account, suspensions] = await Promise.all([findAccount(db, code), listSuspensions(db, code)]);
  return { account, open: openOf(suspensions) };
}

/** The store that a salesman acts for right now; null for nobody. */
export const findActingNow = (db: Db, code: string) =>
  db.maybe<ActingNow>(sql`
    select p.code as "storeCode", p.name as "storeName", s.reason, s.started_at as "startedAt",
      s.expires_at as "expiresAt"
      from app.acting_sessions s join app.partners p on p.id = s.partner_id
     where s.salesman_id = (select id from app.accounts where code = ${code}) and s.ended_at is null
       and s.expires_at > now()`);

/**
 * Open orders that wait because this account was suspended: the salesman's in stores' names, or the store's own. Newest
 * first, 50 at most.
 */
export const listHeldOrders = (db: Db, code: string) =>
  db.many<HeldOrder>(sql`
    select o.number, o.created_at as "placedAt", o.total, p.code as "storeCode", p.name as "storeName", h.reason,
           exists (select from app.order_holds d where d.order_id = o.id and d.reason = 'DISPUTED'
             and d.released_at is null) as disputed
      from app.accounts a cross join app.orders o join app.partners p on p.id = o.partner_id
      join app.order_holds h on h.order_id = o.id and h.released_at is null
     where a.code = ${code} and o.held and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED')
       and (h.reason = 'SALESMAN_SUSPENDED' and o.placed_by = a.id and o.acting_session_id is not null
         or h.reason = 'STORE_SUSPENDED' and p.account_id = a.id)
     order by o.id desc ${limit(50)}`);

/** What a suspension would hold right now: how many orders, in whole rupiah. */
export const findHoldable = (db: Db, code: string) =>
  db.one<{ orders: number; total: number }>(sql`
    select count(*) as orders, coalesce(sum(o.total), 0)::bigint as total from app.orders o
      join app.accounts a on a.code = ${code}
     where (o.placed_by = a.id and o.acting_session_id is not null and o.created_at > now() - interval '24 hours'
       or a.role = 'PARTNER' and o.partner_id = (select p.id from app.partners p where p.account_id = a.id))
       and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED')`);

/**
 * All of these, for admins: NotFound, DENIED, OWN_ACCOUNT himself, REASON_REQUIRED. LAST_ADMIN: nobody could let
 * anybody back in.
 */
export const suspendAccount = (db: Db, code: string, reason: string) =>
  db.one(sql`select app.suspend_account(${code}, ${reason})`);
/** How many logins ended. */
export const forceLogout = async (db: Db, code: string, reason: string) =>
  (await db.one<{ ended: number }>(sql`select app.force_logout(${code}, ${reason}) as ended`)).ended;
/** Ends what of `web` holds the account's row while somebody waits for it; see app/http/shut-out.server.ts. */
export const endHolders = async (db: Db, code: string) =>
  (
    await db.one<{ held: { waited: boolean; ended: number; others: string[] } }>(
      sql`select app.end_holders(${code}) as held`,
    )
  ).held;
/** STALE: not suspended, or somebody has asked already. */
export const requestLift = (db: Db, code: string, reason: string) =>
  db.one(sql`select app.request_lift(${code}, ${reason})`);
/** STALE: nobody has asked. ANOTHER_ADMIN: it was he himself who asked. */
export const liftSuspension = (db: Db, code: string) => db.one(sql`select app.lift_suspension(${code})`);
/** True when nothing holds the order any more. STALE: not held for this. */
export const releaseHeldOrder = async (db: Db, number: string, note: string, reason: HeldOrder["reason"]) =>
  (await db.one<{ free: boolean }>(sql`select app.release_held_order(${number}, ${note}, ${reason}) as free`)).free;
