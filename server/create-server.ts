import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AppLoadContext } from "@remix-run/node";
import type { Logger } from "pino";
import type { Outage } from "#app/http/closed.ts";
import { loggedError } from "#app/http/logged-error.ts";
import { onBehalfOf, requestIdFrom } from "#app/trace.ts";
import { clientIp } from "./client-ip.ts";
import { counted, noteAnswer } from "./counted.ts";
import { isChange, readBody, refuseHead } from "./gate.ts";
import { securityHeaders } from "./headers.ts";
import type { Metrics } from "./metrics.ts";
import { refusals } from "./refusal-page.ts";
import type { Routes } from "./routes.ts";
import { openRum } from "./rum.ts";
import { type More, sendHealth, sendOutage, sendRefusal, sendResponse } from "./send.ts";
import type { Middleware } from "./static-files.ts";
import { handled } from "./web-request.ts";

/** What every loader and action is told about its request, beside the Request itself. */
export type LoadContext = {
  requestId: string;
  /** By TRUSTED_PROXY_HOPS; what limits count by. */
  ip: string;
  userAgent: string;
  /** For the answer, whatever loader or action it comes from: the cookies of a renewed session, say. */
  outgoing: More;
  /** Set when nobody could answer because of it: a 503 takes the place of whatever Remix made of the error. */
  outage?: Outage;
};

export type ServerOptions = {
  /** The Remix request handler. */
  handle: (request: Request, context: AppLoadContext) => Promise<Response>;
  /** Where people reach us, such as https://order.example.id. */
  appUrl: string;
  trustedProxyHops: number;
  log: Logger;
  /** Without it there is no address for measurements. */
  metrics?: Metrics;
  /** The patterns that requests are counted by. */
  routes?: Routes;
  /** Tried in order after the gates and before Remix: static files, and in development Vite. */
  before?: Middleware[];
  /** Head office's number, for who cannot be answered. */
  whatsapp?: string;
  /** Milliseconds a page may take in all. */
  deadline?: number;
  /** Requests in the application at a time; who comes then is told to come back. */
  mostAtOnce?: number;
  /** True in development alone: Vite needs inline scripts, and they ask for a page's data without the page. */
  withScripts?: boolean;
};

/**
 * The web server. In this order: health, security headers, gates (address, origin, size), static files,
 * Remix. node:http because it was the fastest measured in front of Remix with pages rendered to a string.
 */
export function createServer(options: ServerOptions): http.Server {
  const { origin, protocol } = new URL(options.appUrl);
  const headers = securityHeaders(protocol === "https:");
  const [crowd, { metrics }] = [{ inside: 0 }, options];
  if (options.withScripts) delete headers["content-security-policy"];
  const takeRum = openRum({ appOrigin: origin, isRoute: options.routes?.isPattern ?? (() => false) });
  const server = http.createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    if (request.url === "/api/health") return counted(request, response, metrics, () => sendHealth(response));
    if (request.url === "/metrics" && metrics) return void metrics.answer(request, response);
    if (request.url === "/api/rum" && request.method === "POST")
      return counted(request, response, metrics, () =>
        takeRum(request, response, clientIp(request, options.trustedProxyHops)),
      );
    const requestId = requestIdFrom(request.headers.traceparent);
    void onBehalfOf(requestId, () => answer(request, response, requestId, { ...options, origin, headers, crowd }));
  });
  server.on("error", (error) => {
    if (!server.listening) throw error; // It could not begin: whoever started it is told.
    // Out of descriptors, say: the next one is tried.
    options.log.warn({ err: loggedError(error) }, "a connection could not be accepted");
  });
  // Longer than the idle time of usual load balancers, so that they close first.
  server.keepAliveTimeout = 65_000;
  return server;
}

type Setup = ServerOptions & { origin: string; headers: Record<string, string>; crowd: { inside: number } };

/** About what is served within a second: more would wait for longer than anybody does, and hold up who is served. */
const mostAtOnce = 100;

async function answer(request: IncomingMessage, response: ServerResponse, requestId: string, setup: Setup) {
  const [started, url] = [performance.now(), request.url ?? ""]; // As it came: middlewares change request.url.
  const met = { files: false, closed: false };
  response.on("close", () => noteAnswer(request, response, { started, url, requestId, ...met }, setup));
  for (const [name, value] of Object.entries(setup.headers)) response.setHeader(name, value);
  response.setHeader("x-request-id", requestId);
  try {
    const refusal = refuseHead(request, setup.origin, setup.withScripts);
    if (refusal) return sendRefusal(request, response, refusal, requestId);
    met.files = true;
    if (await servedBefore(request, response, setup.before ?? [])) return;
    met.files = false;
    const body = isChange(request) ? await readBody(request) : null;
    if (body === "too large") return sendRefusal(request, response, refusals.tooLarge, requestId);
    if (body === "cut off") {
      response.statusCode = 400; // For the log; nobody is there to read it.
      return void response.destroy();
    }
    const context = loadContext(request, requestId, setup.trustedProxyHops);
    const unanswered = (outage: Outage) => {
      met.closed = outage.reason === "CLOSED" || outage.reason === "READ_ONLY";
      const { cookies } = context.outgoing;
      return sendOutage(request, response, outage, { url, body, requestId, cookies, whatsapp: setup.whatsapp });
    };
    const full = setup.crowd.inside >= (setup.mostAtOnce ?? mostAtOnce) && url !== "/api/ready"; // Asks how we are.
    if (full) return await unanswered({ reason: "BUSY" });
    setup.crowd.inside += 1;
    const result = await withinDeadline(handled(request, body, context, setup), setup.deadline ?? 10_000).finally(
      () => (setup.crowd.inside -= 1),
    );
    if (result === "too slow") return await unanswered({ reason: "SLOW", uncertain: true });
    if (context.outage && result.status >= 500) return await unanswered(context.outage);
    await sendResponse(request, response, result, context.outgoing);
  } catch (error) {
    if (request.destroyed && !response.writable) return; // the visitor went away
    setup.log.error({ err: loggedError(error), requestId }, "request failed");
    if (!response.headersSent) sendRefusal(request, response, refusals.broken, requestId);
    else response.destroy();
  }
}

function servedBefore(request: IncomingMessage, response: ServerResponse, middlewares: Middleware[]): Promise<boolean> {
  return new Promise((resolve) => {
    response.once("close", () => resolve(true));
    const next = (index: number): void => {
      const middleware = middlewares[index];
      if (middleware) middleware(request, response, () => next(index + 1));
      else resolve(false);
    };
    next(0);
  });
}

function loadContext(request: IncomingMessage, requestId: string, hops: number): LoadContext {
  return {
    requestId,
    ip: clientIp(request, hops),
    userAgent: request.headers["user-agent"] ?? "",
    outgoing: { cookies: [] },
  };
}

async function withinDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T | "too slow"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"too slow">((resolve) => (timer = setTimeout(resolve, milliseconds, "too slow")));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
