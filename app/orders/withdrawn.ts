import sql, { type Sql } from "sql-template-tag";

/** Articles of an order that are no longer sold, by name. */
export const withdrawnOf = (order: Sql) => sql`
  array(select l.name from app.order_lines l left join app.products a on a.id = l.product_id and a.active
    where l.order_id = ${order} and a.id is null order by l.line_no)`;
