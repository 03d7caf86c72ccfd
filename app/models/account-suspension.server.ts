import sql from "sql-template-tag";
import type { Db } from "#app/db/door.server.ts";
import { limit } from "#app/db/limit.ts";

export type Suspension = {
  id: number; at: Date; by: string; reason: string;
  askedAt: Date | null; askedBy: string | null; askedReason: string | null; liftedAt: Date | null; liftedBy: string | null;
};
export type ActingNow = { storeCode: string; storeName: string; reason: string; startedAt: Date; expiresAt: Date };
export type HeldOrder = { number: string; placedAt: Date; total: number; storeCode: string; storeName: string; disputed: boolean };

/** Suspensions of an account, newest first, 20 at most; the first may still be open. */
export const listSuspensions = (db: Db, code: string) =>
  db.many<Suspension>(sql`
    select s.id, s.suspended_at as at, s.suspended_by as by, s.reason, s.lift_requested_at as "askedAt", s.lift_requested_by as "askedBy",
           s.lift_reason as "askedReason", s.lifted_at as "liftedAt", s.lifted_by as "liftedBy"
      from app.suspensions s where s.account_id = (select id from app.accounts where code = ${code}) order by s.id desc ${limit(20)}`);

/** The store that a salesman acts for right now; null for nobody. */
export const findActingNow = (db: Db, code: string) =>
  db.maybe<ActingNow>(sql`
    select p.code as "storeCode", p.name as "storeName", s.reason, s.started_at as "startedAt", s.expires_at as "expiresAt"
      from app.acting_sessions s join app.partners p on p.id = s.partner_id
     where s.salesman_id = (select id from app.accounts where code = ${code}) and s.ended_at is null and s.expires_at > now()`);

const placedByHim = (code: string) => sql`o.placed_by = (select id from app.accounts where code = ${code}) and o.acting_session_id is not null`;

/** Orders in other people's names that wait because their salesman was suspended, newest first, 50 at most. */
export const listHeldOrders = (db: Db, code: string) =>
  db.many<HeldOrder>(sql`
    select o.number, o.created_at as "placedAt", o.total, p.code as "storeCode", p.name as "storeName",
           exists (select from app.order_holds d where d.order_id = o.id and d.reason = 'DISPUTED' and d.released_at is null) as disputed
      from app.orders o join app.partners p on p.id = o.partner_id
     where ${placedByHim(code)} and o.held
       and exists (select from app.order_holds h where h.order_id = o.id and h.reason = 'AGENT_SUSPENDED' and h.released_at is null)
     order by o.id desc ${limit(50)}`);

/** What a suspension would hold right now: how many orders, in whole rupiah. */
export const findHoldable = (db: Db, code: string) =>
  db.one<{ orders: number; total: number }>(sql`
    select count(*) as orders, coalesce(sum(o.total), 0)::bigint as total from app.orders o
     where ${placedByHim(code)} and o.created_at > now() - interval '24 hours' and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED')`);

/** All of these, for admins: NotFound, DNIED, SELFA himself, INVAL reason. LASTA: nobody could let anybody back in. */
export const suspendAccount = (db: Db, code: string, reason: string) => db.one(sql`select app.suspend_account(${code}, ${reason})`);
/** How many logins ended. */
export const forceLogout = async (db: Db, code: string, reason: string) =>
  (await db.one<{ ended: number }>(sql`select app.force_logout(${code}, ${reason}) as ended`)).ended;
/** Ends what of `web` holds the account's row while somebody waits for it; see app/http/shut-out.server.ts. */
export const endHolders = async (db: Db, code: string) =>
  (await db.one<{ held: { ended: number; others: string[] } }>(sql`select app.end_holders(${code}) as held`)).held;
/** STALE: not suspended, or somebody has asked already. */
export const requestLift = (db: Db, code: string, reason: string) => db.one(sql`select app.request_lift(${code}, ${reason})`);
/** STALE: nobody has asked. FOURE: it was he himself who asked. */
export const liftSuspension = (db: Db, code: string) => db.one(sql`select app.lift_suspension(${code})`);
/** True when nothing holds the order any more. STALE: not held for this. */
export const releaseHeldOrder = async (db: Db, number: string, note: string) =>
  (await db.one<{ free: boolean }>(sql`select app.release_held_order(${number}, ${note}) as free`)).free;
