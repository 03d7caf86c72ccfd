import { parseCookieHeader, serializeCookieHeader } from "@supabase/ssr";
import { env } from "#app/env.server.ts";

export const readCookie = (request: Request, name: string): string | null =>
  parseCookieHeader(request.headers.get("cookie") ?? "").find((cookie) => cookie.name === name)?.value ?? null;

/** A Set-Cookie value. `maxAge` in seconds; 0 removes the cookie. */
export const cookie = (name: string, value: string, maxAge: number): string =>
  serializeCookieHeader(name, value, { path: "/", httpOnly: true, sameSite: "lax", secure: env.https, maxAge });
