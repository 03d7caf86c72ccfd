import { combineChunks, createServerClient, parseCookieHeader, serializeCookieHeader, stringFromBase64URL } from "@supabase/ssr";
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from "jose";
import type { Person } from "#app/db/door.server.ts";
import { env } from "#app/env.server.ts";
import { cookie } from "./cookies.server.ts";
import { sharedRefresh } from "./refresh.server.ts";

const cookieName = "alfa-session";
/** A token this close to its end is renewed now, so that it lasts through the request. */
const leewaySeconds = 20;

/** Nobody can say who this is: the auth server did not answer. */
export class AuthUnavailable extends Error {
  override name = "AuthUnavailable";
}

/** The Set-Cookie headers that an answer has to carry. The server adds them to whatever Remix returns. */
export type Outgoing = { cookies: string[] };

/**
 * Who is behind a request, verified locally (signature and expiry; the database checks that the login is still alive).
 * Renews an expired token once, together with every other request that holds the same one. Null: nobody.
 */
export async function findPerson(request: Request, outgoing: Outgoing): Promise<Person> {
  const cookies = parseCookieHeader(request.headers.get("cookie") ?? "");
  const stored = await combineChunks(cookieName, (name) => cookies.find((cookie) => cookie.name === name)?.value);
  if (!stored) return null;
  const token = accessToken(stored);
  const person = token ? await verify(token) : null;
  if (person) return person;
  return renew(request, outgoing);
}

// The cookies change only on a clear answer: an auth server that is away, or too busy to say, signs nobody out.
async function renew(request: Request, outgoing: Outgoing): Promise<Person> {
  const answered: Outgoing = { cookies: [] };
  const { data, error } = await authClient(request, answered).auth.getSession();
  const renewed = data.session ? await verify(data.session.access_token) : null;
  if (renewed) outgoing.cookies.push(...answered.cookies);
  else if (error && ![400, 401, 403].includes(error.status ?? 0)) throw new AuthUnavailable();
  else forgetSession(request, outgoing);
  return renewed;
}

/** A client for the auth endpoints (sign in, out, reset); its cookies go out through `outgoing`. */
export function authClient(request: Request, outgoing: Outgoing) {
  return createServerClient(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    cookieOptions: { name: cookieName, path: "/", httpOnly: true, secure: env.https, sameSite: "lax", maxAge: 60 * 60 * 24 * 30 },
    cookies: {
      getAll: () => parseCookieHeader(request.headers.get("cookie") ?? "").map(({ name, value }) => ({ name, value: value ?? "" })),
      setAll: (cookies) => {
        for (const { name, value, options } of cookies) outgoing.cookies.push(serializeCookieHeader(name, value, options));
      },
    },
    global: { fetch: sharedRefresh },
  });
}

/** The person a fresh access token speaks for. */
export async function verify(token: string): Promise<Person> {
  try {
    const { payload } = await jwtVerify(token, await keyFor(), { audience: "authenticated", clockTolerance: 0 });
    if (typeof payload.exp !== "number" || payload.exp - leewaySeconds < Date.now() / 1000) return null;
    return personOf(payload);
  } catch {
    return null;
  }
}

// One secret where the project signs with one (HS256), else the project's published keys.
const secretKey = env.SUPABASE_JWT_SECRET ? new TextEncoder().encode(env.SUPABASE_JWT_SECRET) : null;
const publishedKeys = createRemoteJWKSet(new URL(`${env.SUPABASE_URL}/auth/v1/.well-known/jwks.json`));
const keyFor = async () => secretKey ?? ((header: Parameters<typeof publishedKeys>[0]) => publishedKeys(header)) as never;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
function personOf({ sub, session_id }: JWTPayload): Person {
  return typeof sub === "string" && typeof session_id === "string" && uuid.test(sub) && uuid.test(session_id)
    ? { userId: sub, sessionId: session_id }
    : null;
}

function accessToken(stored: string): string | null {
  try {
    const json = stored.startsWith("base64-") ? stringFromBase64URL(stored.slice("base64-".length)) : stored;
    const { access_token } = JSON.parse(json) as { access_token?: unknown };
    return typeof access_token === "string" ? access_token : null;
  } catch {
    return null;
  }
}

/** Takes the session's cookies away. */
export function forgetSession(request: Request, outgoing: Outgoing) {
  for (const { name } of parseCookieHeader(request.headers.get("cookie") ?? "")) {
    if (name.startsWith(cookieName)) outgoing.cookies.push(cookie(name, "", 0));
  }
}
