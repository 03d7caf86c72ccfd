import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { AnswersMixed } from "#app/db/batch.server.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { DatabaseRefusal, NotFound, SessionEnded } from "#app/db/errors.server.ts";
import { errorText, type Lang, messages } from "#app/words.ts";
import { redirectWithToast } from "./toast.server.ts";
import { type Visit, visitOf } from "./visit.server.ts";
import type { Viewer } from "#app/accounts/viewer.ts";
import { beginFor } from "#app/shadow/acting.ts";

/** Whom a page or a form is for. `store`: a partner, or a salesman acting as one. `owner`: the partner himself. */
export type Audience = "anyone" | "signed-in" | "store" | "owner" | "salesman" | "staff" | "admin" | "auditor";
type Args = Pick<ActionFunctionArgs, "request" | "context">;
export type Page<T> = { viewer: Viewer; lang: Lang; visit: Visit; data: T };

/**
 * Reads a page for its audience: the viewer and `work` in one transaction and one round trip.
 * Nobody signed in: to the sign-in page and back. Another role: 403. Not there, or not his: 404.
 */
export async function page<T>(args: Args, audience: Audience, work: (db: Db) => Promise<T>): Promise<Page<T>> {
  const visit = await visitOf(args);
  if (!visit.login && audience !== "anyone") throw toSignIn(visit);
  const [viewer, data] = await Promise.allSettled([visit.viewer(), visit.read(work)]);
  if (viewer.status === "rejected") throw toResponse(viewer.reason, visit);
  if (audience !== "anyone") await turnAway(viewer.value, audience, visit);
  if (data.status === "rejected") {
    await visit.noteRefusal(data.reason);
    throw toResponse(data.reason, visit);
  }
  return { viewer: viewer.value, lang: visit.lang, visit, data: data.value };
}

/** As admit; that he was turned away is noted. */
export async function turnAway(viewer: Viewer, audience: Audience, visit: Visit) {
  try {
    admit(viewer, audience, visit);
  } catch (answer) {
    if (answer instanceof Response && answer.status === 403) await visit.noteRefused(403);
    throw answer;
  }
}

/** Turns away whom the page is not for. */
export function admit(viewer: Viewer, audience: Audience, visit: Visit) {
  if (!viewer.account) throw toSignIn(visit);
  if (audience === "store" && isBetweenStores(viewer))
    throw redirectWithToast(beginFor("/clients", visit.path), messages(visit.lang).shadow.acting.pickFirst, "warn");
  if (!isAdmitted(viewer, audience)) throw refusal(403, visit.lang, "DENIED");
}

/** Whether it is for this person. */
export function isAdmitted({ account, store }: Viewer, audience: Audience): boolean {
  const role = account?.role;
  return {
    anyone: true,
    "signed-in": role !== undefined,
    store: store !== null,
    owner: role === "PARTNER",
    salesman: role === "SALESMAN",
    staff: role === "ADMIN" || role === "AUDITOR",
    admin: role === "ADMIN",
    auditor: role === "AUDITOR",
  }[audience];
}

/** A salesman who acts for no store just now. */
export const isBetweenStores = ({ account, store }: Viewer) => account?.role === "SALESMAN" && store === null;

/** What a reader sees of an error that came out of a model. Errors of ours become their status; the rest stay 500s. */
export function toResponse(error: unknown, visit: Visit): unknown {
  if (error instanceof AnswersMixed) return refusal(503, visit.lang, "DATABASE_MIXED");
  if (error instanceof NotFound) return refusal(404, visit.lang, "NOT_FOUND");
  if (error instanceof SessionEnded) return toSignIn(visit);
  if (error instanceof DatabaseRefusal && error.reason === "DENIED") return refusal(403, visit.lang, "DENIED");
  if (error instanceof DatabaseRefusal && error.reason === "STALE") return refusal(409, visit.lang, "STALE");
  return error;
}

/** A thrown answer that the error page shows: its text is the detail. */
export const refusal = (status: number, lang: Lang, code: string) => new Response(errorText(lang, code), { status });

const toSignIn = (visit: Visit) => redirect(`/login?next=${encodeURIComponent(visit.path)}`, { status: 303 });
