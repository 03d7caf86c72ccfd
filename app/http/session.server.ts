import {
  combineChunks,
  createServerClient,
  parseCookieHeader,
  serializeCookieHeader,
  stringFromBase64URL,
} from "@supabase/ssr";
import type { Login } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { network } from "#app/network.ts";
import { fieldOf } from "#app/db/thrown.ts";
import { cookie } from "./cookies.server.ts";
import { sharedRefresh } from "./refresh.server.ts";
import { mayRenew, noteRefusal } from "./renewals.server.ts";
import { AuthUnavailable, readToken, wasOurs } from "./token.server.ts";

const cookieName = "alfa-session";
const cookieSeconds = 60 * 60 * 24 * 30;
/** A token this close to its end is renewed now, so that it lasts through the request. */
const leewaySeconds = 20;

/**
 * What an answer has to carry: Set-Cookie headers, and for a 429 the seconds to wait. The server adds them to whatever
 * Remix returns.
 */
export type Outgoing = { cookies: string[]; retryAfter?: number };
/** Whom we ask the auth server for: it notes both with a login. */
export type Caller = { ip: string; userAgent: string };

/**
 * Who is behind a request, verified locally (signature and expiry; the database checks that the login is still alive).
 * Renews an expired token once, together with every other request that holds the same one. Null: nobody. What no key of
 * ours has signed is forgotten without asking anybody. Throws AuthUnavailable.
 */
export async function findLogin(request: Request, outgoing: Outgoing, caller: Caller): Promise<Login> {
  const stored = await readSession(request);
  if (!stored) return null;
  const inUse = await readToken(stored.accessToken);
  if (inUse && isFresh(inUse.expires)) return inUse.login;
  const signed = inUse ?? (await wasOurs(stored.accessToken));
  const renewal = {
    refreshToken: stored.refreshToken,
    sessionId: signed?.login.sessionId ?? "",
    address: network(caller.ip),
  };
  if (signed && stored.refreshToken && mayRenew(renewal)) return renew(request, outgoing, caller, renewal);
  forgetSession(request, outgoing);
  return null;
}

// The cookies change only on a clear answer: an auth server that is away, or too busy to say, signs nobody out.
async function renew(
  request: Request,
  outgoing: Outgoing,
  caller: Caller,
  renewal: Parameters<typeof mayRenew>[0],
): Promise<Login> {
  const answered: Outgoing = { cookies: [] };
  const { data, error } = await authClient(request, answered, caller).auth.refreshSession({
    refresh_token: renewal.refreshToken,
  });
  const renewed = data.session ? await verify(data.session.access_token) : null;
  if (renewed) {
    outgoing.cookies.push(...answered.cookies);
    return renewed;
  }
  if (error && ![400, 401, 403].includes(error.status ?? 0)) throw new AuthUnavailable();
  noteRefusal(renewal);
  forgetSession(request, outgoing);
  return null;
}

/**
 * A client for the auth endpoints (sign in, renew, reset); its cookies go out through `outgoing`. It is told which
 * cookies the browser has, so that stale ones are taken away, and never what is in them: it would believe it, ask for
 * it and print what it thinks of it.
 */
export function authClient(request: Request, outgoing: Outgoing, { ip, userAgent }: Caller) {
  return createServerClient(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    cookieOptions: { name: cookieName, path: "/", httpOnly: true, secure: env.https, sameSite: "lax" },
    cookies: {
      getAll: () => parseCookieHeader(request.headers.get("cookie") ?? "").map(({ name }) => ({ name, value: "" })),
      setAll: (cookies) => {
        for (const { name, value, options } of cookies) {
          // The library gives every cookie 400 days, whatever it is told.
          outgoing.cookies.push(
            serializeCookieHeader(name, value, { ...options, maxAge: options.maxAge === 0 ? 0 : cookieSeconds }),
          );
        }
      },
    },
    global: {
      fetch: sharedRefresh,
      headers: { "user-agent": userAgent, ...(ip === "unknown" ? {} : { "x-forwarded-for": ip }) },
    },
  });
}

/** Ends the login that a request came with, at the auth server, and takes its cookies away. */
export async function signOut(request: Request, outgoing: Outgoing, caller: Caller) {
  const stored = await readSession(request);
  if (stored) await authClient(request, outgoing, caller).auth.admin.signOut(stored.accessToken, "local");
  forgetSession(request, outgoing);
}

/** The login that a fresh access token speaks for. Throws AuthUnavailable. */
export async function verify(token: string): Promise<Login> {
  const signed = await readToken(token);
  return signed && isFresh(signed.expires) ? signed.login : null;
}

const isFresh = (expires: number) => expires - leewaySeconds >= Date.now() / 1000;

type Stored = { accessToken: string; refreshToken: string };
/** What the session's cookies hold; null without any. Cookies that nobody can read hold two empty tokens. */
async function readSession(request: Request): Promise<Stored | null> {
  const cookies = parseCookieHeader(request.headers.get("cookie") ?? "");
  const stored = await combineChunks(cookieName, (name) => cookies.find((cookie) => cookie.name === name)?.value);
  if (!stored) return null;
  try {
    const json = stored.startsWith("base64-") ? stringFromBase64URL(stored.slice("base64-".length)) : stored;
    const tokens: unknown = JSON.parse(json);
    return { accessToken: text(fieldOf(tokens, "access_token")), refreshToken: text(fieldOf(tokens, "refresh_token")) };
  } catch {
    return { accessToken: "", refreshToken: "" };
  }
}
const text = (value: unknown) => (typeof value === "string" ? value : "");

/** Takes the session's cookies away. */
export function forgetSession(request: Request, outgoing: Outgoing) {
  for (const { name } of parseCookieHeader(request.headers.get("cookie") ?? "")) {
    if (name.startsWith(cookieName)) outgoing.cookies.push(cookie(name, "", 0));
  }
}
