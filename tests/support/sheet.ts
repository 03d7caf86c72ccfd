import { buffer } from "node:stream/consumers";
import { type Entry, fromBuffer } from "yauzl";
import { ZipFile } from "yazl";

/** The files of an archive, by name and in order. */
export function unzip(archive: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return reject(error);
      const files = new Map<string, Buffer>();
      zip.on("entry", (entry: Entry) =>
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          void buffer(stream).then((content) => (files.set(entry.fileName, content), zip.readEntry()), reject);
        }),
      );
      zip.on("end", () => resolve(files)).on("error", reject);
      zip.readEntry();
    });
  });
}

/** An archive of these files, in their order. */
export function rezip(files: Map<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of files) zip.addBuffer(content, name);
  zip.end();
  return buffer(zip.outputStream);
}

type Cell = string | number | boolean | null;

const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'" };
const plain = (xml: string) =>
  xml
    .replace(/&(?:lt|gt|amp|quot|apos);/g, (entity) => entities[entity]!)
    .replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const attribute = (xml: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(xml)?.[1];

/**
 * What a spreadsheet sees in a workbook of one table: its cells, how many rows stay in sight, and the format of each
 * column. Read by its XML and not by what wrote it; a formula is an error.
 */
export async function readSheet(workbook: Buffer): Promise<{ rows: Cell[][]; frozen: number; formats: string[] }> {
  const files = await unzip(workbook);
  const table = files.get("xl/worksheets/sheet1.xml")!.toString();
  const styles = files.get("xl/styles.xml")!.toString();
  if (/<f[ >]/.test(table)) throw new Error("There is a formula.");
  const codes = new Map(
    [...styles.matchAll(/<numFmt [^>]*>/g)].map(([xml]) => [attribute(xml, "numFmtId"), attribute(xml, "formatCode")]),
  );
  const cells = /<cellXfs.*?<\/cellXfs>/s.exec(styles)![0];
  const used = [...cells.matchAll(/<xf [^>]*>/g)].map(([xml]) => plain(codes.get(attribute(xml, "numFmtId")) ?? ""));
  const formats: string[] = [];
  const rows = [...table.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
    const found: Cell[] = [];
    for (const [, head, , content = ""] of row!.matchAll(/<c ([^>]*?)(\/>|>(.*?)<\/c>)/gs)) {
      const column = columnOf(attribute(head!, "r")!);
      formats[column] = used[Number(attribute(head!, "s") ?? 0)]!;
      while (found.length < column) found.push(null);
      found[column] = cellOf(attribute(head!, "t"), content);
    }
    return found;
  });
  return { rows, frozen: Number(attribute(/<pane [^>]*>/.exec(table)?.[0] ?? "", "ySplit") ?? 0), formats };
}

const columnOf = (ref: string) =>
  [...ref.replace(/\d/g, "")].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

function cellOf(type: string | undefined, xml: string): Cell {
  const value = /<v>(.*?)<\/v>/s.exec(xml)?.[1];
  if (type === "inlineStr") return plain(/<t[^>]*>(.*?)<\/t>/s.exec(xml)?.[1] ?? "");
  if (type === "b") return value === "1";
  if (type !== undefined) throw new Error(`A cell of type ${type}.`);
  return value === undefined ? null : Number(value);
}
