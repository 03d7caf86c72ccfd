import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";

export type OpenInvoice = {
  number: string;
  order: string;
  amount: number;
  paid: number;
  dueOn: string;
  /** Days that it is over due; 0: not yet. */
  overdue: number;
};

/** A store, by its code or by the number of an order of its. */
export type WhichStore = { store: string } | { order: string };
const idOf = (which: WhichStore) =>
  "store" in which
    ? sql`select p.id from app.partners p where p.code = ${codeOr(/^PTR-\d{4,6}$/, which.store)}`
    : sql`select o.partner_id from app.orders o where o.number = ${codeOr(/^ORD-[\d-]{11,14}$/, which.order)}`;
const codeOr = (shape: RegExp, typed: string) => (shape.test(typed) ? typed : "");

/** What a store has not paid, first what was due first; for staff alone. */
export const listOpenInvoices = (db: Db, which: WhichStore, most: number) =>
  db.many<OpenInvoice>(sql`
    select i.number, o.number as order, i.amount, i.paid, i.due_on::text as "dueOn",
      greatest((now() at time zone 'Asia/Jakarta')::date - i.due_on, 0) as overdue
      from app.invoices i join app.orders o on o.id = i.order_id
     where i.partner_id = (${idOf(which)}) and (select private.viewer_is_staff())
       and i.status in ('UNPAID', 'PARTIAL')
     order by i.due_on, i.id ${limit(most)}`);
