/** An answer of the site: its status, where it sends one, and the page. */
export type Page = { status: number; location: string | null; html: string };

const deadlineMs = 12_000;

/** What a browser without scripts is to the site: it keeps cookies, follows nothing by itself, and says who it is. */
export class Browser {
  #cookies = new Map<string, string>();
  readonly #site: string;

  constructor(site: string) {
    this.#site = site;
  }

  get = (path: string) => this.#ask(path, {});

  post = (path: string, fields: Record<string, string>) =>
    this.#ask(path, {
      method: "POST",
      body: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: new URL(this.#site).origin },
    });

  async #ask(path: string, { headers = {}, ...init }: { headers?: Record<string, string> } & RequestInit) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(this.#site + path, {
      ...init,
      redirect: "manual",
      headers: { ...headers, ...(cookie ? { cookie } : {}), "user-agent": "alfa-journey" },
      signal: AbortSignal.timeout(deadlineMs),
    });
    for (const set of response.headers.getSetCookie()) this.#keep(set);
    const html = await response.text();
    return { status: response.status, location: response.headers.get("location"), html };
  }

  #keep(set: string) {
    const [, name = "", value = ""] = /^([^=;]+)=([^;]*)/.exec(set) ?? [];
    if (value === "" || /;\s*max-age=0/i.test(set)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** What a field with this name holds on a page: the first of them; null when there is none. */
export function valueOf(html: string, name: string): string | null {
  for (const [tag] of html.matchAll(/<(?:input|button)\b[^>]*>/g)) {
    if (attribute(tag, "name") === name) return attribute(tag, "value") ?? "";
  }
  return null;
}

/** The names of fields that begin so. */
export const namesOf = (html: string, prefix: string): string[] =>
  [...html.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]) => {
    const name = attribute(tag, "name");
    return name?.startsWith(prefix) ? [name] : [];
  });

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined
    ? null
    : found
        .replace(/&quot;/g, '"')
        .replace(/&#x27;/g, "'")
        .replace(/&amp;/g, "&");
}
