import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { OrderStatus } from "./order.ts";
import type { NotMoved, StepTogether } from "./several.ts";

export type MoveRow = {
  number: string;
  status: OrderStatus;
  total: number;
  /** What is in the way of each step; null: nothing. */
  hurdles: Record<StepTogether, NotMoved | null>;
  /** Who put it where it stands. */
  by: string | null;
  storeName: string;
  storeCode: string;
};

/** What each step would do to several orders; what is no order is left out. Errors: DENIED for all but admins. */
export const lookAtMoves = (db: Db, numbers: string[]) =>
  db.many<MoveRow>(sql`
    select l.number, l.status, l.total, l.hurdles, l.by, p.name as "storeName", p.code as "storeCode"
      from app.look_at_moves(${numbers}) l
      join app.orders o on o.number = l.number join app.partners p on p.id = o.partner_id
     order by o.id desc`);

/**
 * Moves several along, each as it was seen; `left` names those that changed meanwhile or cannot be moved. Errors:
 * TOO_MANY, BAD_INPUT, TOO_LONG, DENIED.
 */
export async function moveOrders(
  db: Db,
  items: Array<{ number: string; status: string; total: number }>,
  to: StepTogether,
  note: string,
) {
  const { outcome } = await db.one<{ outcome: { moved: string[]; left: Array<{ number: string; why: NotMoved }> } }>(
    sql`select app.move_orders(${JSON.stringify(items)}::jsonb, ${to}, ${note}) as outcome`,
  );
  return outcome;
}
