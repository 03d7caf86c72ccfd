/** Where mails go: Resend's HTTP API, or the mail catcher that speaks it. */
export type MailSettings = { baseUrl: string; apiKey: string; from: string };

type Sent = { to: string; subject: string; html?: string };

/** Sends the auth server's mails (password reset) the way all others go. @throws Error when it is not accepted. */
export function resendDriver({ baseUrl, apiKey, from }: MailSettings) {
  return {
    async send({ to, subject, html = "" }: Sent) {
      const response = await fetch(new URL("/emails", baseUrl), {
        method: "POST",
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
        body: JSON.stringify({ from, to: [to], subject, html, text: readable(html) }),
        signal: AbortSignal.timeout(10_000),
      });
      if (!response.ok) throw new Error(`the mail service answered ${response.status}`);
    },
  };
}

// The auth server writes its own text part, in English and with another link; the mail has to be one.
function readable(html: string) {
  return html
    .replace(/<a [^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>/g, "$2: $1")
    .replace(/<[^>]+>/g, "")
    .replace(/&amp;/g, "&")
    .replace(/^[ \t]+/gm, "")
    .replace(/\n{2,}/g, "\n\n")
    .trim();
}
