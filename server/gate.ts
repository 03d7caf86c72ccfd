import type { IncomingMessage } from "node:http";
import { type Refusal, refusals } from "./refusal-page.ts";

/** The largest form of ours is a cart of a few KB. */
export const bodyLimit = 64 * 1024;

/** How much of a body that is too large is read and thrown away, so that the sender still sees our answer. */
const drainLimit = 4 * 1024 * 1024;

/**
 * Judged by its signature instead of by where it comes from: another company's server sends it, and no cookie counts
 * there.
 */
const signed = new Set(["/webhooks/resend", "/webhooks/uptime"]);

/**
 * What is wrong with the address or the sender, or null. Nothing of the body is read. `withScripts`: the pages are an
 * application in the browser.
 */
export function refuseHead(request: IncomingMessage, appOrigin: string, withScripts = false): Refusal | null {
  if (!methods.has(request.method ?? "")) return refusals.unknownMethod;
  if (isMalformed(request.url ?? "")) return refusals.malformed;
  if (!withScripts && isForScripts(new URL(request.url ?? "/", appOrigin))) return refusals.notThere;
  if (isChange(request) && !signed.has(request.url ?? "") && isForeign(request, appOrigin)) return refusals.foreign;
  return null;
}

/**
 * The body of a POST, "too large", or "cut off" when its sender went away. The declared and the real length are both
 * held to the limit.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | "too large" | "cut off"> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > drainLimit) return "too large";
  const parts: Buffer[] = [];
  let length = 0;
  try {
    const sent: AsyncIterable<Buffer> = request;
    for await (const part of sent) {
      length += part.length;
      if (length > drainLimit) return "too large";
      if (length <= bodyLimit) parts.push(part);
    }
  } catch {
    return "cut off"; // Reading a socket fails for nothing else; what was sent until then is no form.
  }
  return length > bodyLimit ? "too large" : Buffer.concat(parts);
}

const methods = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);

/** Anything that is not a plain read. */
export const isChange = ({ method }: IncomingMessage) => !["GET", "HEAD", "OPTIONS"].includes(method ?? "GET");

/**
 * Remix answers these for its own script in the browser: a page's data without the page, and its map of routes. Our
 * pages have no such script, and whoever asks for data by hand gets more than a page shows, or an error that nobody
 * made.
 */
const isForScripts = ({ pathname, searchParams }: URL) =>
  pathname.endsWith(".data") || searchParams.has("_data") || pathname === "/__manifest";

function isMalformed(url: string) {
  // "//host" and backslashes would be read as another host by some; NUL is refused by Postgres with an error.
  if (!url.startsWith("/") || url.startsWith("//") || url.includes("\\") || /%00/.test(url)) return true;
  try {
    decodeURIComponent(url.split("?", 1)[0]!);
    return false;
  } catch {
    return true;
  }
}

/**
 * Browsers always say where a form comes from, in Origin, Sec-Fetch-Site or both. A client that sends
 * neither is not a browser, so it carries nobody's cookies unknowingly.
 */
export function isForeign({ headers }: IncomingMessage, appOrigin: string) {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const { origin } = headers;
  if (origin === undefined || origin === appOrigin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.host;
}
