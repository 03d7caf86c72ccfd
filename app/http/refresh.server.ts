const underWay = new Map<string, Promise<{ status: number; headers: Headers; body: string }>>();
/** How long an answer still serves requests that were sent with the old cookie. */
const keepMs = 10_000;

/**
 * A fetch for the auth client that renews a token once, however many requests of one browser arrive with it expired:
 * the auth server would otherwise hand each of them another token and end by calling one of them stolen.
 */
export const sharedRefresh: typeof fetch = async (input, init) => {
  const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
  if (!url.includes("grant_type=refresh_token") || typeof init?.body !== "string") return send(input, init);
  const key = init.body;
  let answer = underWay.get(key);
  if (!answer) {
    answer = send(input, init).then(async (response) => ({
      status: response.status,
      headers: response.headers,
      body: await response.text(),
    }));
    underWay.set(key, answer);
    const forget = () => underWay.delete(key);
    answer.then(({ status }) => (status === 200 ? void setTimeout(forget, keepMs).unref() : forget()), forget);
  }
  const { status, headers, body } = await answer;
  return new Response(body, { status, headers: { "content-type": headers.get("content-type") ?? "application/json" } });
};

const deadlineMs = 8_000;
/** Every page of a person whose token has ended waits for its renewal, which is a short answer. */
const renewalDeadlineMs = 1_500;

// The auth client repeats a renewal that met a dead server for half a minute, while a person waits. An answer of our
// own that it does not repeat makes that seconds at most; the caller tells it from a refusal by its status.
const send: typeof fetch = async (input, init) => {
  const renewal = String(input).includes("grant_type=refresh_token");
  try {
    const response = await fetch(input, {
      ...init,
      signal: init?.signal ?? AbortSignal.timeout(renewal ? renewalDeadlineMs : deadlineMs),
    });
    return renewal && response.status >= 500 ? unavailable() : response;
  } catch (error) {
    if (renewal) return unavailable();
    throw error;
  }
};

// 599, because the client takes every usual status of a failing server for a reason to repeat.
const unavailable = () =>
  Response.json({ code: "unavailable", message: "the auth server did not answer" }, { status: 599 });
