import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type { EntryContext, HandleErrorFunction } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { keepOutUntilApart } from "#app/db/apart.server.ts";
import { AnswersMixed } from "#app/db/batch.server.ts";
import { isLost, reasonOf, Unavailable } from "#app/db/errors.server.ts";
import { onQueued } from "#app/db/transaction.server.ts";
import { storeSoon } from "#app/leads/take.server.ts";
import { tellUrgent } from "#app/incidents/urgent.server.ts";
import { keepWriting } from "#app/vitals/writing.server.ts";
import { MeasuredProvider } from "#app/ui/measured.tsx";
import { env } from "#app/env.server.ts";
import { followMaintenance } from "#app/http/maintenance.server.ts";
import { followLimits } from "#app/http/limits.server.ts";
import { loggedPath } from "#app/http/address.ts";
import { log } from "#app/http/log.server.ts";
import { loggedError } from "#app/http/logged-error.ts";
import { sayingMistake } from "#app/ui/title.ts";
import { AuthUnavailable } from "#app/http/token.server.ts";

// At the start: a proxy or pooler that mixes up whose answers are whose would show one store another's prices. It is
// tried twice a second, and told once for each reason; whatever way a database is away is one.
let told = "";
function tellNotProven(error: unknown) {
  const away = isLost(error) && !(error instanceof AnswersMixed);
  const reason = away ? "away" : String(error);
  if (told === reason) return;
  told = reason;
  if (away) log.warn({ reason: reasonOf(error) }, "the database is away: waiting for it");
  else
    log.error(
      { err: loggedError(error) },
      "it is not proven that the database's answers are kept apart: no page is read",
    );
}
if (import.meta.env.PROD) void keepOutUntilApart(tellNotProven).then(() => told && log.info("the database is back"));

// Leads that were taken while the database was away, by this process or one before it.
if (import.meta.env.PROD) storeSoon();
if (import.meta.env.PROD) followMaintenance();
if (import.meta.env.PROD) followLimits();

// A SEV-1 that a request of ours opened does not wait for a worker; what fails here is the worker's after ten seconds.
onQueued((queues) => {
  tellUrgent(queues).catch((error: unknown) => log.warn({ reason: reasonOf(error) }, "a SEV-1 is left to the worker"));
});

// Beside the requests, what they were like and what was logged of them.
if (import.meta.env.PROD) keepWriting(log);

/** Pages are finished strings: nothing is deferred, and a string is half the work of a stream. */
export default async function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  const measured = Math.random() < env.RUM_SHARE ? patternOf(context) : null;
  const page = (
    <MeasuredProvider value={measured}>
      <RemixServer context={context} url={request.url} />
    </MeasuredProvider>
  );
  const html = import.meta.env.DEV ? await renderWithScripts(page) : renderToString(page);
  headers.set("content-type", "text/html; charset=utf-8");
  return new Response(`<!doctype html>${sayingMistake(html)}`, { status, headers });
}

// The pattern that this page's address is one of.
const patternOf = ({ staticHandlerContext: { matches } }: EntryContext) =>
  `/${matches.flatMap(({ route }) => route.path || []).join("/")}`;

/**
 * Errors nobody answered for. A 404 is an answer, and a visitor who left is no error. When what we stand on did not
 * answer, the server is told, which hands the form back; the log has one line for all of them.
 */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (error instanceof AnswersMixed)
    log.error(
      { requestId: context.requestId },
      "an answer was read as somebody else than was asked: its connection is dropped",
    );
  if (error instanceof Unavailable)
    return void (context.outage = { reason: error.reason, uncertain: error.uncertain || context.outage?.uncertain });
  if (error instanceof AuthUnavailable) return void (context.outage ??= { reason: "AWAY" });
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  log.error(
    {
      err: loggedError(error),
      path: loggedPath(new URL(request.url).pathname),
      method: request.method,
      requestId: context.requestId,
    },
    "page failed",
  );
};

// Development renders <Scripts/>, whose data arrives through a stream.
function renderWithScripts(page: React.JSX.Element): Promise<string> {
  return new Promise((resolve, reject) => {
    const out = new PassThrough();
    const { pipe, abort } = renderToPipeableStream(page, {
      onAllReady: () => pipe(out),
      onError: reject,
    });
    const timer = setTimeout(abort, 10_000);
    void text(out)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
