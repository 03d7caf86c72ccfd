import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { recordOf } from "#app/ui/keys.ts";
import { type AccountFilter, accountRoles, accountStatuses } from "./account.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";
import type { Role } from "./viewer.ts";

export type Account = {
  id: string;
  code: string;
  name: string;
  role: Role;
  status: "ACTIVE" | "SUSPENDED";
  createdAt: Date;
};

const accounts = sql`select a.id, a.code, a.name, a.role, a.status, a.created_at as "createdAt" from app.accounts a`;

/** Accounts by code. Rows are seen by staff alone (RLS). */
export async function listAccounts(
  db: Db,
  filter: AccountFilter,
): Promise<{ accounts: Account[]; next: string | null }> {
  const cursor = decodeCursor(filter.after, "text");
  const rows = await db.many<Account>(sql`${accounts}
    where true ${wanted(filter)} ${cursor ? sql`and a.code > ${cursor[0]}` : empty}
      order by a.code ${limit(staffPageSize + 1)}`);
  const shown = rows.slice(0, staffPageSize);
  const last = shown.at(-1);
  return { accounts: shown, next: rows.length > staffPageSize && last ? encodeCursor([last.code]) : null };
}

/** How many accounts each filter would show, beside the other filters; counted up to countedTo. */
export async function countAccounts(db: Db, filter: AccountFilter): Promise<Record<string, number>> {
  const count = (value: string, rest: AccountFilter) => sql`
    select ${value}::text as value,
      (select count(*)
      from (select from app.accounts a where true ${wanted(rest)} ${limit(countedTo + 1)}) counted) as n`;
  const rows = await db.many<{ value: string; n: number }>(
    join(
      [
        ...accountRoles.map((role) => count(role, { ...filter, role })),
        ...accountStatuses.map((status) => count(status, { ...filter, status })),
      ],
      " union all ",
    ),
  );
  return Object.fromEntries(rows.map(({ value, n }) => [value, n]));
}

/** Throws NotFound. */
export const findAccount = (db: Db, code: string) => db.one<Account>(sql`${accounts} where a.code = ${code}`);

export type Login = { since: string; seen: string };
/** The open logins of an account, newest first, 20 at most. `seen`: its token was last renewed. Throws DENIED. */
export async function listLogins(db: Db, code: string): Promise<Login[]> {
  return (await db.one<{ logins: Login[] }>(sql`select app.account_logins(${code}) as logins`)).logins;
}

// Written out, from our own lists, so that the planner knows the partial index.
const literals = <Value extends string>(column: string, values: readonly Value[]) =>
  recordOf(values, (value) => raw(`and a.${column} = '${value}'`));
const roleIs = literals("role", accountRoles);
const statusIs = literals("status", accountStatuses);

function wanted({ q, role, status }: AccountFilter): Sql {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`
    ${role ? roleIs[role] : empty} ${status ? statusIs[status] : empty}
    ${q ? sql`and (a.name ilike ${like} or a.code ilike ${like})` : empty}`;
}
