import sql, { empty } from "sql-template-tag";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
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

export type InvoiceState = "UNPAID" | "PARTIAL" | "PAID" | "CANCELLED";
export type ListedInvoice = OpenInvoice & { id: number; store: string; status: InvoiceState; issuedOn: string };
export type InvoiceFilter = { status: InvoiceState | null; store: string | null; after: string | null };
const invoicePage = 50;
const inState = {
  UNPAID: sql`and i.status = 'UNPAID'`,
  PARTIAL: sql`and i.status = 'PARTIAL'`,
  PAID: sql`and i.status = 'PAID'`,
  CANCELLED: sql`and i.status = 'CANCELLED'`,
};

/**
 * Invoices, newest first, 50 a page: of the viewer's store; for staff of one store or of all. Whoever is neither gets
 * none.
 */
export async function listInvoices(
  db: Db,
  { status, store, after }: InvoiceFilter,
): Promise<{ invoices: ListedInvoice[]; next: string | null }> {
  const place = decodeCursor(after, "id");
  // Named here although RLS says it too: an OR of policies finds no index, this does.
  const whose = store
    ? sql`i.partner_id = (${idOf({ store })})`
    : sql`((select private.viewer_is_staff()) or i.partner_id = (select private.viewer_partner()))`;
  const rows = await db.many<ListedInvoice>(sql`
    select i.id, i.number, o.number as order, p.code as store, i.amount, i.paid, i.status, i.due_on::text as "dueOn",
      (i.issued_at at time zone 'Asia/Jakarta')::date::text as "issuedOn",
      case when i.status in ('UNPAID', 'PARTIAL')
        then greatest((now() at time zone 'Asia/Jakarta')::date - i.due_on, 0) else 0 end as overdue
      from app.invoices i join app.orders o on o.id = i.order_id join app.partners p on p.id = i.partner_id
     where ${whose} ${status ? inState[status] : empty} ${place ? sql`and i.id < ${place[0]}::bigint` : empty}
     order by i.id desc ${limit(invoicePage + 1)}`);
  const invoices = rows.slice(0, invoicePage);
  const last = invoices.at(-1);
  return { invoices, next: rows.length > invoicePage && last ? encodeCursor([last.id]) : null };
}
