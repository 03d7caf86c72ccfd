import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { safePath } from "#app/http/address.ts";
import { cookie } from "#app/http/cookies.server.ts";
import { readForm } from "#app/http/submit.server.ts";
import { parseLang } from "#app/locales/messages.ts";

export const loader = () => redirect("/");

/** Switches the language, for a year, and goes back to where one was. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const lang = parseLang(form.lang);
  const headers = lang ? { "set-cookie": cookie("lang", lang, 60 * 60 * 24 * 365) } : undefined; // One we do not have changes nothing.
  return redirect(safePath(form.next, "/"), { status: 303, headers });
}
