/** What the site and its operators ask of Auth, and nothing else: the program behind it has more ways to a login. */
const spoken = new Set(["token", "user", "logout", "recover", "verify", "health", ".well-known/jwks.json"]);

/**
 * Whether a request is one that the site makes. A link of a mail is verified by its digest alone: a code of six digits
 * beside an address could be guessed.
 */
export async function isSpoken(request: Request): Promise<boolean> {
  const { pathname } = new URL(request.url);
  const what = pathname.startsWith("/auth/v1/") ? pathname.slice("/auth/v1/".length) : "";
  if (!spoken.has(what)) return false;
  if (what !== "verify") return true;
  const sent: unknown =
    request.method === "POST"
      ? await request
          .clone()
          .json()
          .catch(() => null)
      : null;
  return typeof sent === "object" && sent !== null && "token_hash" in sent && !("token" in sent);
}
