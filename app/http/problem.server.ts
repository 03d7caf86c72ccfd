/** What can be wrong with a request. The names are stable: programs decide by them. */
const problems = {
  "invalid-query": [400, "The query is not valid."],
  "session-ended": [
    401,
    "The session has ended. Sign in again, or leave the cookie out for the catalogue without prices.",
  ],
  "not-found": [404, "There is no such address."],
  "method-not-allowed": [405, "This address can only be read."],
  "post-only": [405, "This address takes POST."],
  "invalid-lead": [400, "The lead is not valid: `errors` says which field and why."],
  "unreadable-body": [400, "The body cannot be read as what its Content-Type says."],
  "unsupported-media-type": [415, "Send application/json, application/x-www-form-urlencoded or multipart/form-data."],
  "too-large": [413, "The body is larger than 16 KB."],
  "invalid-idempotency-key": [400, "Idempotency-Key has 1 to 200 visible ASCII characters."],
  "rate-limited": [429, "Too many from here. Try again after the seconds of Retry-After."],
  "lead-not-taken": [503, "The lead could not be taken. Send it again later, or reach us at `contact`."],
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
