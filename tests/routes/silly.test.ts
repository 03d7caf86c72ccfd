import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { until } from "#tests/support/until.ts";
import { readLogLine } from "#tests/support/log-line.ts";
import { cookieOf, siteMap } from "./support/whole-app.ts";

// Nobody writes an error line, or anything that is no line of ours, by asking for something silly.
const said = vi.hoisted((): { errors: unknown[] } => ({ errors: [] }));
vi.mock("#app/http/log.server.ts", () => {
  const keep = (...line: unknown[]) => void said.errors.push(line);
  return { log: { error: keep, warn: keep, info: () => undefined } };
});

const { persons } = signedIn("budi");
const site = servedApp();
let cookie: string;
const printed: string[] = [];
const ends = new Set<net.Socket>();

beforeAll(async () => {
  cookie = await cookieOf(persons.budi);
  site.server.on("connection", (end: net.Socket) => ends.add(end));
  // What is loaded at first use may warn of itself.
  await send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
});
beforeEach(() => {
  site.lines.length = 0;
  said.errors.length = 0;
  printed.length = 0;
  for (const way of ["log", "warn", "error", "info"] as const)
    vi.spyOn(console, way).mockImplementation((...words) => void printed.push(words.join(" ")));
});

/** The server's end of a connection, once something has arrived at it. */
const heard = (port: number) =>
  until(() => {
    const socket = [...ends].find(({ remotePort, bytesRead }) => remotePort === port && bytesRead > 0);
    expect(socket).toBeDefined();
  }, 5);

/** Sends bytes as they are and gives what came back until the connection ended; `cut`: hangs up once they are heard. */
function send(bytes: string | Buffer, cut = false): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = net.connect(site.port, "127.0.0.1", () => {
      socket.write(bytes);
      if (cut)
        void heard(socket.localPort!).then(
          () => socket.resetAndDestroy(),
          () => socket.destroy(),
        );
    });
    socket
      .setEncoding("latin1")
      .on("data", (text: string) => (answer += text))
      .on("error", () => undefined)
      .on("close", () => resolve(answer));
  });
}

const quiet = async () => {
  await expect.poll(() => site.lines.length).toBeGreaterThan(0); // The line of the request itself, when it is over.
  expect([...site.lines.map(readLogLine).filter(({ level }) => level > 30), ...said.errors, ...printed]).toEqual([]);
};
const head = (method: string, path: string, more = "") =>
  `${method} ${path} HTTP/1.1\r\nhost: alfa.test\r\nconnection: close\r\n${more}\r\n`;
const form = (path: string, body: string, more = "content-type: application/x-www-form-urlencoded\r\n") =>
  head("POST", path, `origin: http://alfa.test\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${more}`) + body;

const questions: Array<[string, number]> = [
  ["/?_data=root", 404],
  ["/?_data=", 404],
  ["/?_data=routes/orders", 404],
  ["/orders?%5Fdata=root", 404],
  ["/?a=1&_data=x", 404],
  ["/orders/ORD-2026-000001.data", 404],
  ["/_root.data", 404],
  ["/x.data?_routes=y", 404],
  ["/__manifest?p=/orders&version=x", 404],
  ["/orders/%E0%A4%A", 400],
  ["/%00", 400],
  ["/orders/%2500", 303],
  ["//evil.test", 400],
  ["/\\evil", 400],
  ["http://evil.test/", 400],
  ["/products?q=%E0%A4%A", 200],
  ["/products?q=%ff%fe", 200],
  [`/products?q=${"a".repeat(7000)}`, 400],
  ["/products?after=%00", 400],
  ["/api/products?after=x", 400],
  ["/pictures/x.svg", 404],
  ["/bukan-saya/x.y.z", 404],
  ["/bukan-saya/..", 200],
  ["/%2e%2e/%2e%2e/etc/passwd", 404],
  ["/login?next=%0d%0aset-cookie:x=1", 200],
  ["/password/reset?token_hash=x", 410],
  ["/orders?index", 303],
  ["/nowhere", 404],
];
test.each(questions)("GET %s: %i, and no line beyond that of the request", async (path, status) => {
  expect((await send(head("GET", path))).split("\r\n")[0]).toContain(` ${status} `);
  await quiet();
});

test.each(["TRACE", "PROPFIND", "OPTIONS", "PUT", "PATCH", "DELETE", "HEAD", "LINK"])(
  "%s of every kind of address",
  async (method) => {
    for (const path of [
      "/",
      "/orders",
      "/api/products",
      "/api/health",
      "/webhooks/resend",
      "/webhooks/uptime",
      "/language",
      "/pictures/x.svg",
      "/login",
    ]) {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(await send(head(method, path)))![1]);
      expect([method, path, status < 500 || "an error"]).toEqual([method, path, true]);
    }
    await quiet();
  },
);

const bodies = [
  "",
  "x",
  "a=%E0%A4%A",
  "=&=&=",
  "constructor=1&__proto__=2&toString=3",
  "a".repeat(5000),
  `${"a=1&".repeat(3000)}`,
  "\0\0\0",
  '{"a":',
  '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
];
const types = [
  "",
  "content-type: multipart/form-data\r\n",
  "content-type: multipart/form-data; boundary=x\r\n",
  "content-type: application/json\r\n",
  "content-type: ;;;\r\n",
  "content-type: text/plain; charset=klingon\r\n",
  "content-encoding: gzip\r\ncontent-type: application/x-www-form-urlencoded\r\n",
  "content-type: application/x-www-form-urlencoded\r\n",
];
const posts = [
  ...new Set(
    siteMap()
      .map(({ path = "" }) =>
        `/${path}`
          .replace(/\/:?[\w-]+\?/g, "")
          .replace(/:\w+/g, "X-1")
          .replace("*", "x"),
      )
      // Answered before the body is read, whatever it is, and not logged: tests/local/seeing.test.ts.
      .filter((path) => path !== "/api/health" && path !== "/api/rum"),
  ),
];
test.each(posts)("POST %s with bodies that are no form of ours", async (path) => {
  for (const type of types) {
    for (const body of type.includes("urlencoded") ? bodies : bodies.slice(0, 3)) {
      for (const who of ["", `cookie: ${cookie}\r\n`]) {
        const answer = await send(form(path, body, type + who));
        expect([
          path,
          type,
          body.slice(0, 40),
          Number(/^HTTP\/1\.1 (\d+)/.exec(answer)![1]) < 500 || answer.slice(0, 200),
        ]).toEqual([path, type, body.slice(0, 40), true]);
      }
    }
  }
  await quiet();
});

const b64 = (text: string) => `base64-${Buffer.from(text).toString("base64url")}`;
test.each([
  "alfa-session=",
  "alfa-session=x",
  "alfa-session=base64-",
  "alfa-session=base64-!!!",
  "alfa-session=null",
  "alfa-session=%",
  `alfa-session=${b64("null")}`,
  `alfa-session=${b64("{")}`,
  `alfa-session=${b64("[]")}`,
  `alfa-session=${b64('{"access_token":1}')}`,
  `alfa-session=${b64('{"access_token":"a.b.c","refresh_token":"x"}')}`,
  `alfa-session.0=base64-eyJ; alfa-session.1=%ff`,
  `alfa-session.0=base64-\xff; alfa-session.3=x`,
  `alfa-session=base64-${"A".repeat(6000)}`,
  "toast=x",
  `toast=${Buffer.from("null").toString("base64url")}`,
  `toast=${Buffer.from("[1]").toString("base64url")}`,
  "lang=klingon",
  "lang=__proto__",
  "alfa-device=x; ended=y",
  "=; ;;; =;",
  "a".repeat(7000),
  "%E0%A4%A=%E0%A4%A",
  "__proto__=1; constructor=2",
])("the cookie %s", async (given) => {
  for (const path of ["/", "/login", "/api/products", "/orders"])
    expect((await send(Buffer.from(head("GET", path, `cookie: ${given}\r\n`), "latin1"))).slice(9, 10)).toMatch(
      /[234]/,
    );
  await send(Buffer.from(form("/logout", "", `cookie: ${given}\r\n`), "latin1"));
  await quiet();
});

test.each([
  ["a giant header", head("GET", "/", `x-a: ${"a".repeat(80_000)}\r\n`)],
  ["many headers", head("GET", "/", "x-a: 1\r\n".repeat(3000))],
  ["no HTTP at all", "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03".repeat(20)],
  ["half a head", "GET / HT"],
  [
    "a body that says two lengths",
    "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["a bad chunk", head("POST", "/logout", "origin: http://alfa.test\r\ntransfer-encoding: chunked\r\n") + "zz\r\n"],
])("%s", async (_, bytes) => {
  await send(bytes, true);
  await send(head("GET", "/api/products"));
  await quiet();
});

test("an upload that is cut off, at its start, in the middle and while it is refused", async () => {
  for (const sent of ["", "a=1", "a".repeat(3000), "a".repeat(80_000)]) {
    await send(
      head(
        "POST",
        "/login",
        "origin: http://alfa.test\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 90000\r\n",
      ) + sent,
      true,
    );
  }
  await expect.poll(() => site.lines.length).toBe(4);
  await quiet();
});

test.each([
  "bytes=5-2",
  "bytes=-",
  "bytes=a-b",
  "bytes=0-1,3-4",
  "bytes=99999999-",
  "x",
  "bytes=-5",
  "bytes=2-99999999999999999999",
])("a static file by the range %s", async (range) => {
  expect((await send(head("GET", "/favicon.svg", `range: ${range}\r\n`))).slice(9, 10)).toMatch(/[24]/);
  await quiet();
});

test("control: an error of ours is a line, and so is what is printed", async () => {
  console.warn("x");
  const { handleError } = await import("#app/entry.server.tsx");
  void handleError(new Error("ours"), { request: new Request("http://alfa.test/"), context: {} as never, params: {} });
  await pause(0);
  expect([said.errors.length, printed]).toEqual([1, ["x"]]);
});
