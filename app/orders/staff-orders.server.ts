import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { limit } from "#app/db/limit.ts";
import { recordOf } from "#app/ui/keys.ts";
import { orderNumber, orderStatuses } from "./order.ts";
import { orderColumns, type OrderPage, placedByCode } from "./orders.server.ts";
import { numbersMeant, type OrderFilter } from "./staff.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";
import type { OrderRow } from "./row.ts";

/** What a list of staff shows of an order: of its credit decision the light alone. */
export type StaffOrderRow = Omit<OrderRow, "id" | "reason" | "over"> & {
  storeCode: string;
  storeName: string;
  storeSuspended: boolean;
  placedByCode: string;
};
/** How many orders each filter would show, beside the other filters; counted up to countedTo. */
export type OrderCounts = {
  status: Record<string, number>;
  sync: Record<string, number>;
  shadow: number;
  held: number;
};

type Read = StaffOrderRow & Pick<OrderRow, "id" | "reason" | "over">;
const staffRow = ({ id: _, reason: __, over: ___, at: ____, ...row }: Read & { at?: number }): StaffOrderRow => row;

const store = sql`p.code as "storeCode", p.name as "storeName", s.status = 'SUSPENDED' as "storeSuspended",
  ${placedByCode}`;

/** All stores' orders, newest first where nothing else is asked. Rows are seen by staff alone (RLS). */
export async function listStaffOrders(
  db: Db,
  filter: OrderFilter,
  { now = new Date(), most = staffPageSize } = {},
): Promise<OrderPage<StaffOrderRow>> {
  const { key, down } = order(filter);
  const cursor = decodeCursor(filter.after, "id", "id");
  const place = filter.sort === "total" ? sql`${cursor?.[0] ?? null}::bigint` : moment(cursor?.[0] ?? 0);
  const rows = await db.many<Read & { at: number }>(sql`
    ${storesMeant(filter, now)}
    select ${orderColumns}, ${store}, ${filter.sort === "total" ? sql`o.total` : micros} as at
      from app.orders o join app.partners p on p.id = o.partner_id join app.accounts s on s.id = p.account_id
     where true ${wanted(filter, now)}
       ${cursor ? sql`and (${key}, o.id) ${down ? sql`<` : sql`>`} (${place}, ${cursor[1]}::bigint)` : empty}
     order by ${key} ${down ? sql`desc` : empty}, o.id ${down ? sql`desc` : empty} ${limit(most + 1)}`);
  const shown = rows.slice(0, most);
  const last = shown.at(-1);
  return {
    orders: shown.map(staffRow),
    next: rows.length > most && last ? encodeCursor([last.at, last.id]) : null,
  };
}

/** The order that comes after this one in such a list, whether this one is still in it or not; null: none. */
export async function findNextOrder(
  db: Db,
  filter: OrderFilter,
  number: string,
  now = new Date(),
): Promise<string | null> {
  const { key, down } = order(filter);
  const own = (column: Sql) =>
    sql`(select ${column} from app.orders o where o.number = ${orderNumber.test(number) ? number : ""})`;
  const found = await db.maybe<{ number: string }>(sql`
    ${storesMeant(filter, now)}
    select o.number from app.orders o
     where (${key}, o.id) ${down ? sql`<` : sql`>`} (${own(key)}, ${own(sql`o.id`)}) ${wanted(filter, now)}
     order by ${key} ${down ? sql`desc` : empty}, o.id ${down ? sql`desc` : empty} limit 1`);
  return found?.number ?? null;
}

// By moment or total, and among equals by number.
const order = ({ sort }: Pick<OrderFilter, "sort">) => ({
  key: sort === "total" ? sql`o.total` : sql`o.created_at`,
  down: sort !== "oldest",
});
const micros = sql`(extract(epoch from o.created_at) * 1000000)::bigint`;
const moment = (at: number) => sql`'epoch'::timestamptz + ${at}::bigint * interval '1 microsecond'`;

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
        count("held", "yes", heldIs, { ...filter, held: null }),
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

// What has ended is released by nobody, and waits for nobody.
const heldIs = raw("o.held and o.status not in ('REJECTED', 'CANCELLED')");

// Days are Jakarta's.
const midnight = (day: string) => sql`(${day}::date::timestamp at time zone 'Asia/Jakarta')`;

function wanted({ q, status, sync, shadow, held, from, to }: OrderFilter, now: Date): Sql {
  const numbers = numbersMeant(q, now);
  return sql`${status ? sql`and ${statusIs[status]}` : empty}
    ${sync ? sql`and ${syncIs[sync]}` : empty}
    ${shadow ? sql`and o.acting_session_id is not null` : empty}
    ${held ? sql`and ${heldIs}` : empty}
    ${from ? sql`and o.created_at >= ${midnight(from)}` : empty}
    ${to ? sql`and o.created_at < ${midnight(to)} + interval '1 day'` : empty}
    ${
      numbers.length > 0
        ? sql`and o.number = any (${numbers})`
        : q
          ? sql`and o.partner_id = any (array(select id from meant))`
          : empty
    }`;
}
