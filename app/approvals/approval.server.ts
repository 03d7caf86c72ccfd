import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { recordOf } from "#app/ui/keys.ts";
import { type ApprovalFilter, approvalReasons, type Decision, type DecisionOutcome, type LeftOut } from "./approval.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";
import { orderNumber, type OrderStatus, type SyncStatus } from "#app/orders/order.ts";
import type { Tier } from "#app/accounts/viewer.ts";
import type { Credit } from "#app/credit/credit.ts";

/** The figures as they are now, this order not counted twice. `bypass`: it is on; they are compared all the same. */
export type CreditNow = Omit<Credit, "reason"> & { reason: Exclude<Credit["reason"], "BYPASS">; bypass: boolean };
export type Approval = {
  id: number;
  number: string;
  storeCode: string;
  storeName: string;
  tier: Tier;
  total: number;
  placedAt: Date;
  placedBy: string;
  placedByCode: string;
  shadow: boolean;
  status: OrderStatus;
  syncStatus: SyncStatus;
  held: boolean;
  degraded: boolean;
  credit: Credit;
  /** Null once it is decided. */
  now: CreditNow | null;
};
export type DecisionMade = {
  outcome: DecisionOutcome;
  at: string;
  by: string;
  bulk: boolean;
  note: string;
  total: number;
  inputs: CreditNow;
};

const columns = sql`
  o.id, o.number, o.partner_id, o.total, o.created_at as "placedAt", o.placed_by_name as "placedBy",
    coalesce((select a.code from app.accounts a where a.id = o.placed_by), '') as "placedByCode",
    o.acting_session_id is not null as shadow,
  o.status, o.sync_status as "syncStatus", o.held, o.degraded, o.credit_inputs as credit`;
const shown = sql`
  page.id, page.number, page.total, page."placedAt", page."placedBy", page."placedByCode", page.shadow, page.status,
    page."syncStatus", page.held, page.degraded, page.credit, f.figures as now,
    p.code as "storeCode", p.name as "storeName", p.tier`;
// Written out, so that the partial indexes serve.
const waits = sql`o.credit_light = 'AMBER' and o.status in ('SUBMITTED', 'PROCESSING')`;
const reasonIs = recordOf(approvalReasons, (reason) => raw(`and o.credit_inputs ->> 'reason' = '${reason}'`));

/** AMBER orders that nobody has decided about, oldest first. For staff: others are refused (DENIED). */
export async function listApprovals(
  db: Db,
  { reason, after }: ApprovalFilter,
): Promise<{ approvals: Approval[]; next: string | null }> {
  const cursor = decodeCursor(after, "id");
  const rows = await db.many<Approval>(sql`
    with page as materialized (
      select ${columns} from app.orders o
       where ${waits} ${reason ? reasonIs[reason] : empty} ${cursor ? sql`and o.id > ${cursor[0]}::bigint` : empty}
       order by o.id ${limit(staffPageSize + 1)})
    select ${shown} from page join app.partners p on p.id = page.partner_id
      left join app.approval_figures(array(select id from page)) f on f.order_id = page.id
     order by page.id`);
  const approvals = rows.slice(0, staffPageSize);
  const last = approvals.at(-1);
  return { approvals, next: rows.length > staffPageSize && last ? encodeCursor([last.id]) : null };
}

/** How many wait for each reason and in all, counted up to countedTo. */
export async function countApprovals(db: Db): Promise<Record<string, number>> {
  const count = (name: string, only: Sql) => sql`
    select ${name}::text as name,
      (select count(*) from (select from app.orders o where ${waits} ${only} ${limit(countedTo + 1)}) counted) as n`;
  const rows = await db.many<{ name: string; n: number }>(
    join([count("all", empty), ...approvalReasons.map((reason) => count(reason, reasonIs[reason]))], " union all "),
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}

/** How many wait, counted up to countedTo, and since when the first does. */
export const findApprovalQueue = (db: Db) =>
  db.one<{ waiting: number; oldest: Date | null }>(sql`
    select (select count(*) from (select from app.orders o where ${waits} ${limit(countedTo + 1)}) counted) as waiting,
           (select o.created_at from app.orders o where ${waits} order by o.id limit 1) as oldest`);

/** These orders as they stand, decided ones too; what is no AMBER order is left out. */
export const listSelected = (db: Db, numbers: string[]) =>
  db.many<Approval & { decidedBy: string | null }>(sql`
    with page as materialized (
      select ${columns} from app.orders o where o.number = any (${numbers}) and o.credit_light = 'AMBER'
        and (select private.viewer_is_staff()))
    select ${shown}, c.decided_by as "decidedBy" from page join app.partners p on p.id = page.partner_id
      left join app.approval_figures(array(select id from page)) f on f.order_id = page.id
      left join app.credit_approvals c on c.order_id = page.id
     order by p.name, page.id`);

/** One AMBER order with the decision about it, if there is one. Throws NotFound, also for a green order. */
export const findApproval = (db: Db, number: string) =>
  db.one<
    Approval & {
      decision: DecisionMade | null;
      region: string | null;
      whatsapp: string | null;
      /** Names of articles of it that are no longer sold. */ withdrawn: string[];
    }
  >(sql`
    with page as materialized (
      select ${columns} from app.orders o
       where o.number = ${orderNumber.test(number) ? number : ""} and o.credit_light = 'AMBER'
         and (select private.viewer_is_staff()))
    select ${shown}, p.region_code as region, w.owner_whatsapp as whatsapp,
      array(select private.withdrawn_of(page.id)) as withdrawn,
           (select jsonb_build_object('outcome', c.outcome, 'at', c.decided_at, 'by', c.decided_by, 'bulk', c.bulk,
             'note', c.note, 'total', c.total, 'inputs', c.inputs)
              from app.credit_approvals c where c.order_id = page.id) as decision
      from page join app.partners p on p.id = page.partner_id left join app.partner_contacts w on w.partner_id = p.id
      left join app.approval_figures(array(select id from page)) f on f.order_id = page.id`);

/**
 * Errors: NotFound, STALE {why, by} (decided or changed meanwhile), ORDER_HELD, REASON_REQUIRED, DENIED for all but
 * admins.
 */
export const decideCredit = (db: Db, number: string, { outcome, note, seen }: Decision) =>
  db.one(sql`select app.decide_credit(${number}, ${outcome}, ${note}, ${seen}::bigint)`);

/**
 * Approves several, each worth what was seen; `left` names those that changed meanwhile. Errors: TOO_MANY, BAD_INPUT,
 * TOO_LONG, DENIED.
 */
export async function decideCredits(db: Db, items: Array<{ number: string; total: number }>, note: string) {
  const { outcome } = await db.one<{ outcome: { approved: string[]; left: Array<{ number: string; why: LeftOut }> } }>(
    sql`select app.decide_credits(${JSON.stringify(items)}::jsonb, ${note}) as outcome`,
  );
  return outcome;
}
