import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { loggedPath } from "#app/http/address.ts";
import { countAnswer } from "#app/vitals/requests.ts";
import { countPage } from "#app/vitals/vital.ts";
import type { Metrics } from "./metrics.ts";
import type { Routes } from "./routes.ts";

/** What asks nobody: counted, and not logged, since it says nothing and comes all the time. */
export function counted(
  { method = "", url = "" }: IncomingMessage,
  response: ServerResponse,
  metrics: Metrics | undefined,
  work: () => void,
) {
  const started = performance.now();
  work();
  const answered = { route: url, method, status: response.statusCode, ms: performance.now() - started };
  countAnswer(answered);
  metrics?.note(answered);
}

/** `closed`: it was answered that the shop is closed, as it should be. */
export type Met = { started: number; url: string; requestId: string; files: boolean; closed: boolean };

type Noting = { log: Logger; routes?: Routes; metrics?: Metrics };

/** When it is over, and nobody waits any more: what it was, for the log and the sums. */
export function noteAnswer(
  { method = "" }: IncomingMessage,
  response: ServerResponse,
  met: Met,
  { log, routes, metrics }: Noting,
) {
  const { started, url, requestId } = met;
  const { statusCode: status, writableFinished } = response;
  const ms = Math.round((performance.now() - started) * 10) / 10;
  const route = met.files ? "files" : routes?.patternOf(url.split("?", 1)[0]!);
  log.info({ method, path: loggedPath(url), route, status, ms, requestId }, "request");
  if (route === undefined) return;
  countAnswer({ route, method, status: met.closed ? 200 : status, ms, cut: !writableFinished });
  metrics?.note({ route, method, status, ms });
  const isPage = method === "GET" && status === 200 && /^text\/html/.test(String(response.getHeader("content-type")));
  if (isPage && routes?.isPattern(route)) countPage(route);
}
