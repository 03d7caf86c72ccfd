import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { csvMark, csvRecord } from "#app/ui/csv.ts";
import { formatNumber } from "#app/ui/format.ts";
import { sheet } from "#app/ui/sheet.server.ts";
import { messages, type Lang } from "#app/words.ts";
import { type ExportFormat, exportMost, filterAsCodes, peoplesColumns, programsColumns } from "./export.ts";
import { listStaffOrders, type StaffOrderRow } from "./staff-orders.server.ts";
import type { OrderFilter } from "./staff.ts";

/** The orders of a list from its beginning, as many as a file holds; `cut`: there are more. */
export type Exported = { orders: StaffOrderRow[]; cut: boolean };

/**
 * Reads what a file will hold, and tells the trail in the same transaction. Errors: DENIED for all but staff.
 *
 * @param most for tests: as many as a file holds.
 */
export async function exportOrders(
  db: Db,
  format: ExportFormat,
  filter: OrderFilter,
  most = exportMost,
): Promise<Exported> {
  const { orders, next } = await listStaffOrders(db, { ...filter, after: null }, { most });
  const cut = next !== null;
  await db.one(sql`
    select app.note_orders_exported(${format.toUpperCase()}, ${orders.length}, ${cut},
      ${JSON.stringify(filterAsCodes(filter))}::jsonb)`);
  return { orders, cut };
}

/** The file, made while it is taken. One that does not hold all orders says so in its last row. */
export const orderFile = (format: ExportFormat, exported: Exported, lang: Lang): AsyncGenerator<Buffer> =>
  format === "xlsx" ? workbook(exported, lang) : csv(exported, lang);

function workbook({ orders, cut }: Exported, lang: Lang) {
  const t = messages(lang);
  const [number, ...rest] = peoplesColumns(t);
  const note = t.orders.saved.cut(formatNumber(orders.length, lang));
  return sheet<StaffOrderRow | null>(
    t.orders.list.title,
    [
      { ...number!, value: (row) => (row ? number!.value(row) : note) },
      ...rest.map((column) => ({ ...column, value: (row: StaffOrderRow | null) => row && column.value(row) })),
    ],
    cut ? [...orders, null] : orders,
  );
}

async function* csv({ orders, cut }: Exported, lang: Lang) {
  yield Buffer.from(csvMark + csvRecord(programsColumns.map(([heading]) => heading)));
  for (let at = 0; at < orders.length; at += 500) {
    const page = orders.slice(at, at + 500);
    yield Buffer.from(page.map((row) => csvRecord(programsColumns.map(([, value]) => value(row)))).join(""));
  }
  const note = messages(lang).orders.saved.cut(formatNumber(orders.length, lang));
  if (cut) yield Buffer.from(csvRecord(programsColumns.map((_, at) => (at === 0 ? note : null))));
}
