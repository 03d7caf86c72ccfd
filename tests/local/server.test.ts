import http from "node:http";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readLogLine } from "#tests/support/log-line.ts";
import { createServer } from "../../server/create-server.ts";
import { portOf } from "#supabase/local/ports.ts";

const logged: string[] = [];
const seen: string[] = [];
let server: http.Server;
let origin: string;

beforeAll(async () => {
  const log = pino(new Writable({ write: (line, _encoding, done) => (logged.push(String(line)), done()) }));
  server = createServer({
    appUrl: "https://order.alfa.test",
    trustedProxyHops: 0,
    log,
    deadline: 200,
    async handle(request, context) {
      const { pathname } = new URL(request.url);
      seen.push(`${request.method} ${pathname} ${await request.text()}`);
      if (pathname === "/renewed") context.outgoing.cookies.push("alfa-session=1; HttpOnly");
      if (pathname === "/never") await new Promise(() => undefined);
      if (pathname === "/broken") throw new Error("secret detail");
      return new Response("<p>halo</p>".repeat(200), {
        headers: { "content-type": "text/html", "cache-control": "public, max-age=60" },
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(() => new Promise((closed) => server.close(closed).closeAllConnections()));
beforeEach(() => {
  logged.length = 0;
  seen.length = 0;
});

const post = (body: string, headers: Record<string, string> = {}, path = "/cart/items") =>
  fetch(origin + path, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
  });

test("health is constant and asks nobody", async () => {
  const response = await fetch(`${origin}/api/health`);

  expect(await response.text()).toBe('{"status":"ok"}');
  expect(seen).toEqual([]);
});

test("a connection not accepted, for want of descriptors say, is a warning; the next one is answered", async () => {
  server.emit("error", Object.assign(new Error("accept EMFILE"), { code: "EMFILE" }));

  expect(logged.map(readLogLine)).toMatchObject([{ level: 40, msg: "a connection could not be accepted" }]);
  expect((await fetch(`${origin}/api/health`)).status).toBe(200);
});

test("a page carries the security headers and its request id, which the log repeats", async () => {
  const response = await fetch(`${origin}/orders?q=private`);
  await response.text();

  expect(response.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(response.headers.get("strict-transport-security")).toContain("max-age");
  expect(response.headers.get("content-encoding")).toBe("gzip");
  const id = response.headers.get("x-request-id");
  await expect.poll(() => logged.join("")).toContain(`"path":"/orders","status":200`);
  expect(logged.join("")).toContain(id);
  expect(logged.join("")).not.toContain("private");
});

test.each<[string, Record<string, string>]>([
  ["another site's Origin", { origin: "https://evil.test" }],
  ["a hidden Origin", { origin: "null" }],
  ["Sec-Fetch-Site: cross-site", { "sec-fetch-site": "cross-site" }],
  ["a neighbour on the same site", { "sec-fetch-site": "same-site", origin: "https://blog.alfa.test" }],
])("a form with %s is refused in both languages and reaches nothing", async (_, headers) => {
  const response = await post("sku=A", headers);
  const page = await response.text();

  expect(response.status).toBe(403);
  expect(page).toContain("situs lain");
  expect(page).toContain("another site");
  expect(seen).toEqual([]);
});

test.each<[string, Record<string, string>]>([
  ["our own page", { origin: "https://order.alfa.test", "sec-fetch-site": "same-origin" }],
  ["a client that is no browser", {}],
])("a form from %s passes with its body", async (_, headers) => {
  expect((await post("sku=A", headers)).status).toBe(200);
  expect(seen).toEqual(["POST /cart/items sku=A"]);
});

test("a body over 64 KB is a 413 page, declared or not", async () => {
  const large = "x".repeat(65 * 1024);
  const declared = await post(large);
  const streamed = { method: "POST", body: new Blob([large]).stream(), duplex: "half" as const };
  const undeclared = await fetch(`${origin}/checkout`, streamed);

  expect([declared.status, undeclared.status]).toEqual([413, 413]);
  expect(await declared.text()).toContain("64 KB");
  expect(seen).toEqual([]);
});

test("under /api a refusal is problem JSON", async () => {
  const response = await post("x".repeat(65 * 1024), {}, "/api/products");

  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ status: 413, requestId: response.headers.get("x-request-id") });
});

test.each(["/%", "/products/%E0%A4%A", "/a%00b", "//evil.test/x", "/\\evil.test"])(
  "the address %s is a 400",
  async (path) => {
    expect(await rawStatus(path)).toBe(400);
    expect(seen).toEqual([]);
  },
);

test("a cookie of the context reaches the visitor and keeps the answer out of caches", async () => {
  const response = await fetch(`${origin}/renewed`);

  expect(response.headers.getSetCookie()).toEqual(["alfa-session=1; HttpOnly"]);
  expect(response.headers.get("cache-control")).toBe("private, no-store");
});

test("an error shows a page without its details, and the log has them", async () => {
  const response = await fetch(`${origin}/broken`);

  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("secret detail");
  expect(logged.join("")).toContain("secret detail");
});

test("a page that takes too long is a 503", async () => {
  expect((await fetch(`${origin}/never`)).status).toBe(503);
});

// fetch would tidy these addresses up before sending them.
function rawStatus(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    http
      .get({ hostname, port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .on("error", reject);
  });
}
