import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { recordOf } from "#app/ui/keys.ts";
import { orderStatuses } from "./order.ts";
import { before, orderColumns, type OrderPage, pageOf } from "./orders.server.ts";
import { numbersMeant, type OrderFilter } from "./staff.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";
import type { OrderRow } from "./row.ts";

/** What a list of staff shows of an order: of its credit decision the light alone. */
export type StaffOrderRow = Omit<OrderRow, "id" | "reason" | "over"> & {
  storeCode: string;
  storeName: string;
  storeSuspended: boolean;
};
/** How many orders each filter would show, beside the other filters; counted up to countedTo. */
export type OrderCounts = {
  status: Record<string, number>;
  sync: Record<string, number>;
  shadow: number;
  held: number;
};

type Read = StaffOrderRow & Pick<OrderRow, "id" | "reason" | "over">;
const staffRow = ({ id: _, reason: __, over: ___, ...row }: Read): StaffOrderRow => row;

const store = sql`p.code as "storeCode", p.name as "storeName", s.status = 'SUSPENDED' as "storeSuspended"`;

/** All stores' orders, newest first. Rows are seen by staff alone (RLS). */
export async function listStaffOrders(
  db: Db,
  filter: OrderFilter,
  now = new Date(),
): Promise<OrderPage<StaffOrderRow>> {
  const { orders, next } = pageOf(
    await db.many<Read>(sql`
    ${storesMeant(filter, now)}
    select ${orderColumns}, ${store}
      from app.orders o join app.partners p on p.id = o.partner_id join app.accounts s on s.id = p.account_id
     where true ${wanted(filter, now)} ${before(filter.after)}
     order by o.id desc ${limit(staffPageSize + 1)}`),
  );
  return { orders: orders.map(staffRow), next };
}

/** The newest orders, as the overview shows them. */
export const listNewestOrders = async (db: Db, most: number) =>
  (
    await db.many<Read>(sql`
    select ${orderColumns}, ${store}
      from app.orders o join app.partners p on p.id = o.partner_id join app.accounts s on s.id = p.account_id
        order by o.id desc ${limit(most)}`)
  ).map(staffRow);

/** Each number stops at countedTo + 1, along an index: staff stays quick with a million orders. */
export async function countStaffOrders(db: Db, filter: OrderFilter, now = new Date()): Promise<OrderCounts> {
  const count = (group: string, value: string, only: Sql, rest: OrderFilter) => sql`
    select ${group}::text as "group", ${value}::text as value,
           (select count(*)
             from (select from app.orders o where ${only} ${wanted(rest, now)} ${limit(countedTo + 1)}) counted) as n`;
  const rows = await db.many<{ group: string; value: string; n: number }>(sql`
    ${storesMeant(filter, now)}
    ${join(
      [
        ...orderStatuses.map((value) => count("status", value, statusIs[value], { ...filter, status: null })),
        ...Object.entries(syncIs).map(([value, only]) => count("sync", value, only, { ...filter, sync: null })),
        count("shadow", "yes", sql`o.acting_session_id is not null`, { ...filter, shadow: null }),
        count("held", "yes", sql`o.held`, { ...filter, held: null }),
      ],
      " union all ",
    )}`);
  const of = (group: string) =>
    Object.fromEntries(rows.filter((row) => row.group === group).map(({ value, n }) => [value, n]));
  return { status: of("status"), sync: of("sync"), shadow: of("shadow").yes ?? 0, held: of("held").yes ?? 0 };
}

/** Orders of today, Jakarta's day: how many and worth what, in whole rupiah. */
export const findToday = (db: Db) =>
  db.one<{ orders: number; total: number }>(sql`
    select count(*) as orders, coalesce(sum(total), 0)::bigint as total from app.orders
     where created_at >= date_trunc('day', now(), 'Asia/Jakarta') and status not in ('REJECTED', 'CANCELLED')`);

// The stores whose code or name holds what was typed, 50 at most; looked up once, whatever number of counts asks.
function storesMeant({ q }: OrderFilter, now: Date): Sql {
  if (!q || numbersMeant(q, now).length > 0) return empty;
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`with meant as materialized (
    select id from app.partners where name ilike ${like} or code ilike ${like} order by name limit 50)`;
}

// Written out, from our own lists: of a parameter the planner knows neither how rare it is nor that a partial index
// serves.
const literals = <Value extends string>(column: string, values: readonly Value[]) =>
  recordOf(values, (value) => raw(`o.${column} = '${value}'`));
const statusIs = literals("status", orderStatuses);
// That what has ended is not in the ERP is no failure, and nobody's work.
const syncIs = {
  ...literals("sync_status", ["PENDING_SYNC", "SYNCED"]),
  FAILED: raw("o.sync_status = 'FAILED' and o.status not in ('REJECTED', 'CANCELLED')"),
};

function wanted({ q, status, sync, shadow, held }: OrderFilter, now: Date): Sql {
  const numbers = numbersMeant(q, now);
  return sql`${status ? sql`and ${statusIs[status]}` : empty}
    ${sync ? sql`and ${syncIs[sync]}` : empty}
    ${shadow ? sql`and o.acting_session_id is not null` : empty}
    ${held ? sql`and o.held` : empty}
    ${
      numbers.length > 0
        ? sql`and o.number = any (${numbers})`
        : q
          ? sql`and o.partner_id = any (array(select id from meant))`
          : empty
    }`;
}
