import sql, { empty } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { staffPageSize } from "#app/ui/list.ts";
import { monthName, type ReviewDecision, type ReviewState, type Signature } from "./review.ts";

/** A month's review: `month` as 2026-10. */
export type ReviewMonth = {
  month: string;
  madeAt: Date;
  dueAt: Date;
  salesmen: number;
  signed: number;
  doneAt: Date | null;
  state: ReviewState;
  incident: string | null;
};
export type ReviewLine = {
  rank: number;
  code: string;
  name: string;
  impersonations: number;
  stores: number;
  orders: number;
  amount: number;
  hits: number;
  disputes: number;
  suspensions: number;
  decision: ReviewDecision | null;
  note: string | null;
  signedBy: string | null;
  signedAt: Date | null;
};

const months = sql`
  select to_char(m.month, 'YYYY-MM') as month, m.made_at as "madeAt", m.due_at as "dueAt", m.salesmen, m.signed,
    m.done_at as "doneAt", i.ref as incident,
         case when m.salesmen = 0 then 'EMPTY' when m.done_at is not null then 'DONE' when m.due_at < now() then 'LATE'
           else 'OPEN' end as state
    from app.review_months m left join app.incidents i on i.id = m.overdue_incident`;

/** The months that were reviewed, newest first. `after`: the last month of the page before. */
export async function listReviewMonths(
  db: Db,
  after: string | null,
): Promise<{ reviews: ReviewMonth[]; next: string | null }> {
  const from = after && monthName.test(after) ? after : null;
  const rows = await db.many<ReviewMonth>(sql`${months}
    ${from ? sql`where m.month < (${from} || '-01')::date` : empty}
    order by m.month desc ${limit(staffPageSize + 1)}`);
  const reviews = rows.slice(0, staffPageSize);
  return { reviews, next: rows.length > staffPageSize ? reviews.at(-1)!.month : null };
}

export const findReviewMonth = (db: Db, month: string) =>
  db.one<ReviewMonth>(sql`${months} where m.month = (${monthName.test(month) ? month : null} || '-01')::date`);

/** The ten of a month, by rank. */
export const listReviewLines = (db: Db, month: string) =>
  db.many<ReviewLine>(sql`
    select rank, code, name, impersonations, stores, orders, amount, hits, disputes, suspensions, decision, note,
      signed_by as "signedBy", signed_at as "signedAt"
      from app.salesman_reviews where month = (${monthName.test(month) ? month : null} || '-01')::date order by rank`);

/** Errors: NotFound, DENIED for all but auditors, STALE when it is signed, DECISION, REASON_REQUIRED. */
export const signReview = (db: Db, month: string, code: string, { decision, note }: Signature) =>
  db.one(
    sql`
      select app.sign_review((${monthName.test(month) ? month : null} || '-01')::date, ${code}, ${decision}, ${note})`,
  );
