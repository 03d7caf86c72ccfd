import { once } from "node:events";
import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { allowedFacts } from "#app/log-facts.ts";
import { LogQueue, type AgedLine, logQueue } from "#app/log-queue.ts";
import { openLog } from "#app/logger.ts";
import { loggedError } from "#app/http/logged-error.ts";
import { portOf } from "#supabase/local/ports.ts";
import { logWhatIsPrinted } from "../../server/console.ts";
import { createServer } from "../../server/create-server.ts";

// What people typed, are called, can be reached by or get in with stands in no line of a log: neither on standard
// output nor in what goes to the database.

const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.${"c4n4ry".repeat(7)}`;
const canaries = {
  token: jwt,
  key: "sk_live_c4n4ry".padEnd(44, "x"),
  password: "rahasia-canary-7",
  email: "canary@salon-budi.test",
  phone: "0812-3456-7890",
  phoneAbroad: "+62 812 3456 7891",
  phonePlain: "6281234567892",
  npwp: "09.254.294.3-407.000",
  npwpPlain: "0925429434070001",
  cookie: "alfa-session=c4n4ry-session",
};
const all = Object.values(canaries);
// A password is known by what stands around it, and by nothing else.
const words = all.filter((canary) => canary !== canaries.password).join(" ");

const printed: string[] = [];
const log = openLog("web", {}, { write: (line) => void printed.push(line) });

async function everyLine(): Promise<{ out: string; table: string; lines: AgedLine[] }> {
  const lines: AgedLine[] = [];
  await logQueue().drain((some) => Promise.resolve(lines.push(...some)));
  return { out: printed.splice(0).join(""), table: JSON.stringify(lines), lines };
}
async function expectNoCanary() {
  const said = await everyLine();
  for (const [name, canary] of Object.entries(canaries)) {
    expect([name, said.out.includes(canary)]).toEqual([name, false]);
    expect([name, said.table.includes(canary)]).toEqual([name, false]);
  }
  return said;
}

test("a request that carries them everywhere, to a page that fails by repeating them", async () => {
  const server = createServer({
    appUrl: "https://order.alfa.test",
    trustedProxyHops: 0,
    log,
    handle: async (request) => {
      const typed = await request.text();
      if (request.url.includes("json")) JSON.parse(typed);
      throw Object.assign(new Error(`no page for ${request.url} with ${[...request.headers]} and ${typed}`), {
        request,
        detail: typed,
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  for (const path of ["/orders", "/json"]) {
    const query = new URLSearchParams({ q: canaries.email, token: jwt, phone: canaries.phone, npwp: canaries.npwp });
    const answer = await fetch(`http://127.0.0.1:${portOf(server)}${path}?${query}`, {
      method: "POST",
      body: path === "/json" ? canaries.password : new URLSearchParams(canaries).toString(),
      headers: {
        authorization: `Bearer ${jwt}`,
        cookie: canaries.cookie,
        "x-api-key": canaries.key,
        "user-agent": canaries.email,
        "content-type": "application/x-www-form-urlencoded",
      },
    });
    expect(answer.status).toBe(500);
    const page = await answer.text();
    for (const canary of all) expect(page).not.toContain(canary);
  }
  await expect.poll(() => printed.filter((line) => line.includes('"msg":"request"')).length).toBe(2);
  const { out, lines } = await expectNoCanary();
  expect(out).toContain("request failed");
  expect(lines.map(({ message }) => message).sort()).toEqual([
    "request",
    "request",
    "request failed",
    "request failed",
  ]);
  await new Promise((closed) => server.close(closed).closeAllConnections());
});

test("in facts without a name on the list, deep in those with one, in words and in errors of all kinds", async () => {
  log.error({ ...canaries, body: canaries, headers: { ...canaries } }, "facts");
  log.warn({ reason: `could not reach ${words} for password=${canaries.password}` }, "reason");
  log.warn({ err: new Error(`mail to ${canaries.email} with password: ${canaries.password}`) }, "an error as it is");
  log.warn({ err: loggedError(new SyntaxError(`Unexpected token, "${canaries.password}" is not valid JSON`)) }, "json");
  log.warn(
    { err: Object.assign(new Error(`invalid input syntax: "${canaries.password}"`), { code: "22P02" }) },
    "postgres",
  );
  log.warn({ reason: `postgres://web:${canaries.password}@db.alfa.test:5432 is away` }, "address");
  log.warn({ findings: [{ what: "x", reason: words, address: canaries.email, password: canaries.password }] }, "list");
  log.info(`words ${words} and Cookie: ${canaries.cookie}; theme=dark`);
  log.error(new Error(`${words} Authorization: Basic ${canaries.key}`));
  const { out } = await expectNoCanary();
  expect(out).toContain('"unnamed"');
  expect(out).toContain("is not valid JSON");
});

test("in what a library prints", async () => {
  const kept = { ...console };
  try {
    logWhatIsPrinted(log);
    console.warn("fetch failed", { authorization: `Bearer ${jwt}`, email: canaries.email }, new Error(canaries.phone));
    console.error(`GET /?token=${canaries.key} ${canaries.npwp} ${canaries.npwpPlain} password=${canaries.password}`);
  } finally {
    Object.assign(console, kept);
  }
  const { lines } = await expectNoCanary();
  expect(lines.length).toBe(2);
});

test("a line says what it is to say: numbers, codes, where, how long", async () => {
  const facts = {
    order: "ORD-2026-000123",
    requestId: "6f1c2f0a-1111-4222-8333-123456789012",
    ms: 12.5,
    status: 200,
    path: "/orders/ORD-2026-000123",
    action: "ORDER_PLACED",
    at: new Date("2026-11-30T08:12:33.123Z"),
    head: 1_796_000_000_000,
  };
  log.info(facts, "the database is back");
  const { out, lines } = await everyLine();
  expect(JSON.parse(out)).toMatchObject({ ...facts, at: facts.at.toISOString(), process: "web", level: 30 });
  const { requestId: request, ...rest } = facts;
  expect(lines).toMatchObject([
    { level: 30, message: "the database is back", request, facts: { ...rest, at: facts.at.toISOString() } },
  ]);
  expect(lines[0]!.ago).toBeLessThan(5);
});

test("the longest address that is taken costs a line hardly any time, whatever it is made of", () => {
  for (const part of ["a.", "a+", "%41", "1.2.", "a@", "08 1", "eyJa.", "password:'", "cookie=", "://"]) {
    const path = `/${part.repeat(15_000)}`.slice(0, 15_000);
    const began = performance.now();
    allowedFacts({ path });
    // Where each letter was tried against all that follow it took 300.
    expect(performance.now() - began, part).toBeLessThan(100);
  }
  const long = `${"x".repeat(30)}.${"y".repeat(33)}@salon.test`;
  expect(allowedFacts({ path: `/a/${long}` })).toEqual({ path: "/a/…@…" });
});

test("files that were served are not stored, other lines with odd letters are", async () => {
  log.info({ route: "files", status: 200 }, "request");
  log.info({ route: "files", status: 404 }, "request");
  log.info({ reason: "a\u0000b\ud800c" }, "odd \u0000 \ud800");
  const { lines } = await everyLine();
  expect(lines.map(({ facts }) => facts)).toEqual([{ route: "files", status: 404 }, { reason: "ab\ufffdc" }]);
});

test("whoever logs never waits: a full queue loses lines and counts them, and says so once a minute", async () => {
  const queue = new LogQueue();
  const line = JSON.stringify({ level: 30, time: Date.now(), msg: "x" });
  for (let index = 0; index < 6_000; index += 1) queue.add(line);
  queue.add("x".repeat(20_000));
  expect([queue.waiting, queue.lostInAll]).toEqual([5_000, 1_001]);

  await expect(queue.drain(() => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(queue.waiting).toBe(5_000);
  let written = 0;
  await queue.drain((lines) => Promise.resolve((written += lines.length)));
  expect([written, queue.waiting]).toEqual([5_000, 0]);
  expect([queue.takeLost(), queue.takeLost()]).toEqual([1_001, 0]);

  queue.lose(3);
  expect(queue.takeLost()).toBe(0);
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 61_000);
  expect(queue.takeLost()).toBe(3);
});

test("what is no line of ours is passed over", async () => {
  const queue = new LogQueue();
  for (const text of ["", "no json", "null", "[]", '{"level":"loud"}', '{"level":30,"time":"never"}']) queue.add(text);
  const told = vi.fn(() => Promise.resolve());
  await queue.drain(told);
  expect([told.mock.calls.length, queue.waiting]).toEqual([0, 0]);
});

test("a logger of pino's own, without our care, would tell them: the test would see it", () => {
  const lines: string[] = [];
  pino({}, { write: (line: string) => void lines.push(line) }).warn({ email: canaries.email }, canaries.phone);
  expect(lines.join("")).toContain(canaries.email);
});
