import fs from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import sirv from "sirv";

export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Serves the built client folder. Files below /assets carry a hash in their name and may be kept for
 * ever; the rest (icons, pictures) for an hour. A .br or .gz written beside a file at build is used.
 */
export function staticFiles(folder: string): Middleware {
  if (!fs.existsSync(folder)) return (_request, _response, next) => next();
  const serve = sirv(folder, {
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders(response, file) {
      const immutable = path.posix.normalize(file).startsWith("/assets/");
      response.setHeader("cache-control", immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600");
    },
  });
  return (request, response, next) => {
    // The library would give what is no range to the file system. Without it the whole file is the answer.
    if (!isRange(request.headers.range)) delete request.headers.range;
    // A file that was there when this process started and is gone (another build laid over it) ends this answer alone:
    // the library listens to no error of what it reads, and one that nobody listens to ends the process.
    response.once("pipe", (file) => file.once("error", () => response.destroy()));
    serve(request, response, next);
  };
}

function isRange(text = ""): boolean {
  const [, from, to] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(text) ?? [];
  return from !== undefined && (to === "" || Number(to) >= Number(from));
}
