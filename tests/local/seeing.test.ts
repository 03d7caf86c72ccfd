import { once } from "node:events";
import http from "node:http";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { drainAnswers, type RequestSum } from "#app/vitals/requests.ts";
import { drainVitals, p75Of, type VitalSum } from "#app/vitals/vital.ts";
import { portOf } from "#supabase/local/ports.ts";
import { createServer } from "../../server/create-server.ts";
import { routePatterns } from "../../server/routes.ts";
import { siteMap } from "../routes/support/whole-app.ts";

// What is counted of requests and pages, by a server on a real port with the product's own addresses.

const root = { id: "root", path: "", parentId: undefined, index: undefined };
const routes = routePatterns([
  root,
  ...siteMap().map(({ id, path, index }) => ({ id, path, index, parentId: "root" as const })),
]);
const logged: string[] = [];
/** Answers that are held back until somebody lets them go. */
const waiting: Array<() => void> = [];
let server: http.Server;
let origin: string;

beforeAll(async () => {
  server = createServer({
    appUrl: "https://order.alfa.test",
    trustedProxyHops: 1,
    log: pino(new Writable({ write: (line, _encoding, done) => (logged.push(String(line)), done()) })),
    routes,
    before: [(request, response, next) => (request.url === "/enhance.js" ? void response.end("x") : next())],
    handle: (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/orders/ORD-2026-000009") return Promise.resolve(new Response("no", { status: 503 }));
      if (request.headers.has("x-wait"))
        return new Promise((resolve) => waiting.push(() => resolve(new Response("late"))));
      return Promise.resolve(new Response("<p>halo</p>", { headers: { "content-type": "text/html" } }));
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(() => new Promise((closed) => server.close(closed).closeAllConnections()));
beforeEach(async () => {
  await counted();
  await measured();
});

async function counted(): Promise<RequestSum[]> {
  const all: RequestSum[] = [];
  await drainAnswers((sums) => Promise.resolve(all.push(...sums)));
  return all;
}
async function measured(): Promise<VitalSum[]> {
  const all: VitalSum[] = [];
  await drainVitals((sums) => Promise.resolve(all.push(...sums)));
  return all;
}

test("each address of ours has its pattern, and what is none of ours none of its words", () => {
  expect(
    [
      "/",
      "/orders/ORD-2026-000123",
      "/admin/alerts/ORD-2026-000123/again",
      "/bukan-saya/geheim",
      "/api/products",
      "/api/budi",
      "/budi@salon.test",
      "/%E0%A4%A",
    ].map(routes.patternOf),
  ).toEqual([
    "/",
    "/orders/:number",
    "/admin/alerts/:number/:step?",
    "/bukan-saya/:token",
    "/api/products",
    "other",
    "other",
    "other",
  ]);
  // What the database takes of them.
  for (const { path = "" } of siteMap())
    if (routes.isPattern(`/${path}`)) expect(`/${path}`).toMatch(/^[A-Za-z0-9/:*?._-]{1,100}$/);
});

test("a request is counted by pattern and method when it is over, with what became of it, and pages too", async () => {
  for (const path of ["/orders/ORD-2026-000001?q=rahasia", "/orders/ORD-2026-000002", "/orders/ORD-2026-000009"])
    await (await fetch(origin + path)).text();
  await (await fetch(`${origin}/cart`, { method: "POST", body: "a=b" })).text();
  await (await fetch(`${origin}/enhance.js`)).text();
  await (await fetch(`${origin}/api/health`)).text();
  await (await fetch(`${origin}/nobody@salon.test`)).text();
  await expect.poll(() => logged.length).toBe(6);
  const sums = await counted();
  expect(sums.map(({ route, method, requests, failed }) => [method, route, requests, failed])).toEqual([
    ["GET", "/orders/:number", 3, 1],
    ["POST", "/cart", 1, 0],
    ["GET", "files", 1, 0],
    ["GET", "/api/health", 1, 0],
    ["GET", "other", 1, 0],
  ]);
  expect(sums[0]!.histogram.reduce((a, b) => a + b)).toBe(3);
  expect(await measured()).toMatchObject([{ route: "/orders/:number", metric: "PAGE", samples: 2 }]);
  expect(logged.join("")).toContain('"route":"/orders/:number"');
  expect(await counted()).toEqual([]);
});

test("whoever goes before his answer is out is counted as cut off, and a failed answer as failed", async () => {
  const { port } = new URL(origin);
  const request = http.request({ port, path: "/checkout", method: "POST", headers: { "x-wait": "1" } });
  request.on("error", () => undefined);
  request.end("a=b");
  await expect.poll(() => waiting.length).toBe(1);
  request.destroy();
  await expect.poll(counted).toMatchObject([{ route: "/checkout", requests: 1, failed: 0, cut: 1 }]);
  waiting.pop()!();
  await (await fetch(`${origin}/orders/ORD-2026-000009`)).text();
  await expect.poll(counted).toMatchObject([{ route: "/orders/:number", requests: 1, failed: 1, cut: 0 }]);
});

test("a process that nobody asked anything says that it is there", async () => {
  const handed: RequestSum[][] = [];
  await drainAnswers((sums) => Promise.resolve(handed.push(sums)));
  expect(handed).toEqual([[]]);
});

test("what the database cannot take is kept with its age, and within bounds", async () => {
  await (await fetch(`${origin}/products`)).text();
  await expect
    .poll(async () => drainAnswers(() => Promise.reject(new Error("away"))).then(() => "", String))
    .toContain("away");
  await (await fetch(`${origin}/products`)).text();
  await expect.poll(async () => (await counted()).reduce((sum, { requests }) => sum + requests, 0)).toBe(2);
});

const vital = (more: object = {}) => ({
  route: "/products",
  vitals: [
    { name: "LCP", value: 2_400, target: "img.product-picture" },
    { name: "CLS", value: 0.05 },
    { name: "INP", value: 180, target: "button.button" },
    { name: "TTFB", value: 300 },
  ],
  ...more,
});
const send = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(`${origin}/api/rum`, {
    method: "POST",
    body: body as string,
    headers: { "content-type": "text/plain;charset=UTF-8", ...headers },
  });

test("what a phone measured is answered before it is read, and added up", async () => {
  for (const type of ["text/plain;charset=UTF-8", "application/json"]) {
    const answer = await send(JSON.stringify(vital()), { "content-type": type });
    expect([answer.status, await answer.text(), answer.headers.get("cache-control")]).toEqual([204, "", "no-store"]);
  }
  let sums: VitalSum[] = [];
  await expect.poll(async () => (sums = [...sums, ...(await measured())]).length).toBeGreaterThanOrEqual(4);
  const lcp = sums.filter(({ metric }) => metric === "LCP");
  expect(lcp.reduce((sum, { samples }) => sum + samples, 0)).toBe(2);
  expect(lcp[0]).toMatchObject({ route: "/products", targets: { "img.product-picture": lcp[0]!.samples } });
  for (const [metric, value] of [
    ["LCP", 2_400],
    ["CLS", 0.05],
    ["INP", 180],
    ["TTFB", 300],
  ] as const) {
    const told = p75Of(metric, sums.find((sum) => sum.metric === metric)!.histogram)!;
    expect(Math.abs(told - value) / value).toBeLessThan(0.0906);
  }
});

const deep = "[".repeat(4_000) + "]".repeat(4_000);
const one = (name: unknown, value: unknown, more: object = {}) =>
  JSON.stringify({ route: "/products", vitals: [{ name, value, ...more }] });
const garbage: Record<string, string | Uint8Array> = {
  nothing: "",
  "random bytes": crypto.getRandomValues(new Uint8Array(6_000)),
  "no JSON": "{",
  "deep JSON": deep,
  "a list": "[]",
  null: "null",
  "NaN as it is": '{"route":"/products","vitals":[{"name":"LCP","value":NaN}]}',
  "more than infinite": '{"route":"/products","vitals":[{"name":"LCP","value":1e999}]}',
  "a text for a number": one("LCP", "2400"),
  negative: one("LCP", -1),
  "a day": one("LCP", 86_400_000),
  "a screen moved a thousand times": one("CLS", 1_000),
  "a metric that is none": one("__proto__", 1),
  "a page that is none": JSON.stringify(vital({ route: "/products/SKU-1" })),
  "an address with a query": JSON.stringify(vital({ route: "/products?q=budi" })),
  "a secret's address": JSON.stringify(vital({ route: "/bukan-saya/1.2.3" })),
  "no route": JSON.stringify({ vitals: [] }),
  "too many": JSON.stringify({ route: "/products", vitals: Array(5).fill({ name: "LCP", value: 1 }) }),
  "over 8 KB": JSON.stringify({ ...vital(), more: "x".repeat(8_192) }),
  "10 MB": "x".repeat(10 * 1024 * 1024),
};

test.each(Object.entries(garbage))("%s is answered 204 and counts for nothing", async (_, body) => {
  const answer = await send(body, { "x-forwarded-for": crypto.randomUUID() });
  expect(answer.status).toBe(204);
  // What was sent after it has been read, so it has been too.
  expect((await fetch(`${origin}/api/health`)).status).toBe(200);
  expect(await measured()).toEqual([]);
});

test("an element that says too much is left out, and the figure stays", async () => {
  await send(one("LCP", 900, { target: "p#budi@salon.test" }));
  let sums: VitalSum[] = [];
  await expect.poll(async () => (sums = await measured()).length).toBe(1);
  expect(sums).toMatchObject([{ metric: "LCP", samples: 1, targets: {} }]);
});

test("another site's are let go of, and more than 120 a minute from an address", async () => {
  const [other, busy] = ["203.0.113.7", "203.0.113.8"];
  await send(one("LCP", 900), { origin: "https://evil.test", "x-forwarded-for": other });
  for (let sent = 0; sent < 130; sent += 1)
    expect((await send(one("CLS", 0), { "x-forwarded-for": busy })).status).toBe(204);
  await send(one("TTFB", 1), { origin: "https://order.alfa.test", "x-forwarded-for": other });
  let sums: VitalSum[] = [];
  await expect
    .poll(async () => (sums = [...sums, ...(await measured())]).filter(({ metric }) => metric === "TTFB").length)
    .toBe(1);
  const of = (metric: string) =>
    sums.filter((sum) => sum.metric === metric).reduce((total, { samples }) => total + samples, 0);
  expect([of("LCP"), of("CLS"), of("TTFB")]).toEqual([0, 120, 1]);
});

test("a v6 household is one address, a flood keeps nobody else out, and a key holds no kilobytes", async () => {
  const sumOf = async (done: string) => {
    let sums: VitalSum[] = [];
    await expect
      .poll(async () => (sums = [...sums, ...(await measured())]).some(({ metric }) => metric === done))
      .toBe(true);
    return (metric: string) =>
      sums.filter((sum) => sum.metric === metric).reduce((total, { samples }) => total + samples, 0);
  };
  const at = (ip: string, headers = {}) => ({ "x-forwarded-for": ip, ...headers });
  for (let sent = 0; sent < 130; sent += 1) await send(one("CLS", 0), at(`2001:db8:1:2::${sent.toString(16)}`));
  await send(one("LCP", 900), at("203.0.113.20", { "idempotency-key": "k".repeat(201) }));
  await send(one("INP", 90), at("203.0.113.20", { "idempotency-key": "k".repeat(200) }));
  await send(one("TTFB", 1), at("2001:db8:1:3::1"));
  const first = await sumOf("TTFB");
  expect(["CLS", "LCP", "INP", "TTFB"].map(first)).toEqual([120, 0, 1, 1]);
  for (let round = 0; round < 62; round += 1)
    await Promise.all(Array.from({ length: 100 }, () => send(one("CLS", 0), at("203.0.113.21"))));
  await send(one("TTFB", 1), at("203.0.113.22"));
  expect((await sumOf("TTFB"))("TTFB")).toBe(1);
});

test("nothing else is taken there, and it is no page", async () => {
  const answer = await fetch(`${origin}/api/rum`, { method: "PUT", body: "{}" });
  expect(answer.status).not.toBe(204);
  expect(await measured()).not.toContainEqual(expect.objectContaining({ metric: "LCP" }));
});
