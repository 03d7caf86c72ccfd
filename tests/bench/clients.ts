import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";

/** What an HTTP request came to. `ms`: from sending it to the last byte of the answer. */
export type Answer = { status: number; headers: http.IncomingHttpHeaders; body: Buffer; ms: number };

/** `count` works in turn, `clients` at a time. */
export async function together(clients: number, count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

/** As many works as fit into so many milliseconds, `clients` at a time. @returns works per second. */
export async function flood(
  clients: number,
  milliseconds: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> {
  const started = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let index = client; performance.now() - started < milliseconds; index += clients) {
        await work(index);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - started) / 1000);
}

/** A person with a browser's manners, without its weight: cookies kept, nothing followed. */
export class Visitor {
  readonly #cookies = new Map<string, string>();
  readonly #agent = new http.Agent({ keepAlive: true });

  readonly #base: string;
  readonly #from: string | undefined;

  /** `from`: the address that he comes from, one of 127.0.0.0/8: what is limited per address is limited per person. */
  constructor(base: string, { from }: { from?: string } = {}) {
    this.#base = base;
    this.#from = from;
  }

  get cookies() {
    return [...this.#cookies];
  }

  get(path: string): Promise<Answer> {
    return this.#send("GET", path);
  }

  post(path: string, fields: Record<string, string>): Promise<Answer> {
    return this.#send("POST", path, new URLSearchParams(fields).toString());
  }

  /** What a program or a page's script sends. */
  postJson(path: string, value: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return this.#send("POST", path, text, { "content-type": "application/json", ...headers });
  }

  /**
   * Through the form, with whatever it hides. A web that has just started may say to come back.
   *
   * @throws Error unless it leads on.
   */
  async signIn(email: string, password: string): Promise<void> {
    let page = await this.get("/login");
    for (let tries = 0; page.status === 503 && tries < 300; tries += 1) {
      await pause(100);
      page = await this.get("/login");
    }
    const { status } = await this.post("/login", { ...hiddenFields(page, "/login"), email, password });
    if (status !== 303 && status !== 302) throw new Error(`Signing in as ${email} answered ${status}.`);
  }

  close() {
    this.#agent.destroy();
  }

  #send(method: string, path: string, body?: string, more: Record<string, string> = {}): Promise<Answer> {
    const started = performance.now();
    const headers: Record<string, string> = {
      "accept-encoding": "gzip",
      cookie: this.cookies.map((pair) => pair.join("=")).join("; "),
    };
    if (body !== undefined)
      Object.assign(headers, {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": String(Buffer.byteLength(body)),
        ...more,
      });
    return new Promise((resolve, reject) => {
      const options = { method, headers, agent: this.#agent, localAddress: this.#from };
      const request = http.request(new URL(path, this.#base), options, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          this.#keep(response.headers["set-cookie"] ?? []);
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(parts),
            ms: performance.now() - started,
          });
        });
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  #keep(lines: string[]) {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && value) this.#cookies.set(name, value);
      else if (name) this.#cookies.delete(name);
    }
  }
}

/** The hidden fields of the form on a page that posts to `action`. @throws Error when there is no such form. */
export function hiddenFields(page: Answer, action: string): Record<string, string> {
  const html = textOf(page);
  const form = [...html.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)]
    .map(([text]) => text)
    .find((text) => text.includes(`action="${action}"`));
  if (!form) throw new Error(`No form for ${action} on a page that answered ${page.status}.`);
  const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  const hidden = [...form.matchAll(/<input[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => attribute(tag, "type") === "hidden");
  return Object.fromEntries(hidden.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]));
}

/** The words of an answer, unpacked. */
export function textOf({ headers, body }: Answer): string {
  return (headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString("utf8");
}
