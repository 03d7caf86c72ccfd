import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { readQuery } from "#app/api/contract.ts";
import { limits } from "#app/api/limits.ts";
import { countHere } from "#app/count-here.ts";
import { DatabaseRefusal, NotFound, SessionEnded, Unavailable } from "#app/db/errors.server.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { network } from "#app/network.ts";
import type { Viewer } from "#app/accounts/viewer.ts";
import { log } from "./log.server.ts";
import { loggedError } from "./logged-error.ts";
import { type Audience, isAdmitted } from "./page.server.ts";
import { problem } from "./problem.server.ts";
import { AuthUnavailable } from "./token.server.ts";
import { type Visit, visitOf } from "./visit.server.ts";

type Args = Pick<LoaderFunctionArgs, "request" | "context">;
const minuteMs = 60_000;

/** What one person is answered: kept by nobody. */
export const json = (content: unknown, status = 200): Response =>
  new Response(JSON.stringify(content), {
    status,
    headers: { "content-type": "application/json", "cache-control": "private, no-store" },
  });

/** An address that is only read, asked in another way. */
export const readOnly = () => problem("method-not-allowed");

export const isRead = ({ method }: Request) => method === "GET" || method === "HEAD";

type Asking<Query extends z.ZodObject> = { audience: Audience; query?: Query };
type Read<T, Query extends z.ZodObject> = { data: T; asked: z.output<Query>; viewer: Viewer; visit: Visit };

/**
 * Answers a program that reads: the viewer and `work` in one round trip, as a page does. Whoever it is not for, what is
 * wrong with the query and whatever else goes wrong is a problem document.
 */
export function readApi<T, Query extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  args: Args,
  { audience, query }: Asking<Query>,
  work: (db: Db, asked: z.output<Query>) => Promise<T>,
  answer: (read: Read<T, Query>) => Response | Promise<Response>,
): Promise<Response> {
  return answering(args, async () => {
    if (!isRead(args.request)) return readOnly();
    const read = readQuery((query ?? z.object({})) as Query, new URL(args.request.url).searchParams);
    if ("errors" in read) return problem("invalid-query", { errors: read.errors });
    const { asked } = read;
    const visit = await visitOf(args);
    const refused = tooMany(visit) ?? (audience !== "anyone" && !visit.login ? problem("sign-in-required") : null);
    if (refused) return refused;
    const [viewer, data] = await Promise.allSettled([visit.viewer(), visit.read((db) => work(db, asked))]);
    if (viewer.status === "rejected") throw viewer.reason;
    const turned = await turnedAway(viewer.value, audience, visit);
    if (turned) return turned;
    if (data.status === "rejected") {
      await visit.noteRefusal(data.reason);
      throw data.reason;
    }
    return await answer({ data: data.value, asked, viewer: viewer.value, visit });
  });
}

/** So many a minute from an account, or from the address of whoever is not signed in. */
export function tooMany({ login, origin }: Visit): Response | null {
  const who = login?.userId ?? network(origin.ip);
  const seconds = countHere(`read/${who}`, limits().reads_per_minute, Date.now(), minuteMs);
  return seconds > 0 ? problem("rate-limited", {}, { "retry-after": String(seconds) }) : null;
}

/** What a person is told whom it is not for; that he was turned away is noted, as on a page. */
export async function turnedAway(viewer: Viewer, audience: Audience, visit: Visit): Promise<Response | null> {
  if (viewer.ended) return problem("session-ended");
  if (audience === "anyone") return null;
  if (!viewer.account) return problem("sign-in-required");
  if (isAdmitted(viewer, audience)) return null;
  await visit.noteRefused(403);
  return problem("forbidden");
}

/** Whatever `work` throws is a problem document too; an error of ours has its line in the log. */
export async function answering({ request, context }: Args, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SessionEnded) return problem("session-ended");
    if (error instanceof NotFound) return problem("not-found");
    if (error instanceof DatabaseRefusal && error.reason === "DENIED") return problem("forbidden");
    // That the database is away has its line already; that the shop is closed needs none.
    const away = error instanceof Unavailable || error instanceof AuthUnavailable || error instanceof Response;
    if (away) return problem("unavailable");
    const { pathname } = new URL(request.url);
    log.error({ requestId: context.requestId, path: pathname, err: loggedError(error) }, "the api failed");
    return problem("broken");
  }
}
