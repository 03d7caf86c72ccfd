/** What can be wrong with a request. The names are stable: programs decide by them. */
const problems = {
  "invalid-query": [400, "The query is not valid."],
  "session-ended": [
    401,
    "The session has ended. Sign in again, or leave the cookie out for the catalogue without prices.",
  ],
  "not-found": [404, "There is no such address."],
  "method-not-allowed": [405, "This address can only be read."],
  unavailable: [503, "The catalogue cannot be read at the moment. Try again later."],
} as const;

/** An answer as RFC 9457 problem details, with a stable `type`. Never cached. */
export function problem(
  name: keyof typeof problems,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  const [status, title] = problems[name];
  if (status === 503) headers = { "retry-after": "5", ...headers };
  const body = JSON.stringify({ type: `urn:problem-type:alfa:${name}`, title, status, ...more });
  return new Response(body, {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}
