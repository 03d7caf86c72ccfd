import { createPublicKey, type KeyObject } from "node:crypto";
import {
  createRemoteJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from "jose";
import type { Login } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";

/** Nobody can say who this is: the auth server did not answer. */
export class AuthUnavailable extends Error {
  override name = "AuthUnavailable";
}

/** What an access token says that was signed by us. `expires`: seconds since 1970. */
export type Signed = { login: NonNullable<Login>; expires: number };

// One secret where the project signs with one (HS256), else the project's published keys.
const secretKey = env.SUPABASE_JWT_SECRET ? new TextEncoder().encode(env.SUPABASE_JWT_SECRET) : null;
const publishedKeys = createRemoteJWKSet(new URL(`${env.SUPABASE_URL}/auth/v1/.well-known/jwks.json`), {
  timeoutDuration: 2_000,
});
const retiredKeys = env.SUPABASE_JWT_RETIRED_KEYS.map((key): KeyObject | Uint8Array =>
  key.startsWith("-----") ? createPublicKey(key) : new TextEncoder().encode(key),
);
/** A clock that stands still: whether a token has run out is the caller's question. */
const forEver = Number.MAX_SAFE_INTEGER;

/**
 * Reads a token that a key in use has signed, run out or not; null for any other. Throws AuthUnavailable when the keys
 * cannot be had.
 */
export const readToken = (token: string): Promise<Signed | null> =>
  check(token, (header, input) => secretKey ?? published(header, input));

/**
 * Whether a key in use or a retired one has signed this: what somebody made up is not worth a question to the auth
 * server. A token by a retired key is nobody by itself; it only may be renewed.
 */
export async function wasOurs(token: string): Promise<Signed | null> {
  for (const key of retiredKeys) {
    const signed = await check(token, () => key);
    if (signed) return signed;
  }
  return null;
}

type KeyOf = (header: JWSHeaderParameters, input: FlattenedJWSInput) => KeyObject | Uint8Array | Promise<CryptoKey>;
async function check(token: string, keyOf: KeyOf): Promise<Signed | null> {
  try {
    const { payload } = await jwtVerify(token, keyOf as never, { audience: "authenticated", clockTolerance: forEver });
    const login = loginOf(payload);
    return login && typeof payload.exp === "number" ? { login, expires: payload.exp } : null;
  } catch (error) {
    if (error instanceof AuthUnavailable) throw error;
    return null;
  }
}

// A key that they do not list is somebody's invention; anything else means that the list could not be read.
async function published(header: JWSHeaderParameters, input: FlattenedJWSInput): Promise<CryptoKey> {
  try {
    return await publishedKeys(header, input);
  } catch (error) {
    const unknown = [
      errors.JWKSNoMatchingKey,
      errors.JWKSMultipleMatchingKeys,
      errors.JOSENotSupported,
      errors.JWKInvalid,
    ].some((kind) => error instanceof kind);
    throw unknown ? error : new AuthUnavailable("the auth server's keys could not be read");
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
function loginOf({ sub, session_id }: JWTPayload): Login {
  return typeof sub === "string" && typeof session_id === "string" && uuid.test(sub) && uuid.test(session_id)
    ? { userId: sub, sessionId: session_id }
    : null;
}
