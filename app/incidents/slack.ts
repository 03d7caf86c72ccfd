/** The channels of the severity matrix. */
export const slackChannels = ["critical", "production", "warning"] as const;
export type SlackChannel = (typeof slackChannels)[number];

/**
 * What Slack said to one try. `refused`: it will never take it there. `retry`: not this time, `afterSeconds` when it
 * said how long to wait. `ambiguous`: it may have taken it, and knows no key by which it would know it again.
 */
export type SlackOutcome =
  | { kind: "accepted" }
  | { kind: "refused" | "ambiguous"; reason: string }
  | { kind: "retry"; reason: string; afterSeconds?: number };

/**
 * Posts a text by an incoming webhook. What people or other systems wrote in it mentions nobody: every `&`, `<` and `>`
 * is written out, which is all that Slack reads as a command, and nothing is parsed. Never throws.
 *
 * @param deadlineMs for the whole exchange
 */
export async function postToSlack(webhook: string, text: string, deadlineMs: number): Promise<SlackOutcome> {
  try {
    const response = await fetch(webhook, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify({ text: slackText(text), parse: "none", link_names: false, unfurl_links: false }),
      redirect: "error",
      signal: AbortSignal.timeout(deadlineMs),
    });
    const said = (await response.text().catch(() => "")).slice(0, 100);
    if (response.ok) return { kind: "accepted" };
    const reason = `HTTP ${response.status} ${said}`.trim();
    if (response.status === 429) {
      const wait = Number(response.headers.get("retry-after"));
      return { kind: "retry", reason, ...(wait > 0 ? { afterSeconds: Math.min(Math.ceil(wait), 600) } : {}) };
    }
    return response.status < 500 ? { kind: "refused", reason } : { kind: "retry", reason };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause).slice(0, 60);
    // Where no connection was made nothing can have arrived.
    const never = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"].includes(code);
    return { kind: never ? "retry" : "ambiguous", reason: `no answer: ${code}` };
  }
}

/** Text as Slack wants it: the three characters that begin its commands written out. */
export const slackText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").slice(0, 3_000);
