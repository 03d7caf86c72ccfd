import type { IncomingMessage } from "node:http";

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
