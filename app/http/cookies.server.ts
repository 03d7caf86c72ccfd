import { parseCookieHeader, serializeCookieHeader } from "@supabase/ssr";
import { env } from "#app/env.server.ts";

export const readCookie = (request: Request, name: string): string | null =>
  parseCookieHeader(request.headers.get("cookie") ?? "").find((cookie) => cookie.name === name)?.value ?? null;

/** What the language switch leaves in a browser, for a year. */
export const languageCookie = (lang: string): string => cookie("lang", lang, 60 * 60 * 24 * 365);

/** A Set-Cookie value. `maxAge` in seconds; 0 removes the cookie. */
export const cookie = (name: string, value: string, maxAge: number): string =>
  serializeCookieHeader(name, value, { path: "/", httpOnly: true, sameSite: "lax", secure: env.https, maxAge });
