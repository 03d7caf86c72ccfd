import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { Credit } from "./credit.ts";
import type { Standing } from "./standing.ts";

export type Points = { balance: number; pending: number };

/** The credit light of the viewer's store with an empty cart. */
export async function findCredit(db: Db): Promise<Pick<Credit, "light" | "limit" | "room" | "asOf"> | null> {
  const { credit } = await db.one<{ credit: Credit | null }>(sql`select app.viewer_credit() as credit`);
  return credit && { light: credit.light, limit: credit.limit, room: credit.room, asOf: credit.asOf };
}

/** The same with its reason, as a store may read it. Null without a store. */
export async function findStanding(db: Db): Promise<Standing | null> {
  const { credit } = await db.one<{ credit: Credit | null }>(sql`select app.viewer_credit() as credit`);
  if (!credit) return null;
  const { light, reason, limit, room, asOf } = credit;
  return { light, reason: reason === "BYPASS" ? "MANUAL" : reason, limit, room, asOf };
}

/** Points that are his, and points that wait for an invoice to be paid. */
export function findPoints(db: Db): Promise<Points> {
  return db.one<Points>(sql`
    select coalesce((select sum(l.points) from app.points_ledger l
      where l.partner_id = (select private.viewer_partner())), 0)::bigint as balance,
           coalesce((select sum(o.points) from app.orders o
                      where o.partner_id = (select private.viewer_partner()) and o.points > 0
                        and o.status not in ('REJECTED', 'CANCELLED')
                        and not exists (select from app.points_ledger l where l.order_id = o.id
                          and l.kind = 'EARNED')), 0)::bigint as pending`);
}
