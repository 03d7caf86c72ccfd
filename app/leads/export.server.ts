import type { Db } from "#app/db/transaction.server.ts";
import { csvMark, csvRecord } from "#app/ui/csv.ts";
import { formatNumber } from "#app/ui/format.ts";
import { sheet, type SheetColumn } from "#app/ui/sheet.server.ts";
import { messages, type Lang } from "#app/words.ts";
import { answers, type ExportFormat, exportMost, filterAsCodes, type LeadFilter } from "./lead.ts";
import { type LeadRow, listLeads, noteExported } from "./lead.server.ts";

/** The leads of a list, as many as a file holds; `cut`: there are more. */
export type Exported = { leads: LeadRow[]; cut: boolean };

/** Reads what a file will hold, and tells the trail in the same transaction. Errors: DENIED without the right. */
export async function exportLeads(db: Db, format: ExportFormat, filter: LeadFilter): Promise<Exported> {
  const { leads: found, next } = await listLeads(db, { ...filter, after: null }, exportMost);
  // Whose person wants nobody to work on it is in no file.
  const leads = found.filter(({ restricted }) => !restricted);
  const cut = next !== null;
  await noteExported(db, format.toUpperCase(), leads.length, cut, filterAsCodes(filter));
  return { leads, cut };
}

/** The file, made while it is taken. One that does not hold all leads says so in its last row. */
export const leadFile = (format: ExportFormat, exported: Exported, lang: Lang): AsyncGenerator<Buffer> =>
  format === "xlsx" ? workbook(exported, lang) : csv(exported, lang);

function workbook({ leads, cut }: Exported, lang: Lang) {
  const t = messages(lang).leads;
  const columns: Array<SheetColumn<LeadRow>> = [
    { heading: t.number, value: ({ number }) => number, width: 18 },
    { heading: t.receivedAt, value: ({ receivedAt }) => receivedAt, as: "moment", width: 20 },
    { heading: t.state, value: ({ state }) => t.states[state] },
    ...answers.map((name) => ({ heading: t.form[name], value: (row: LeadRow) => shown(row, name, t), width: 24 })),
  ];
  const note = t.cut(formatNumber(leads.length, lang));
  return sheet<LeadRow | null>(
    t.title,
    columns.map((column, at) => ({
      ...column,
      value: (row: LeadRow | null) => (row ? column.value(row) : at === 0 ? note : null),
    })),
    cut ? [...leads, null] : leads,
  );
}

function shown(row: LeadRow, name: (typeof answers)[number], t: ReturnType<typeof messages>["leads"]) {
  if (name === "salon_type") return row.salon_type && t.salonTypes[row.salon_type];
  if (name === "monthly_spend_range") return row.monthly_spend_range && t.spendRanges[row.monthly_spend_range];
  return row[name];
}

// For programs: codes, moments by ISO 8601.
const programs: Array<[heading: string, value: (row: LeadRow) => unknown]> = [
  ["number", ({ number }) => number],
  ["receivedAt", ({ receivedAt }) => receivedAt.toISOString()],
  ["state", ({ state }) => state],
  ...answers.map((name): [string, (row: LeadRow) => unknown] => [name, (row) => row[name]]),
];

async function* csv({ leads, cut }: Exported, lang: Lang) {
  yield Buffer.from(csvMark + csvRecord(programs.map(([heading]) => heading)));
  for (let at = 0; at < leads.length; at += 500)
    yield Buffer.from(
      leads
        .slice(at, at + 500)
        .map((row) => csvRecord(programs.map(([, value]) => value(row))))
        .join(""),
    );
  const note = messages(lang).leads.cut(formatNumber(leads.length, lang));
  if (cut) yield Buffer.from(csvRecord(programs.map((_, at) => (at === 0 ? note : null))));
}
