import { Validator } from "@seriousme/openapi-schema-validator";
import { beforeAll, expect, test, vi } from "vitest";
import { limits } from "#app/api/limits.ts";
import { problems } from "#app/api/problems.ts";
import { readSteps } from "#supabase/local/schema.ts";
import { people, stores } from "#tests/support/cast.ts";
import { TestDb } from "#tests/support/rolled-back.ts";
import { figureSources } from "#app/vitals/figures.ts";
import { everybody } from "./support/everybody.ts";
import { document, documented, met, operationOf, unlike } from "./support/contract.ts";
import type { Persona } from "./support/senders.ts";
import { ask, siteMap } from "./support/whole-app.ts";

// What the document says is what the server does: the same addresses, and each answer as it is documented.
const token = vi.hoisted(() => (process.env.METRICS_TOKEN = "ukur-ukur-ukur-ukur"));
const { owner, site, cookies } = everybody();
const db = new TestDb(owner);

beforeAll(async () => {
  figureSources().schema = readSteps().at(-1)!.checksum;
  await change("account", "AUD-001", "update app.accounts set may_export_leads = true where code = 'AUD-001'");
});

/** Of what does not change without a row in the trail. */
const change = (kind: string, code: string, text: string) =>
  owner.query(`begin; select private.audit('CHANGED', '${kind}', '${code}'); ${text}; commit`);
const store = (what: string) =>
  change("partner", "PTR-0001", `update app.partners set ${what} where id = '${stores.budi}'`);

type Sent = { query?: string; body?: unknown; headers?: Record<string, string>; method?: string; raw?: string };
/** Asks an operation as somebody, and holds the answer to the document. */
async function call(id: string, who: Persona, { query = "", body, raw, headers, method }: Sent = {}) {
  const op = operationOf(id);
  const answer = await ask(site.origin, op.path + query, {
    method: method ?? op.method,
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    headers: {
      cookie: cookies[who] ?? "",
      ...(op.operation.requestBody ? { "content-type": "application/json" } : {}),
      ...headers,
    },
  });
  const copy = answer.clone();
  expect([id, who, await unlike(op, answer)]).toEqual([id, who, null]);
  const said = copy.headers.get("content-type")?.includes("json") ? ((await copy.json()) as Said) : {};
  return {
    status: copy.status,
    headers: copy.headers,
    said,
    type: String(said.type ?? "")
      .split(":")
      .at(-1),
  };
}
type Said = Record<string, unknown>;
const lead = (more: object = {}) => ({
  business_name: "Salon Kontrak",
  contact_name: "Ibu Kontrak",
  phone_whatsapp: "081270001234",
  city: "Bandung",
  salon_type: "SALON",
  consent: true,
  ...more,
});
const key = (name: string) => ({ headers: { "idempotency-key": name } });

test("the document is OpenAPI 3.1, is served as it is, and names each address of the API and no other", async () => {
  expect(await new Validator().validate(structuredClone(document) as never)).toMatchObject({ valid: true });
  const { said } = await call("document", "guest");
  expect(said.paths).toEqual(document.paths);
  const routes = siteMap()
    .map(({ path = "" }) => path)
    .filter((path) => path.startsWith("api/") && path !== "api/*");
  expect(routes.sort().map((path) => `/${path}`)).toEqual([...new Set(documented.map(({ path }) => path))].sort());
});

test("what is read is answered as documented, to whom it is for; everybody else is told why not", async () => {
  const reads: Array<[id: string, may: Persona[]]> = [
    ["health", ["guest", "budi", "sari", "agus acting", "admin", "auditor"]],
    ["products", ["guest", "budi", "sari", "agus acting", "admin", "auditor"]],
    ["sync", ["budi", "sari", "agus acting", "admin", "auditor"]],
    ["regions", ["budi", "sari", "agus acting", "admin", "auditor"]],
    ["credit", ["budi"]],
    ["invoices", ["budi", "admin", "auditor"]],
    ["waiting", ["admin", "auditor"]],
    ["leadsExport", ["auditor"]],
  ];
  for (const [id, may] of reads)
    for (const who of ["guest", "budi", "sari", "agus acting", "admin", "auditor"] as const) {
      const { status } = await call(id, who);
      const expected = may.includes(who) ? 200 : who === "guest" ? 401 : 403;
      expect([id, who, status]).toEqual([id, who, expected]);
    }
  // The control of what a store may not see.
  expect((await call("sync", "budi")).said.erp).toBeNull();
  expect((await call("sync", "admin")).said.erp).not.toBeNull();
});

test("invoices are a store's own; head office reads one store's or all; a page leads to the next", async () => {
  const of = async (who: Persona, query = "") =>
    (await call("invoices", who, { query })).said as { invoices: Array<{ store: string }>; next: string | null };
  const own = await of("budi");
  expect([own.invoices.length > 0, new Set(own.invoices.map(({ store }) => store))]).toEqual([
    true,
    new Set(["PTR-0001"]),
  ]);
  expect((await of("budi", "?store=PTR-0002")).invoices).toEqual([]);
  expect(new Set((await of("admin", "?store=PTR-0002")).invoices.map(({ store }) => store))).toEqual(
    new Set(["PTR-0002"]),
  );
  const seen: unknown[] = [];
  for (let at: string | null = ""; at !== null;) {
    const page: Awaited<ReturnType<typeof of>> = await of("admin", at.split("/api/invoices")[1] ?? "");
    seen.push(...page.invoices);
    at = page.next;
  }
  expect(seen.length).toBe(await db.value<number>("select count(*)::int from app.invoices"));
  for (const status of ["UNPAID", "PAID"]) await of("admin", `?status=${status}`);
});

test("credit: what is left, and an amount that does not fit is told by how much", async () => {
  await owner.query("update app.feeds set as_of = now()");
  const { said } = await call("credit", "budi");
  const { room, limit, exposure } = said as Record<string, number>;
  expect(room).toBe(limit! - exposure!);
  expect((await call("credit", "budi", { query: `?amount=${Math.max(room!, 1)}` })).status).toBe(room! > 0 ? 200 : 402);
  const over = await call("credit", "budi", { query: `?amount=${room! + 2_500_000}` });
  expect([over.status, over.said]).toEqual([
    402,
    expect.objectContaining({
      type: "urn:problem-type:alfa:credit-blocked",
      current_limit: limit,
      current_exposure: exposure,
      gap: 2_500_000,
      suggested_action: "REQUEST_APPROVAL",
    }),
  ]);
});

const cart = (sku: string, quantity: number) =>
  db.sql
    .query("begin")
    .then(() => db.fill(people.budi, [sku, quantity]))
    .then(() => db.sql.query("commit"));

test("an order is placed once for its key; what does not fit is refused with what can be done", async () => {
  await store("credit_limit = 10000000000");
  await owner.query("update app.feeds set as_of = now()");
  await owner.query("update app.product_stock set quantity = 50, held = 0, buffer = 0");
  const count = () => db.value<number>("select count(*)::int from app.orders");
  const before = await count();
  expect((await call("orders", "budi", { body: {} })).type).toBe("idempotency-key-needed");
  await cart("ALF-0001", 2);
  const placed = await call("orders", "budi", { body: { note: "lewat API" }, ...key("order-1") });
  expect([placed.status, placed.said.light]).toEqual([201, "GREEN"]);
  const again = await call("orders", "budi", { body: { note: "lewat API" }, ...key("order-1") });
  expect([again.status, again.said, await count()]).toEqual([201, placed.said, before + 1]);
  expect((await call("orders", "budi", { body: { note: "lain" }, ...key("order-1") })).type).toBe(
    "idempotency-key-reused",
  );
  expect((await call("orders", "budi", { body: {}, ...key("order-2") })).said.ordered).toBe(placed.said.number);

  await cart("ALF-0001", 90);
  const short = await call("orders", "budi", { body: {}, ...key("order-2") });
  expect([short.status, short.said.conflicted_items]).toEqual([
    409,
    [expect.objectContaining({ sku: "ALF-0001", asked: 90, left: 48 })],
  ]);
  await store("credit_limit = 0");
  const blocked = await call("orders", "budi", { body: { preorder: true }, ...key("order-3") });
  expect([blocked.status, blocked.said.suggested_action, Number(blocked.said.gap) > 0]).toEqual([
    402,
    "REQUEST_APPROVAL",
    true,
  ]);
  expect(await count(), "nothing was placed that waits for nobody").toBe(before + 1);
  const agreed = { preorder: true, request_approval: true };
  const waits = await call("orders", "budi", { body: agreed, ...key("order-4") });
  expect([waits.status, waits.said.light]).toEqual([201, "AMBER"]);

  await cart("ALF-0001", 1);
  await owner.query("update app.products set active = false where sku = 'ALF-0001'");
  const withdrawn = await call("orders", "budi", { body: {}, ...key("order-5") });
  expect([withdrawn.type, withdrawn.said.reason]).toEqual(["not-orderable", "WITHDRAWN"]);
  await owner.query("update app.products set active = true where sku = 'ALF-0001'");

  await store("region_code = null");
  expect((await call("orders", "budi", { body: {}, ...key("order-5") })).type).toBe("region-not-assigned");
  expect((await call("orders", "guest", { body: {}, ...key("order-5") })).status).toBe(401);
  expect((await call("orders", "admin", { body: {}, ...key("order-5") })).status).toBe(403);
});

test("what is wrong with a request is told by its type", async () => {
  const wrong: Array<[type: string, id: string, who: Persona, sent: Sent]> = [
    ["invalid-query", "waiting", "admin", { query: `?after=${"x".repeat(401)}` }],
    ["invalid-query", "products", "guest", { query: "?sort=x" }],
    ["invalid-query", "credit", "budi", { query: "?amount=-1" }],
    ["invalid-query", "invoices", "budi", { query: "?status=x" }],
    ["invalid-query", "leadsExport", "auditor", { query: "?state=x" }],
    ["invalid-lead", "leads", "guest", { body: lead({ city: "" }) }],
    ["invalid-order", "orders", "budi", { body: { note: 1 }, ...key("x") }],
    ["unreadable-body", "leads", "guest", { raw: "{" }],
    ["unreadable-body", "orders", "budi", { raw: "[]", ...key("x") }],
    ["unsupported-media-type", "leads", "guest", { raw: "x", headers: { "content-type": "text/plain" } }],
    ["unsupported-media-type", "orders", "budi", { raw: "a=1", headers: { "content-type": "text/plain" } }],
    ["too-large", "leads", "guest", { body: lead({ message: "x".repeat(20_000) }) }],
    ["too-large", "orders", "budi", { body: { note: "x".repeat(20_000) }, ...key("x") }],
    ["foreign-site", "leads", "guest", { body: lead(), headers: { origin: "http://evil.test" } }],
    ["foreign-site", "orders", "budi", { body: {}, headers: { origin: "http://evil.test" } }],
    ["post-only", "leads", "guest", { method: "GET" }],
    ["post-only", "orders", "guest", { method: "GET" }],
    ["invalid-idempotency-key", "leads", "guest", { body: lead(), ...key("x".repeat(201)) }],
    ["invalid-idempotency-key", "orders", "budi", { body: {}, ...key("x".repeat(201)) }],
    ["not-found", "ready", "guest", {}],
    ["method-not-allowed", "ready", "guest", { method: "POST" }],
    ...["products", "credit", "sync", "regions", "invoices", "waiting", "leadsExport", "document"].map(
      (id): [string, string, Persona, Sent] => ["method-not-allowed", id, "budi", { method: "POST" }],
    ),
  ];
  for (const [type, id, who, sent] of wrong) {
    const answer = await call(id, who, sent);
    expect([id, answer.type, answer.status]).toEqual([id, type, problems[type as keyof typeof problems][0]]);
  }
});

test("too many reads of an account are told when to come back; the setting says how many", async () => {
  const usual = { ...limits() };
  Object.assign(limits(), { reads_per_minute: 0 });
  for (const id of ["products", "credit", "sync", "regions", "invoices", "waiting", "leadsExport"]) {
    const answer = await call(id, "budi");
    expect([id, answer.status, Number(answer.headers.get("retry-after")) > 0]).toEqual([id, 429, true]);
  }
  expect((await call("orders", "budi", { body: {}, ...key("order-9") })).status).toBe(429);
  Object.assign(limits(), usual);
  expect((await call("regions", "budi")).status, "control").toBe(200);
});

test("readiness: for the token alone; the database, the worker and the schema, each by itself", async () => {
  const bearer = { headers: { authorization: `Bearer ${token}` } };
  await owner.query("update app.erp_circuit set last_ok_at = now()");
  const ready = await call("ready", "guest", bearer);
  expect([ready.status, ready.said.status]).toEqual([200, "ready"]);
  const checks = async () => (await call("ready", "guest", bearer)).said.checks as Record<string, { ok: boolean }>;
  await owner.query(
    "update app.erp_circuit set last_ok_at = now() - interval '3 minutes', probed_at = null, " +
      "since = now() - interval '1 hour'",
  );
  expect(await checks()).toMatchObject({ database: { ok: true }, worker: { ok: false }, schema: { ok: true } });
  await owner.query("update app.erp_circuit set last_ok_at = now()");
  figureSources().schema = "another";
  expect(await checks()).toMatchObject({ worker: { ok: true }, schema: { ok: false } });
  figureSources().schema = readSteps().at(-1)!.checksum;
  await owner.query("begin");
  await owner.query("lock table app.erp_circuit in access exclusive mode");
  const asked = performance.now();
  const late = await call("ready", "guest", bearer);
  await owner.query("rollback");
  expect([late.status, late.said.checks, performance.now() - asked < 1_500]).toEqual([
    503,
    expect.objectContaining({ database: { ok: false, ms: 300 } }),
    true,
  ]);
  expect(JSON.stringify(late.said)).not.toMatch(/postgres|password|127\.0/i);
});

/** Why a documented answer was not asked for here. */
const elsewhere = [
  / (malformed|unknown-method)$/, // tests/local/server.test.ts: what no client of HTTP sends
  / (broken|unavailable)$/, // tests/local/outage.test.ts, stopped-database.test.ts: when something is away
  / session-ended$/, // tests/routes/api-keys.test.ts
  / idempotency-key-running$| idempotency-key-reused$| 304$/, // tests/routes/api-keys.test.ts
  /^leads (202|429|503)/, // tests/routes/leads.test.ts, api-keys.test.ts
  /^rum 204$/, // tests/routes/api-keys.test.ts
];
test("each documented answer was given, here or where it is said", () => {
  const all = documented.flatMap(({ operation }) =>
    Object.entries(operation.responses).flatMap(([status, { content = {} }]) => {
      const refs = JSON.stringify(content["application/problem+json"] ?? {}).matchAll(/schemas\/([\w-]+)/g);
      const types = [...refs].map(([, name]) => ` ${name}`);
      const plain = Object.keys(content).some((type) => type !== "application/problem+json") || types.length === 0;
      return [...types, ...(plain ? [""] : [])].map((type) => `${operation.operationId} ${status}${type}`);
    }),
  );
  expect(all.filter((one) => !met.has(one) && !elsewhere.some((known) => known.test(one)))).toEqual([]);
});
