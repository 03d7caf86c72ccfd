import { once } from "node:events";
import type http from "node:http";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { figureSources } from "#app/vitals/figures.ts";
import { portOf } from "#supabase/local/ports.ts";
import { createServer } from "../../server/create-server.ts";
import { openMetrics } from "../../server/metrics.ts";
import { routePatterns } from "../../server/routes.ts";

const token = "9f2c4be07d1a9f2c4be07d1a";
const route = (path: string) => ({ id: path, path, parentId: "root", index: undefined });
const routes = routePatterns([
  { id: "root", path: "", parentId: undefined, index: undefined },
  route("orders/:number"),
]);
const servers: http.Server[] = [];
let origin: string;

async function serve(metrics?: ReturnType<typeof openMetrics>): Promise<string> {
  const server = createServer({
    appUrl: "https://order.alfa.test",
    trustedProxyHops: 0,
    log: pino({ level: "silent" }),
    routes,
    metrics,
    handle: () => Promise.resolve(new Response("no such page", { status: 404 })),
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${portOf(server)}`;
}
beforeAll(async () => void (origin = await serve(openMetrics(token))));
afterAll(() => Promise.all(servers.map((one) => new Promise((closed) => one.close(closed).closeAllConnections()))));

const read = async (authorization = `Bearer ${token}`) => {
  const answer = await fetch(`${origin}/metrics`, { headers: { authorization } });
  return { status: answer.status, text: await answer.text() };
};

test("nobody reads them without the token, and without the setting there is no such address", async () => {
  for (const wrong of ["", "Bearer", `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, token])
    expect(await read(wrong)).toEqual({ status: 401, text: "" });
  const without = await serve();
  const answer = await fetch(`${without}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect([answer.status, await answer.text()]).toEqual([404, "no such page"]);
});

test("requests stand there by pattern, method and status; nothing of their addresses", async () => {
  for (const path of [
    "/orders/ORD-2026-000001?q=rahasia",
    "/orders/ORD-2026-000002",
    "/budi@salon.test",
    "/api/health",
  ])
    await (await fetch(origin + path)).text();
  await (await fetch(`${origin}/orders/x`, { method: "PURGE" }).catch(() => undefined))?.text();
  const count = 'alfa_http_requests_total{route="/orders/:number",method="GET",status="404"} 2';
  await expect.poll(async () => (await read()).text).toContain(count);
  const { text } = await read();
  expect(text).toContain('alfa_http_requests_total{route="/api/health",method="GET",status="200"} 1');
  expect(text).toContain('alfa_http_request_duration_seconds_count{route="/orders/:number"} ');
  expect(text).toContain("nodejs_eventloop_lag_seconds");
  expect(text).toContain("alfa_log_lines_lost 0");
  for (const told of ["ORD-2026", "rahasia", "budi", "PURGE", token]) expect(text).not.toContain(told);
});

test("what waits in the database stands there while it answers within a second", async () => {
  expect((await read()).text).toContain("alfa_database_up 0");
  Object.assign(figureSources(), { database: () => Promise.resolve({ mails: 3, breakerOpen: 1 }) });
  const { text } = await read();
  expect(text).toContain('alfa_waiting{what="mails"} 3');
  expect(text).toContain("alfa_database_up 1");
  Object.assign(figureSources(), { database: () => new Promise(() => undefined) });
  const silent = await read();
  expect(silent.text).toContain("alfa_database_up 0");
  expect(silent.text).not.toContain("alfa_waiting{");
});
