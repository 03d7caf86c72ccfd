import sql, { empty } from "sql-template-tag";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { Tier } from "#app/accounts/viewer.ts";
import { type ClientFilter, type ClientSort, clientPageSize, readAsCodeOrPhone } from "./client.ts";

export type Store = {
  code: string;
  name: string;
  city: string;
  tier: Tier;
  shadowAllowed: boolean;
  /** Its account is suspended: nobody acts for it. */
  suspended: boolean;
};
export type Client = Store & {
  whatsapp: string | null;
  lastOrder: Date | null;
  /** When the salesman last worked as this store. */
  lastActing: Date | null;
  /** What it may still order before a person has to decide; below zero: it is over its limit. */
  room: number | null;
};

const columns = sql`p.code, p.name, p.city, p.tier, p.shadow_allowed as "shadowAllowed",
  p.code in (select app.suspended_clients()) as suspended`;

// What a list is in order of, always upwards; then by code.
const keys = {
  RECENT: sql`coalesce(-extract(epoch from greatest(f.last_acting, f.last_order)), 0)`,
  CITY: sql`lower(p.city)`,
  ROOM: sql`-coalesce(r.room, 0)::numeric`,
  QUIET: sql`coalesce(extract(epoch from f.last_order), 0)`,
} satisfies Record<ClientSort, unknown>;

/** A salesman's own stores; `q` looks in name, city, code and telephone. */
export async function listStores(db: Db, { q, by, after }: ClientFilter) {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const { code, phone } = readAsCodeOrPhone(q);
  const cursor = by === "CITY" ? decodeCursor(after, "text", "text") : decodeCursor(after, "number", "text");
  const from = by === "CITY" ? sql`${cursor?.[0]}` : sql`${cursor?.[0]}::numeric`;
  const rows = await db.many<Client & { key: string }>(sql`
    with own as (
      select ${columns}, f.whatsapp, f.last_acting as "lastActing", f.last_order as "lastOrder", ${keys[by]} as key
        from app.client_facts() f join app.partners p on p.code = f.code
        ${by === "ROOM" ? sql`join app.client_rooms() r on r.code = f.code` : empty}
       where ${
         q
           ? sql`(p.name ilike ${like} or p.city ilike ${like} or p.code ilike ${like}
           or replace(p.code, '-', '') ilike ${code && `%${code}%`} or f.whatsapp like ${phone && `%${phone}%`})`
           : sql`true`
       }),
    page as (
      select * from own ${cursor ? sql`where (key, code) > (${from}, ${cursor[1]})` : empty}
       order by key, code ${limit(clientPageSize + 1)})
    select page.code, page.name, page.city, page.tier, page."shadowAllowed", page.suspended, page.whatsapp,
      page."lastActing", page."lastOrder", r.room, page.key::text as key
      from page left join app.client_rooms(array(select code from page)) r on r.code = page.code
     order by page.key, page.code`);
  const shown = rows.slice(0, clientPageSize);
  const last = shown.at(-1);
  return {
    stores: shown.map(({ key: _, ...store }) => store),
    next: rows.length > clientPageSize && last ? encodeCursor([last.key, last.code]) : null,
  };
}

/** One of his stores. Throws NotFound for any other. */
export const findStore = (db: Db, code: string) =>
  db.one<Store>(sql`
    select ${columns} from app.assignments g join app.partners p on p.id = g.partner_id
     where g.salesman_id = (select private.viewer_id()) and p.code = ${code}`);
