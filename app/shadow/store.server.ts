import sql, { empty } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { Tier } from "#app/accounts/viewer.ts";

export type Store = {
  code: string;
  name: string;
  city: string;
  tier: Tier;
  shadowAllowed: boolean;
  /** Its account is suspended: nobody acts for it. */
  suspended: boolean;
  /** When the salesman last worked as this store. */
  lastActing: Date | null;
};

const stores = sql`
  select p.code, p.name, p.city, p.tier, p.shadow_allowed as "shadowAllowed",
    p.code in (select app.suspended_clients()) as suspended,
         (select max(s.started_at) from app.acting_sessions s where s.salesman_id = g.salesman_id
           and s.partner_id = p.id) as "lastActing"
    from app.assignments g join app.partners p on p.id = g.partner_id
   where g.salesman_id = (select private.viewer_id())`;

/** A salesman's own stores by name, 50 at most; `q` looks in name, city and code. */
export function listStores(db: Db, q: string) {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return db.many<Store>(sql`
    ${stores} ${q ? sql`and (p.name ilike ${like} or p.city ilike ${like} or p.code ilike ${like})` : empty}
    order by p.name, p.code limit 50`);
}

/** One of his stores. Throws NotFound for any other. */
export const findStore = (db: Db, code: string) => db.one<Store>(sql`${stores} and p.code = ${code}`);
