import type { IncomingMessage } from "node:http";
import type { AppLoadContext } from "@remix-run/node";
import { spanned } from "#app/trace.ts";
import type { Routes } from "./routes.ts";

type Handling = {
  handle: (request: Request, context: AppLoadContext) => Promise<Response>;
  origin: string;
  routes?: Routes;
};

/** Has Remix answer, and how long that takes measured where somebody measures. */
export function handled(
  request: IncomingMessage,
  body: Buffer | null,
  context: AppLoadContext,
  { handle, origin, routes }: Handling,
): Promise<Response> {
  const { method, url = "" } = request;
  const route = routes?.patternOf(url.split("?", 1)[0]!);
  return spanned(`${method} ${route ?? "page"}`, "request", { method, route }, async (note) => {
    const result = await handle(webRequest(request, body, origin), context);
    note({ status: result.status });
    return result;
  });
}

/**
 * The request as Remix reads it. Its address is built on APP_URL (`origin`), never on the Host header, which a visitor
 * can choose.
 */
export function webRequest(request: IncomingMessage, body: Buffer | null, origin: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(":"))
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  // Remix compares Origin with these; the gate has already judged it.
  headers.delete("x-forwarded-host");
  const from = request.headers.origin; // "null" from a sandboxed page, or anything at all on a GET.
  headers.set("host", new URL(from && URL.canParse(from) ? from : origin).host);
  const init: RequestInit = { method: request.method, headers };
  if (body && body.length > 0) init.body = new Uint8Array(body);
  return new Request(new URL(request.url ?? "/", origin), init);
}
