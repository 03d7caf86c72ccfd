import { defaultLang, type Lang, parseLang } from "#app/words.ts";
import { languageCookie, readCookie } from "./cookies.server.ts";
import type { Outgoing } from "./session.server.ts";

// An address may say its language, for search engines and whoever they send: it stays so for the next pages.
export function languageOf(request: Request, url: URL, outgoing: Outgoing): Lang {
  const known = parseLang(readCookie(request, "lang"));
  const asked = request.method === "GET" ? parseLang(url.searchParams.get("lang")) : null;
  if (asked && asked !== (known ?? defaultLang)) outgoing.cookies.push(languageCookie(asked));
  return asked ?? known ?? defaultLang;
}
