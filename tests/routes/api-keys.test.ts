import { beforeAll, expect, test } from "vitest";
import { limits } from "#app/api/limits.ts";
import { askLimits } from "#app/http/limits.server.ts";
import { stores } from "#tests/support/cast.ts";
import { openLogin } from "#tests/support/database.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { operationOf, unlike } from "./support/contract.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// A program that heard nothing sends the same again: under one key of one sender one thing is done once.
const { owner, persons } = signedIn("budi", "admin");
const site = servedApp();
let phones = 0;
const lead = (more: object = {}) => ({
  business_name: "Salon Kunci",
  contact_name: "Ibu Kunci",
  phone_whatsapp: `0812-7100-${String(1000 + (phones += 1))}`,
  city: "Bandung",
  salon_type: "SALON",
  consent: true,
  ...more,
});
type Sent = { key?: string; ip?: string; cookie?: string };
async function post(id: string, body: object, { key, ip = "203.0.113.9", cookie }: Sent = {}) {
  const op = operationOf(id);
  const answer = await ask(site.origin, op.path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      "x-forwarded-for": ip,
      ...(key ? { "idempotency-key": key } : {}),
      ...(cookie ? { cookie } : {}),
    },
  });
  const copy = answer.clone();
  expect(await unlike(op, answer)).toBeNull();
  const text = await copy.text();
  const said = text ? (JSON.parse(text) as { type?: string; number?: string }) : {};
  return { status: copy.status, said, retryAfter: copy.headers.get("retry-after") };
}
const stored = async (name: string) =>
  (await owner.query<{ n: number }>("select count(*)::int as n from app.leads where business_name = $1", [name]))
    .rows[0]!.n;
const keys = async () =>
  (await owner.query<{ n: number }>("select count(*)::int as n from private.posted_keys")).rows[0]!.n;

beforeAll(async () => {
  await owner.query("update app.feeds set as_of = now()");
  await owner.query("update app.product_stock set quantity = 5000, held = 0, buffer = 0");
  await owner.query(
    `begin; select private.audit('CHANGED', 'partner', 'PTR-0001');
     update app.partners set credit_limit = 10000000000 where id = '${stores.budi}'; commit`,
  );
});

test("the same key and body is answered as before, whatever their order; another body is refused", async () => {
  const one = lead({ business_name: "Salon Kunci Satu" });
  const first = await post("leads", one, { key: "a-1" });
  const swapped = Object.fromEntries(Object.entries(one).reverse());
  const again = await post("leads", swapped, { key: "a-1" });
  expect([first.status, again]).toEqual([202, first]);
  const other = await post("leads", { ...one, message: "lain" }, { key: "a-1" });
  expect([other.status, other.said.type]).toEqual([422, "urn:problem-type:alfa:idempotency-key-reused"]);
  expect(await stored("Salon Kunci Satu")).toBe(1);
  // Somebody else's key of the same name is his own.
  expect((await post("leads", { ...one, message: "lain" }, { key: "a-1", ip: "203.0.113.77" })).status).toBe(202);
  expect(await stored("Salon Kunci Satu")).toBe(2);
  // What was wrong leaves the key as it was, and so does what came too often.
  expect((await post("leads", lead({ city: "" }), { key: "a-2" })).status).toBe(400);
  expect((await post("leads", lead(), { key: "a-2" })).status).toBe(202);
});

test("200 of the same at once: one lead, and everybody is told that it is taken or to ask again", async () => {
  const one = lead({ business_name: "Salon Serentak" });
  const before = await keys();
  const answers = await Promise.all(Array.from({ length: 200 }, () => post("leads", one, { key: "b-1" })));
  const counts = Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, same]) => [status, same.length]),
  );
  expect(Object.keys(counts).filter((status) => !["202", "409", "503"].includes(status))).toEqual([]);
  expect([counts[202]! > 0, await stored("Salon Serentak"), (await keys()) - before]).toEqual([true, 1, 1]);
  for (const { status, retryAfter } of answers) if (status !== 202) expect(Number(retryAfter)).toBeGreaterThan(0);
  // Whoever asks again is told as the first.
  expect((await post("leads", one, { key: "b-1" })).status).toBe(202);
  // Control: each with a key of its own is a lead of its own, as far as the limit goes.
  const own = await Promise.all(
    [1, 2, 3].map((n) => post("leads", lead({ business_name: "Salon Sendiri" }), { key: `c-${n}` })),
  );
  expect([own.map(({ status }) => status), await stored("Salon Sendiri")]).toEqual([[202, 202, 202], 3]);
});

test("while the first is under way the second is told to come back, and is answered then", async () => {
  const one = lead({ business_name: "Salon Berjalan" });
  await owner.query("begin; lock table app.leads in share row exclusive mode");
  const first = post("leads", one, { key: "d-1" });
  await expect
    .poll(
      async () =>
        (await owner.query("select from pg_locks where relation = 'app.leads'::regclass and not granted")).rowCount,
    )
    .toBeGreaterThan(0);
  const second = await post("leads", one, { key: "d-1" });
  expect([second.status, second.said.type, second.retryAfter]).toEqual([
    409,
    "urn:problem-type:alfa:idempotency-key-running",
    "1",
  ]);
  await owner.query("commit");
  expect((await first).status).toBe(202);
  expect([(await post("leads", one, { key: "d-1" })).status, await stored("Salon Berjalan")]).toEqual([202, 1]);
});

test("an order that many send at once is one, for good: also when its key was forgotten", async () => {
  const cookie = await cookieOf(persons.budi);
  const count = async () => (await owner.query<{ n: number }>("select count(*)::int as n from app.orders")).rows[0]!.n;
  const before = await count();
  const filled = await ask(site.origin, "/cart/items", {
    method: "POST",
    body: "sku=ALF-0001&quantity=2&quantity-ALF-0001=2",
    headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
  });
  expect(filled.status).toBe(303);
  const answers = await Promise.all(Array.from({ length: 30 }, () => post("orders", {}, { key: "o-1", cookie })));
  expect(answers.filter(({ status }) => ![201, 409].includes(status))).toEqual([]);
  const numbers = new Set(answers.flatMap(({ said }) => said.number ?? []));
  expect([numbers.size, (await count()) - before]).toEqual([1, 1]);
  await owner.query("delete from private.posted_keys");
  expect((await post("orders", {}, { key: "o-1", cookie })).said.number).toBe([...numbers][0]);
  expect((await count()) - before).toBe(1);
});

test("keys are kept for 7 days, and nothing of anybody stands in them", async () => {
  await post("leads", lead({ business_name: "Salon Rahasia" }), { key: "geheim-1" });
  const { rows } = await owner.query(
    "select encode(id, 'escape') as id, encode(body, 'escape') as b, answer from private.posted_keys",
  );
  expect(JSON.stringify(rows)).not.toMatch(/Rahasia|geheim|203\.0\.113/);
  await owner.query("update private.posted_keys set at = now() - interval '7 days' - interval '1 minute'");
  await post("leads", lead(), { key: "e-1" });
  await owner.query(
    "update private.posted_keys set at = now() - interval '6 days 23 hours' where at > now() - interval '1 hour'",
  );
  await owner.query("select private.sweep_posted_keys()");
  expect(await keys()).toBe(1);
});

test("measurements of a phone: the same key is counted once", async () => {
  expect((await post("rum", {}, { key: "r-1" })).status).toBe(204);
  expect((await post("rum", {}, { key: "r-1" })).status).toBe(204);
});

test("a login that has ended is told so; what a page was kept with is still right", async () => {
  const sessionId = await openLogin(owner, persons.budi.userId);
  const cookie = await cookieOf({ userId: persons.budi.userId, sessionId });
  const get = async (path: string, headers = {}) => ask(site.origin, path, { headers: { cookie, ...headers } });
  const first = await get("/api/products");
  const etag = first.headers.get("etag")!;
  expect((await get("/api/products", { "if-none-match": etag })).status).toBe(304);
  expect((await get("/api/regions")).status).toBe(200);
  await owner.query("delete from auth.sessions where id = $1", [sessionId]);
  for (const id of ["products", "credit", "sync", "regions", "invoices", "leadsExport"]) {
    const op = operationOf(id);
    const answer = await get(op.path);
    expect([id, answer.status, await unlike(op, answer)]).toEqual([id, 401, null]);
  }
  expect((await post("orders", {}, { key: "z", cookie })).said.type).toMatch(/session-ended$/);
});

test("limits are settings: one that is turned holds after the process has asked", async () => {
  const usual = { ...limits() };
  await owner.query(
    "begin; select private.audit('SETTING_CHANGED', 'setting', 'api.leads_per_address'); " +
      "update app.settings set value = '2' where key = 'api.leads_per_address'; commit",
  );
  await askLimits();
  expect(limits()).toEqual({ ...usual, leads_per_address: 2 });
  const ip = "203.0.113.200";
  const statuses = [];
  for (const n of [1, 2, 3]) statuses.push((await post("leads", lead(), { key: `l-${n}`, ip })).status);
  expect(statuses).toEqual([202, 202, 429]);
  Object.assign(limits(), usual);
});
