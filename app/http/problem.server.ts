import { type ProblemName, problems, typeOf } from "#app/api/problems.ts";

/** An answer as RFC 9457 problem details, with a stable `type`. Never cached. */
export function problem(
  name: ProblemName,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  const [status, title] = problems[name];
  if (name === "idempotency-key-running") headers = { "retry-after": "1", ...headers };
  if (status === 503) headers = { "retry-after": "5", ...headers };
  if (status === 405) headers = { allow: name === "post-only" ? "POST" : "GET, HEAD", ...headers };
  const body = JSON.stringify({ type: typeOf(name), title, status, ...more });
  return new Response(body, {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}
