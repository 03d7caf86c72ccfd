import { redirect } from "@remix-run/node";
import type { Lang } from "#app/words.ts";
import { chooseLanguage } from "#app/accounts/viewer.server.ts";
import { thenField } from "#app/ui/page-form.tsx";
import { safePath } from "./address.ts";
import { languageCookie } from "./cookies.server.ts";
import { type Reply, reply } from "./reply.server.ts";
import { goOnAs, type Visit } from "./visit.server.ts";

type Args = Parameters<typeof goOnAs>[0];

// What ends something, and takes a form itself: it gets this one.
const ends = ["/logout", "/acting/end"];

/** A form that was saved, and one of the page's other buttons was pressed: on to where that one leads. */
export function goOn(request: Request, values: Record<string, string>, saved: Response): Response {
  const to = safePath(values[thenField], "");
  if (to && to !== new URL(request.url).pathname) saved.headers.set("location", to);
  return saved;
}

/**
 * Where a form goes on to as it is, from which page: nobody is kept from signing out by what he typed. Null: nowhere.
 */
export function ending(request: Request, values: Record<string, string>): Response | null {
  const { pathname, search } = new URL(request.url);
  const to = ends.find((path) => path === values[thenField] && path !== pathname);
  return to ? redirect(`${to}?${new URLSearchParams({ next: pathname + search })}`, 307) : null;
}

/** The form handed back in another language, with all that was typed but passwords. */
export async function inLanguage(args: Args, visit: Visit, lang: Lang, values: Record<string, string>): Promise<Reply> {
  if (visit.login) await visit.write((db) => chooseLanguage(db, lang));
  visit.outgoing.cookies.push(languageCookie(lang));
  goOnAs(args, visit, visit.login, lang);
  return reply(200, Object.fromEntries(Object.entries(values).filter(([name]) => !/password/i.test(name))), []);
}
