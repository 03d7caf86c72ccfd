import type { Readable } from "node:stream";
import { auditColumns, hitColumns, orderColumns, wordColumns } from "./columns.ts";
import { csvMark, csvRecord } from "./csv.ts";
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

/** Where the rows come from, a page at a time: those after a place, none at the end. */
export type Source = Record<"audit" | "words" | "orders" | "hits" | "seals", (after: number) => Promise<Line[]>> & {
  chain: (after: number) => Promise<{ last: number; rows: number; lines: string } | null>;
};

/** Raised when one of the files or the way to check them changes. */
const format = "alfa-evidence/1";

/** The package of an export, as a ZIP. The same scope gives the same bytes. */
export function evidencePackage(scope: Scope, source: Source): Readable {
  const sums: Array<Sum & { rows: number | null }> = [];
  const rows = new Map<string, number>();
  const text = (name: string, content: string): Part => ({ name, content: () => [Buffer.from(content)] });
  const file = (name: string, expected: number | null, pages: AsyncIterable<{ rows: number; text: string }>): Part => ({
    name,
    async *content() {
      let count = 0;
      for await (const page of pages) {
        count += page.rows;
        yield Buffer.from(page.text);
      }
      // Rows that are gone would make a package that is smaller than what was asked for.
      if (expected !== null && count !== expected)
        throw new Error(`${name} has ${count} rows, and ${expected} were fixed for this export.`);
      rows.set(name, count);
    },
  });
  const parts: Part[] = [
    text("README.txt", readme(scope)),
    file(
      "audit.jsonl",
      scope.auditRows,
      paged(source.audit, (page) => page.map(({ at, line }) => `{"seq":${at},"row":${line}}\n`).join("")),
    ),
    file("audit.csv", scope.auditRows, table(source.audit, [["seq", (_, at) => at], ...auditColumns])),
    file("words.jsonl", scope.wordRows, paged(source.words, jsonLines)),
    file("words.csv", scope.wordRows, table(source.words, wordColumns)),
    file("orders.jsonl", scope.orderRows, paged(source.orders, jsonLines)),
    file("orders.csv", scope.orderRows, table(source.orders, orderColumns)),
    file("hits.jsonl", scope.hitRows, paged(source.hits, jsonLines)),
    file("hits.csv", scope.hitRows, table(source.hits, hitColumns)),
    file("chain.csv", scope.chainRows, chainPages(source)),
    file("seals.jsonl", scope.lastBatch - scope.firstBatch + 1, paged(source.seals, jsonLines)),
    ...(scope.publicKey ? [text("public-key.pem", scope.publicKey)] : []),
    text("verify.mjs", verifier),
    { name: "manifest.json", content: () => [Buffer.from(manifest(scope, sums))] },
  ];
  return zipStream(parts, (sum) => void sums.push({ ...sum, rows: rows.get(sum.name) ?? null }));
}

const jsonLines = (page: Line[]) => page.map(({ line }) => `${line}\n`).join("");

async function* paged(read: (after: number) => Promise<Line[]>, write: (page: Line[]) => string) {
  for (let page = await read(0); page.length > 0; page = await read(page.at(-1)!.at))
    yield { rows: page.length, text: write(page) };
}

async function* table<Row>(
  read: (after: number) => Promise<Line[]>,
  columns: Array<[string, (row: Row, at: number) => unknown]>,
) {
  yield { rows: 0, text: csvMark + csvRecord(columns.map(([heading]) => heading)) };
  yield* paged(read, (page) =>
    page
      .map(({ at, line }) => {
        const row = JSON.parse(line) as Row;
        return csvRecord(columns.map(([, value]) => value(row, at)));
      })
      .join(""),
  );
}

async function* chainPages({ chain }: Source) {
  yield { rows: 0, text: "seq,digest\r\n" };
  for (let page = await chain(0); page; page = await chain(page.last)) yield { rows: page.rows, text: page.lines };
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
