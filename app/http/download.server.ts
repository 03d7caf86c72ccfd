import { ReadableStream } from "node:stream/web";

/** What a file for saving says of itself. The name is ours: letters, digits, hyphens and points. */
export const downloadHeaders = (name: string, type: string) => ({
  "content-type": type,
  "content-disposition": `attachment; filename="${name}"`,
  "cache-control": "private, no-store",
});

/** A file for saving that is made while it is taken; the server passes it on as it comes. */
export const download = (name: string, type: string, bytes: AsyncIterable<Buffer>): Response =>
  new Response(ReadableStream.from(bytes) as unknown as BodyInit, { headers: downloadHeaders(name, type) });
