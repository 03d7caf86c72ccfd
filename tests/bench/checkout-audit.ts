import type { System } from "./system.ts";

export type Audit = { orders: number; numbers: number; lines: number; cartItems: number; wrongHolds: number };

/**
 * What is in the books. `wrongHolds`: articles of which more or fewer pieces are held than orders unknown to the stock
 * snapshot took.
 */
export async function auditOrders({ admin }: System): Promise<Audit> {
  const { rows } = await admin.query<Audit>(`
    select (select count(*) from app.orders)::int as orders, (select count(distinct number)
      from app.orders)::int as numbers,
           (select count(*) from app.order_lines)::int as lines,
             (select count(*) from app.cart_items)::int as "cartItems",
           (select count(*) from app.product_stock s
              left join (select l.product_id, sum(l.quantity - l.preorder) as pieces
                           from app.orders o join app.order_lines l on l.order_id = o.id, app.feeds f
                          where f.name = 'stock' and o.status not in ('REJECTED', 'CANCELLED')
                            and (o.sync_status <> 'SYNCED' or o.synced_at >= f.as_of)
                          group by l.product_id) taken on taken.product_id = s.product_id
             where s.held <> coalesce(taken.pieces, 0))::int as "wrongHolds"`);
  return rows[0]!;
}
