import sql, { empty } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import type { ActingEnd } from "./acting.ts";
import { type Allowance, type Consent, shadowPageSize } from "./consent.ts";
import type { DisputeOutcome } from "#app/disputes/dispute.ts";
import type { Viewer } from "#app/accounts/viewer.ts";
import type { OrderRow } from "#app/orders/row.ts";

export type ShadowSession = {
  salesman: string;
  reason: string;
  startedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  endedReason: ActingEnd | null;
  orders: number;
  total: number;
};
export type ShadowOrder = Pick<OrderRow, "number" | "placedAt" | "placedBy" | "status" | "held" | "total"> & {
  disputed: boolean;
  outcome: DisputeOutcome | null;
};

/** What is left this month, for the store and for whoever acts for it. Null without a store. */
export async function findAllowance(db: Db): Promise<Allowance | null> {
  return (await db.one<{ allowance: Allowance | null }>(sql`select app.shadow_allowance() - 'month' as allowance`))
    .allowance;
}

/** The same as a page tells it to a salesman at work: only where there is a cap. */
export const ofSalesman = ({ acting }: Pick<Viewer, "acting">, allowance: Allowance | null) =>
  acting && allowance && allowance.left !== null ? allowance : null;

/** The same for those of a salesman's stores that have a cap, by the store's code. */
export async function listClientAllowances(db: Db): Promise<Record<string, Allowance>> {
  const rows = await db.many<{ code: string; allowance: Allowance }>(
    sql`select code, allowance from app.client_allowances()`,
  );
  return Object.fromEntries(rows.map(({ code, allowance }) => [code, allowance]));
}

/**
 * Says what salesmen may do; how many acting sessions that ended. Errors: DENIED for all but the owner himself,
 * REQUIRED on or off, CAP_RANGE.
 */
export async function setConsent(db: Db, { allowed, cap }: Consent): Promise<number> {
  return (await db.one<{ ended: number }>(sql`select app.set_shadow_consent(${allowed}, ${cap}::bigint) as ended`))
    .ended;
}

/** Who worked in the store's name, newest first; empty for all but its owner. */
export async function listShadowSessions(
  db: Db,
  before: string | null,
): Promise<{ sessions: ShadowSession[]; next: string | null }> {
  const rows = await db.many<ShadowSession & { place: string }>(sql`
    select salesman, reason, started_at as "startedAt", expires_at as "expiresAt", ended_at as "endedAt",
      ended_reason as "endedReason", orders, total,
           to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
      from app.shadow_sessions(${before}::timestamptz, ${shadowPageSize + 1}::integer)`);
  const shown = rows.slice(0, shadowPageSize);
  return {
    sessions: shown.map(({ place: _, ...session }) => session),
    next: rows.length > shadowPageSize ? (shown.at(-1)?.place ?? null) : null,
  };
}

/** Orders that salesmen placed in the store's name, newest first, with what the owner said about them. */
export async function listShadowOrders(
  db: Db,
  after: string | null,
): Promise<{ orders: ShadowOrder[]; next: string | null }> {
  const cursor = decodeCursor(after, "id");
  const rows = await db.many<ShadowOrder & { id: number }>(sql`
    select o.id, o.number, o.created_at as "placedAt", o.placed_by_name as "placedBy", o.status, o.held, o.total,
      d.order_id is not null as disputed, d.outcome
      from app.orders o left join app.disputes d on d.order_id = o.id
     where o.partner_id = (select private.viewer_partner()) and o.acting_session_id is not null
       ${cursor ? sql`and o.id < ${cursor[0]}::bigint` : empty}
     order by o.id desc ${limit(shadowPageSize + 1)}`);
  const shown = rows.slice(0, shadowPageSize);
  const last = shown.at(-1);
  return {
    orders: shown.map(({ id: _, ...order }) => order),
    next: rows.length > shadowPageSize && last ? encodeCursor([last.id]) : null,
  };
}
