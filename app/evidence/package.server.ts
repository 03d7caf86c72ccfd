import type { Readable } from "node:stream";
import { csvMark, csvRecord } from "#app/ui/csv.ts";
import { sheet, type SheetColumn } from "#app/ui/sheet.server.ts";
import { auditColumns, hitColumns, orderColumns, wordColumns } from "./columns.ts";
import { readme } from "./readme.ts";
import verifier from "./verify.mjs?raw";
import { type Part, type Sum, zipStream } from "./zip.server.ts";

/** What an export covers; nothing of it changes from one download to the next. Hashes are hex. */
export type Scope = {
  code: string;
  name: string;
  from: string;
  to: string;
  frozenAt: string;
  firstBatch: number;
  lastBatch: number;
  firstSeq: number;
  lastSeq: number;
  previous: string;
  head: string;
  /** PEM, one or several; null when the web was given none. */
  publicKey: string | null;
  auditRows: number;
  wordRows: number;
  orderRows: number;
  hitRows: number;
  chainRows: number;
};
export type Line = { at: number; line: string };

type Read = (after: number) => Promise<Line[]>;
type Page = { rows: number; content: string | Buffer };
type Columns<Row> = Array<[heading: string, value: (row: Row, at: number) => unknown]>;

/** Where the rows come from, a page at a time: those after a place, none at the end. */
export type Source = Record<"audit" | "words" | "orders" | "hits" | "seals", Read> & {
  chain: (after: number) => Promise<{ last: number; rows: number; lines: string } | null>;
};

/** Raised when one of the files or the way to check them changes. */
const format = "alfa-evidence/2";

/** The package of an export, as a ZIP. The same scope gives the same bytes. */
export function evidencePackage(scope: Scope, source: Source): Readable {
  const sums: Array<Sum & { rows: number | null }> = [];
  const rows = new Map<string, number>();
  const text = (name: string, content: string): Part => ({ name, content: () => [Buffer.from(content)] });
  const file = (name: string, expected: number, pages: AsyncIterable<Page>): Part => ({
    name,
    // A workbook is compressed already.
    stored: name.endsWith(".xlsx"),
    async *content() {
      let count = 0;
      for await (const page of pages) {
        count += page.rows;
        yield Buffer.from(page.content);
      }
      // Rows that are gone would make a package that is smaller than what was asked for.
      if (count !== expected) throw new Error(`${name} has ${count} rows, and ${expected} were fixed for this export.`);
      rows.set(name, count);
    },
  });
  const tables = <Row>(name: string, expected: number, read: Read, columns: Columns<Row>, line = jsonLine) => [
    file(
      `${name}.jsonl`,
      expected,
      paged(read, (page) => page.map(line).join("")),
    ),
    file(`${name}.csv`, expected, csv(read, columns)),
    file(`${name}.xlsx`, expected, workbook(name, read, columns)),
  ];
  const parts: Part[] = [
    text("README.txt", readme(scope)),
    ...tables("audit", scope.auditRows, source.audit, [["seq", (_, at) => at], ...auditColumns], sealedLine),
    ...tables("words", scope.wordRows, source.words, wordColumns),
    ...tables("orders", scope.orderRows, source.orders, orderColumns),
    ...tables("hits", scope.hitRows, source.hits, hitColumns),
    file("chain.csv", scope.chainRows, chainPages(source)),
    file(
      "seals.jsonl",
      scope.lastBatch - scope.firstBatch + 1,
      paged(source.seals, (page) => page.map(jsonLine).join("")),
    ),
    ...(scope.publicKey ? [text("public-key.pem", scope.publicKey)] : []),
    text("verify.mjs", verifier),
    { name: "manifest.json", content: () => [Buffer.from(manifest(scope, sums))] },
  ];
  return zipStream(parts, (sum) => void sums.push({ ...sum, rows: rows.get(sum.name) ?? null }));
}

const jsonLine = ({ line }: Line) => `${line}\n`;
const sealedLine = ({ at, line }: Line) => `{"seq":${at},"row":${line}}\n`;

async function* paged(read: Read, write: (page: Line[]) => string): AsyncGenerator<Page> {
  for (let page = await read(0); page.length > 0; page = await read(page.at(-1)!.at))
    yield { rows: page.length, content: write(page) };
}

async function* csv<Row>(read: Read, columns: Columns<Row>): AsyncGenerator<Page> {
  yield { rows: 0, content: csvMark + csvRecord(columns.map(([heading]) => heading)) };
  yield* paged(read, (page) =>
    page
      .map(({ at, line }) => {
        const row = JSON.parse(line) as Row;
        return csvRecord(columns.map(([, value]) => value(row, at)));
      })
      .join(""),
  );
}

async function* workbook<Row>(name: string, read: Read, columns: Columns<Row>): AsyncGenerator<Page> {
  let rows = 0;
  async function* each() {
    for (let page = await read(0); page.length > 0; page = await read(page.at(-1)!.at)) {
      rows += page.length;
      yield* page.map(({ at, line }) => ({ at, row: JSON.parse(line) as Row }));
    }
  }
  for await (const content of sheet(name, columns.map(sheetColumn), each())) yield { rows: 0, content };
  yield { rows, content: "" };
}

function sheetColumn<Row>([heading, value]: Columns<Row>[number]): SheetColumn<{ at: number; row: Row }> {
  const read = ({ at, row }: { at: number; row: Row }) => value(row, at);
  if (/^at$|At$/.test(heading)) return { heading: `${heading} (WIB)`, value: read, as: "moment", width: 20 };
  return { heading, value: read, as: heading === "total" ? "rupiah" : undefined, width: 20 };
}

async function* chainPages({ chain }: Source): AsyncGenerator<Page> {
  yield { rows: 0, content: "seq,digest\r\n" };
  for (let page = await chain(0); page; page = await chain(page.last)) yield { rows: page.rows, content: page.lines };
}

function manifest(scope: Scope, files: Array<Sum & { rows: number | null }>): string {
  const { code, name, from, to, frozenAt, firstBatch, lastBatch, firstSeq, lastSeq, previous, head } = scope;
  return `${JSON.stringify(
    {
      format,
      subject: { code, name },
      period: { from, to, timeZone: "Asia/Jakarta" },
      frozenAt,
      chain: { firstBatch, lastBatch, firstSeq, lastSeq, previous, head },
      files,
    },
    null,
    2,
  )}\n`;
}
