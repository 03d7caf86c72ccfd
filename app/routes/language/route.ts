import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { safePath } from "#app/http/address.ts";
import { languageCookie } from "#app/http/cookies.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { parseLang } from "#app/words.ts";
import { readShownFor } from "#app/accounts/shown-for.ts";
import { chooseLanguage } from "#app/accounts/viewer.server.ts";
import { shownForField } from "#app/ui/shown-for-field.ts";

export const loader = () => redirect("/");

/**
 * Switches the language and goes back to where one was: of this browser for a year, and of the mails of whoever is
 * signed in.
 */
export async function action(args: ActionFunctionArgs) {
  const form = await readForm(args.request);
  const lang = parseLang(form.lang);
  const next = withoutLanguage(safePath(form.next, "/"));
  if (!lang) return redirect(next, { status: 303 }); // One we do not have changes nothing.
  const visit = await visitOf(args);
  if (visit.login) {
    const shown = readShownFor(form[shownForField] ?? "");
    if (shown) visit.shown = { account: shown.account };
    // A login that has ended is told so by the next page; somebody else's mails stay as he chose.
    await visit
      .write((db) => chooseLanguage(db, lang))
      .catch((error: unknown) => {
        if (!(error instanceof DatabaseRefusal && ["SESSION_EXPIRED", "SHOWN_TO_ANOTHER"].includes(error.reason)))
          throw error;
      });
  }
  return redirect(next, { status: 303, headers: { "set-cookie": languageCookie(lang) } });
}

/** An address that says a language would say the one from before. */
function withoutLanguage(path: string): string {
  const url = new URL(path, "http://ours.invalid");
  if (!url.searchParams.has("lang")) return path;
  url.searchParams.delete("lang");
  return url.pathname + url.search;
}
