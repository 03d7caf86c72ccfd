import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import type { Tier } from "#app/accounts/viewer.ts";
import type { ActingEnd } from "#app/shadow/acting.ts";
import type { Allowance } from "#app/shadow/consent.ts";
import { shownOfStore, type StoreFigures, storeCode } from "./store.ts";

export type Store = {
  code: string;
  name: string;
  city: string;
  tier: Tier;
  salonType: "BARBER" | "BRIDAL" | "UNISEX" | "OTHER";
  chairs: number;
  specialisation: string;
  since: Date;
  /** Of the account that it signs in with. */
  account: string;
  status: "ACTIVE" | "SUSPENDED";
  email: string | null;
  whatsapp: string | null;
  region: string | null;
  subDistributor: string | null;
  subDistributorWhatsapp: string | null;
};
export type StoreSalesman = { code: string; name: string; status: "ACTIVE" | "SUSPENDED"; since: Date };
export type StoreSession = {
  salesman: string;
  salesmanCode: string;
  reason: string;
  startedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  endedReason: ActingEnd | null;
  orders: number;
  total: number;
};

const known = (code: string) => (storeCode.test(code) ? code : "");
const idOf = (code: string) =>
  sql`(select id from app.partners where code = ${known(code)} and (select private.viewer_is_staff()))`;

/** A store for staff: who it is, how it is reached, whom its orders go to. Throws NotFound, for everybody else too. */
export const findStore = (db: Db, code: string) =>
  db.one<Store>(sql`
    select p.code, p.name, p.city, p.tier, p.salon_type as "salonType", p.chairs, p.specialisation,
      p.created_at as since, a.code as account, a.status, c.owner_email as email, c.owner_whatsapp as whatsapp,
      r.name as region, d.name as "subDistributor", d.whatsapp as "subDistributorWhatsapp"
      from app.partners p join app.accounts a on a.id = p.account_id
      left join app.partner_contacts c on c.partner_id = p.id
      left join app.regions r on r.code = p.region_code
      left join app.sub_distributors d on d.region_code = p.region_code and d.active
     where p.id = ${idOf(code)}`);

/** What it owes and what is left, and what salesmen may still order this month. Null for no store. Throws DENIED. */
export const findFigures = async (db: Db, code: string) =>
  (
    await db.one<{ figures: { credit: StoreFigures; allowance: Allowance } | null }>(
      sql`select app.store_figures(${known(code)}) as figures`,
    )
  ).figures;

/** The salesmen who look after it, by name. */
export const listSalesmen = (db: Db, code: string) =>
  db.many<StoreSalesman>(sql`
    select a.code, a.name, a.status, g.since from app.assignments g join app.accounts a on a.id = g.salesman_id
     where g.partner_id = ${idOf(code)} order by a.name, a.code ${limit(shownOfStore)}`);

/** Who worked in its name, newest first, and what was ordered then. */
export const listSessions = (db: Db, code: string) =>
  db.many<StoreSession>(sql`
    select a.name as salesman, a.code as "salesmanCode", s.reason, s.started_at as "startedAt",
      s.expires_at as "expiresAt", s.ended_at as "endedAt", s.ended_reason as "endedReason", o.orders, o.total
      from (select t.id, t.salesman_id, t.partner_id, t.reason, t.started_at, t.expires_at, t.ended_at, t.ended_reason
              from app.acting_sessions t
             where t.partner_id = ${idOf(code)} order by t.started_at desc ${limit(shownOfStore)}) s
      join app.accounts a on a.id = s.salesman_id
      cross join lateral (
        select count(*)::integer as orders, coalesce(sum(x.total), 0)::bigint as total from app.orders x
         where x.partner_id = s.partner_id and x.acting_session_id = s.id and x.created_at >= s.started_at) o
     order by s.started_at desc`);
