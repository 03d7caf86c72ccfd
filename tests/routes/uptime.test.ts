import { afterAll, beforeEach, expect, test } from "vitest";
import { env } from "#app/env.server.ts";
import { action, loader } from "#app/routes/webhooks.uptime/route.ts";
import { signedIn } from "#tests/support/signed-in.ts";

const { owner } = signedIn("budi");
const secret = "key-of-whoever-looks-from-outside";
const before = env.UPTIME_SECRET;
beforeEach(() => void (env.UPTIME_SECRET = secret));
afterAll(() => void (env.UPTIME_SECRET = before));

async function send(body: string, headers: Record<string, string> = { authorization: `Bearer ${secret}` }) {
  const request = new Request("https://order.alfa.test/webhooks/uptime", { method: "POST", body, headers });
  const context = { requestId: "r", ip: "203.0.113.9", userAgent: "x", outgoing: { cookies: [] } };
  return (await action({ request, params: {}, context })).status;
}
const outages = async () =>
  (
    await owner.query<{ source: string; what: string; over: boolean; state: string }>(
      `select o.source, o.what, o.ended_at is not null as over, i.state
         from app.outages o join app.incidents i on i.id = o.incident_id order by o.told_at`,
    )
  ).rows;

test("a service outside sees the site down and up again: one incident, resolved", async () => {
  expect(await send('{"monitorID":"7","alertType":"1","alertTypeFriendlyName":"Down"}')).toBe(204);
  expect(await send('{"status":"down"}')).toBe(204);
  expect(await outages()).toEqual([{ source: "OUTSIDE", what: "SITE", over: false, state: "DETECTED" }]);
  // Where no header can be sent, the secret is in what is sent.
  expect(await send(JSON.stringify({ key: secret, alertType: 2 }), {})).toBe(204);
  expect(await outages()).toEqual([{ source: "OUTSIDE", what: "SITE", over: true, state: "RESOLVED" }]);
});

test("the watcher's outage is stored once", async () => {
  const outage = { id: crypto.randomUUID(), what: "DATABASE", beganAgo: 90, endedAgo: 10, told: true };
  for (let time = 0; time < 2; time += 1) expect(await send(JSON.stringify(outage))).toBe(204);
  expect(await send('{"alive":true}')).toBe(204);
  expect((await outages()).filter(({ source }) => source === "WATCHER")).toEqual([
    { source: "WATCHER", what: "DATABASE", over: true, state: "RESOLVED" },
  ]);
  expect((await owner.query("select from private.watch_reports where source = 'WATCHER'")).rowCount).toBe(1);
});

test.each([
  ['{"status":"down"}', {}],
  ['{"status":"down"}', { authorization: "Bearer another" }],
  ['{"status":"down","key":"another"}', {}],
  ['{"status":"down","key":7}', {}],
  ["null", {}],
])("without the secret nothing is taken: %s %j", async (body, headers) => {
  const known = (await outages()).length;
  expect(await send(body, headers)).toBe(401);
  expect(await outages()).toHaveLength(known);
});

test.each(["", "{}", "[]", '{"status":"maybe"}', '{"alertType":"3"}', '{"status":"down","alertType":"1"}'])(
  "what says nothing is refused: %s",
  async (body) => expect(await send(body)).toBe(400),
);

test("without the setting there is no such address, and there is never anything to see", async () => {
  env.UPTIME_SECRET = undefined;
  expect(await send('{"status":"down"}', { authorization: "Bearer undefined" })).toBe(404);
  expect(loader().status).toBe(404);
});
