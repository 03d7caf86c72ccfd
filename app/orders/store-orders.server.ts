import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import type { OrderRow } from "./row.ts";
import { orderColumns, placedByCode } from "./orders.server.ts";

/** A store's newest orders, for staff. `code`: of the store. */
export const listOrdersOfStore = async (db: Db, code: string, most: number) =>
  (
    await db.many<OrderRow & { placedByCode: string }>(sql`
    select ${orderColumns}, ${placedByCode} from app.orders o
     where o.partner_id = (select id from app.partners where code = ${/^PTR-\d{4,6}$/.test(code) ? code : ""}
       and (select private.viewer_is_staff()))
     order by o.id desc ${limit(most)}`)
  ).map(({ id: _, reason: __, over: ___, ...row }) => row);
