import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { Slip } from "./slip.ts";

/** The slips of these orders, in the order in which they are named; what is no order is left out. For staff alone. */
export const listSlips = (db: Db, numbers: string[]) =>
  db.many<Slip>(sql`
    select o.number, o.created_at as "placedAt", o.status, o.held, o.note, p.name as "storeName", p.code as "storeCode",
      p.city, r.name as region, c.owner_whatsapp as whatsapp, d.name as "subDistributor",
      exists (select from app.reconcile_results x
               where x.order_id = o.id and x.resolved_at is null and x.result <> 'CONFIRMED') as undecided,
      (select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'unit', l.unit,
                'quantity', l.quantity, 'preorder', l.preorder) order by l.line_no), '[]')
         from app.order_lines l where l.order_id = o.id) as lines
      from app.orders o join app.partners p on p.id = o.partner_id
      left join app.regions r on r.code = p.region_code
      left join app.partner_contacts c on c.partner_id = p.id
      left join app.sub_distributors d on d.id = o.routed_to
     where o.number = any (${numbers}::text[]) and (select private.viewer_is_staff())
     order by array_position(${numbers}::text[], o.number)`);
