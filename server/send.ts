import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { gzipSync } from "node:zlib";
import { keptForm } from "./kept-form.ts";
import type { Outage } from "#app/http/closed.ts";
import { outagePage, outagePolicy, outageProblem, retryAfter } from "./outage-page.ts";
import { type Refusal, refusalPage, refusalPolicy, refusalProblem } from "./refusal-page.ts";

/** A download of which nobody takes a byte for so long is over. */
const idleMs = 60_000;

const compressible = /^(text\/|application\/(json|problem\+json|javascript|manifest\+json|atom\+xml|xml))|image\/svg/;

/** Seconds, where whoever refused did not say: every 429 and 503 tells when to come back. */
const usualWait: Record<number, number> = { 429: 60, 503: retryAfter.AWAY };

/** Constant, and before everything: it says that the process answers, whatever Postgres or the ERP do. */
export function sendHealth(response: ServerResponse) {
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end('{"status":"ok"}');
}

/** What goes out with an answer, whatever loader or action it comes from. */
export type More = { cookies: string[]; retryAfter?: number };

/**
 * Writes a web Response, with more cookies than it names itself. Pages are finished strings of some 20 KB, so one gzip
 * call costs far less than a streaming compressor (measured: 0.1 ms instead of 0.8 ms of CPU per page). Level 3 costs
 * what level 1 does and sends 4 % less; from level 4 on it is twice as much.
 */
export async function sendResponse(request: IncomingMessage, response: ServerResponse, answer: Response, more: More) {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (name !== "set-cookie") response.setHeader(name, value);
  const wait = more.retryAfter ?? usualWait[answer.status];
  if (answer.status in usualWait && !response.hasHeader("retry-after")) response.setHeader("retry-after", String(wait));
  const cookies = [...answer.headers.getSetCookie(), ...more.cookies];
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  // Pages and their data show one person's prices; "back" after signing out must not bring them up again.
  // A session cookie must never be kept by a cache, whatever the page says of itself.
  if (!response.hasHeader("cache-control") || cookies.length > 0)
    response.setHeader("cache-control", "private, no-store");
  if (isDownload(response) && answer.body) return sendDownload(request, response, answer.body as ReadableStream);
  const body = Buffer.from(await answer.arrayBuffer());
  if (isUnchanged(request, response, body)) response.statusCode = 304;
  send(request, response, body);
}

/** What anybody may keep gets a tag made of its bytes; who has these already is told so. */
function isUnchanged({ method, headers }: IncomingMessage, response: ServerResponse, body: Buffer): boolean {
  const isPublic = String(response.getHeader("cache-control")).startsWith("public");
  if (!isPublic || response.statusCode !== 200 || response.hasHeader("etag")) return false;
  if (method !== "GET" && method !== "HEAD") return false;
  const tag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  response.setHeader("etag", tag);
  return (headers["if-none-match"] ?? "").split(",").some((one) => one.trim() === tag);
}

const isDownload = (response: ServerResponse) =>
  String(response.getHeader("content-disposition") ?? "").startsWith("attachment");

/**
 * Passes a file on while it is made, as fast as it is taken: it may be larger than our memory, and take longer than a
 * page may. When its maker fails, the connection breaks, so that half a file never looks like a whole one.
 */
async function sendDownload(request: IncomingMessage, response: ServerResponse, body: ReadableStream) {
  if (request.method === "HEAD") {
    response.end();
    return body.cancel();
  }
  response.setTimeout(idleMs, () => response.destroy());
  try {
    await pipeline(Readable.fromWeb(body), response);
  } catch (error) {
    // That is the visitor, who went away.
    if (!(error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE")) throw error;
  }
}

/** The answer of a gate: JSON below /api, a page elsewhere. */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal, requestId: string) {
  const api = request.url?.startsWith("/api/");
  response.statusCode = refusal.status;
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", api ? "application/problem+json" : "text/html; charset=utf-8");
  response.setHeader("content-security-policy", refusalPolicy);
  // What is left of the request was not read; this connection cannot carry another one.
  if (!request.complete) response.setHeader("connection", "close");
  send(request, response, Buffer.from(api ? refusalProblem(refusal, requestId) : refusalPage(refusal, requestId)));
}

/** The answer when nobody could: 503, with what was typed. JSON below /api. `url`: as it was asked for. */
export async function sendOutage(
  request: IncomingMessage,
  response: ServerResponse,
  outage: Outage,
  asked: { url: string; body: Buffer | null; requestId: string; cookies: string[]; whatsapp?: string },
) {
  const { url, body, requestId, cookies, whatsapp } = asked;
  const api = url.startsWith("/api/");
  response.statusCode = 503;
  response.setHeader("retry-after", String(outage.closed?.retryAfter ?? retryAfter[outage.reason]));
  response.setHeader("cache-control", "private, no-store");
  response.setHeader("content-type", api ? "application/problem+json" : "text/html; charset=utf-8");
  response.setHeader("content-security-policy", outagePolicy);
  // An address can be a key out of a mail: it is told to nobody.
  response.setHeader("referrer-policy", "same-origin");
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  const lang = /(?:^|;\s*)lang=en(?:;|$)/.test(request.headers.cookie ?? "") ? "en" : "id";
  const words = api
    ? outageProblem(outage, requestId)
    : outagePage(outage, {
        method: request.method ?? "GET",
        url,
        lang,
        requestId,
        form: await keptForm(request, body),
        whatsapp,
      });
  send(request, response, Buffer.from(words));
}

function send(request: IncomingMessage, response: ServerResponse, body: Buffer) {
  if (isCompressible(response, body)) {
    response.appendHeader("vary", "accept-encoding");
    if (/\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""))) {
      response.setHeader("content-encoding", "gzip");
      body = gzipSync(body, { level: 3 });
    }
  }
  const empty = response.statusCode === 204 || response.statusCode === 304;
  if (!empty) response.setHeader("content-length", body.length);
  response.end(empty || request.method === "HEAD" ? undefined : body);
}

function isCompressible(response: ServerResponse, body: Buffer) {
  return (
    body.length > 1024 &&
    !response.hasHeader("content-encoding") &&
    compressible.test(String(response.getHeader("content-type") ?? ""))
  );
}
