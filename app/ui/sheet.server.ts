import { writeXlsxStream } from "hucre/xlsx";

/** A column of a table that is saved: its heading, and what stands under it. */
export type SheetColumn<Row> = {
  heading: string;
  value: (row: Row) => unknown;
  /** Whole rupiah, or a moment, which is written as the clock of Jakarta (WIB) has it. */
  as?: "rupiah" | "moment";
  /** In characters. */
  width?: number;
};

const formats = { rupiah: "#,##0", moment: "yyyy-mm-dd hh:mm:ss" };

export const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/**
 * A workbook of one table, made as fast as it is read and no faster; the same rows give the same bytes. Its first row
 * stays in sight. Numbers and moments are such for the reader's Excel, whatever his country's signs; text is always
 * text, so that nothing in it runs as a formula.
 */
export async function* sheet<Row>(
  name: string,
  columns: Array<SheetColumn<Row>>,
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<Buffer> {
  const written = writeXlsxStream(cellsOf(columns, rows), {
    name,
    columns: columns.map(({ heading, as, width = 16 }) => ({ header: heading, numFmt: as && formats[as], width })),
    freezePane: { rows: 1 },
  });
  for await (const chunk of written) yield Buffer.from(chunk);
}

async function* cellsOf<Row>(columns: Array<SheetColumn<Row>>, rows: Iterable<Row> | AsyncIterable<Row>) {
  for await (const row of rows)
    yield columns.map(({ value, as }) => (as === "moment" ? serial(value(row)) : cell(value(row))));
}

function cell(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  return cellText(typeof value === "string" ? value : JSON.stringify(value));
}

/** A moment as the days since 1899 that a spreadsheet counts, in Jakarta's time. */
export function serial(moment: unknown): number | null {
  if (typeof moment !== "string" && !(moment instanceof Date)) return null;
  return (new Date(moment).getTime() + 7 * 3_600_000) / 86_400_000 + 25_569;
}

const most = 32_767;

// Excel opens no file with a cell that is longer, or with characters that XML has no place for, and takes "_x0041_" for
// an A.
function cellText(text: string): string {
  const clean = text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
    .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");
  return clean.length > most ? `${clean.slice(0, most - 1).replace(/\p{Cs}$/u, "")}…` : clean;
}
