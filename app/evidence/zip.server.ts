import { createHash } from "node:crypto";
import { type PassThrough, Readable } from "node:stream";
import { ZipFile } from "yazl";

export type Sum = { name: string; bytes: number; sha256: string };
/** A file of an archive, made when its turn comes; `stored`: it is not compressed again. */
export type Part = { name: string; stored?: boolean; content: () => AsyncIterable<Buffer> | Iterable<Buffer> };

// The same for every archive, so that the same parts give the same bytes. DOS times have no zone: this is midnight
// wherever it is made.
const fixed = ({ stored = false }: Part) => ({
  mtime: new Date(1980, 0, 2),
  forceDosTimestamp: true,
  mode: 0o100644,
  ...(stored ? { compress: false } : { compressionLevel: 6 }),
});

/**
 * An archive of the parts in their order, made as fast as it is read and no faster: one page of one part is in memory.
 * A part that fails breaks the stream off, before the directory without which nothing opens an archive.
 *
 * @param done told of each part when it is through: what comes later can list what went before.
 */
export function zipStream(parts: Part[], done: (sum: Sum) => void): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as PassThrough;
  let reading: Readable | undefined;
  for (const part of parts) {
    zip.addReadStreamLazy(part.name, fixed(part), (hand) => {
      reading = Readable.from(measured(part, done), { highWaterMark: 1 });
      reading.once("error", (error) => output.destroy(error));
      hand(null, reading);
    });
  }
  zip.once("error", (error: Error) => output.destroy(error));
  output.once("close", () => reading?.destroy());
  zip.end();
  return output;
}

async function* measured({ name, content }: Part, done: (sum: Sum) => void): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of content()) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  done({ name, bytes, sha256: hash.digest("hex") });
}
