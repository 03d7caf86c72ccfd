import { ask, cookieOf } from "./whole-app.ts";

const decode = (html: string) =>
  html
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
const bare = (html: string) =>
  decode(html.replace(/<!--.*?-->/gs, "").replace(/<[^>]+>/g, ""))
    .replace(/\s+/g, " ")
    .trim();
const attribute = (tag: string, name: string) => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : decode(found);
};

/** A browser without scripts, which knows links and forms, and counts how often somebody clicked. */
export class NoScript {
  clicks = 0;
  path = "";
  status = 0;
  html = "";
  readonly #origin: string;
  #cookies: Map<string, string>;

  private constructor(origin: string, session: string) {
    this.#origin = origin;
    const [name, ...value] = session.split("=");
    this.#cookies = new Map([[name!, value.join("=")]]);
  }

  static async open(origin: string, person: { userId: string; sessionId: string }) {
    return new NoScript(origin, await cookieOf(person));
  }

  get text(): string {
    return bare(this.html);
  }

  async goto(path: string, body?: URLSearchParams): Promise<void> {
    const answer = await ask(this.#origin, path, {
      method: body ? "POST" : "GET",
      headers: {
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(body ? { origin: "http://alfa.test", "content-type": "application/x-www-form-urlencoded" } : {}),
      },
      body: body?.toString(),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value = ""] = line.split(";", 1)[0]!.split("=");
      if (/max-age=0/i.test(line)) this.#cookies.delete(name!);
      else this.#cookies.set(name!, value);
    }
    const to = answer.headers.get("location");
    if (answer.status >= 300 && answer.status < 400 && to) return this.goto(to);
    Object.assign(this, { path, status: answer.status, html: await answer.text() });
  }

  /** Clicks the first link of the content that begins with these words. */
  async follow(words: string): Promise<void> {
    const links = [...this.html.slice(this.html.indexOf("<main")).matchAll(/<a\s[^>]*>.*?<\/a>/gs)];
    const link = links.find(([html]) => bare(html).startsWith(words));
    if (!link) throw new Error(`no link «${words}» on ${this.path}`);
    this.clicks += 1;
    await this.goto(attribute(link[0], "href")!);
  }

  /** Presses the button with these words: its form goes as it stands. */
  press(words: string): Promise<void> {
    return this.submit(words, []);
  }

  /** The same with boxes ticked or fields filled before; a tick is a click too. */
  async submit(words: string, more: string[][]): Promise<void> {
    const forms = [...this.html.matchAll(/<form\s[^>]*>.*?<\/form>/gs)].map(([html]) => html);
    const form = forms.find((html) =>
      [...html.matchAll(/<button\s[^>]*>.*?<\/button>/gs)].some(([button]) => bare(button) === words),
    );
    if (!form) throw new Error(`no button «${words}» on ${this.path}`);
    this.clicks += 1 + more.length;
    const hidden = [...form.matchAll(/<input\s[^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => attribute(tag, "type") !== "checkbox")
      .map((tag) => [attribute(tag, "name") ?? "", attribute(tag, "value") ?? ""]);
    const fields = new URLSearchParams([...hidden, ...more]);
    const action = attribute(form, "action") ?? this.path;
    if (attribute(form, "method") === "post") return this.goto(action, fields);
    return this.goto(`${action.split("?")[0]}?${fields}`);
  }
}
