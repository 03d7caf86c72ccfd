import type { EntryContext } from "@remix-run/node";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dayInJakarta } from "#app/ui/day.ts";
import { rahayu } from "#supabase/tests/leads-support.ts";
import { environments } from "#scripts/environment.ts";
import type { ThrowAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { emptyServer } from "#tests/support/server.ts";
import { seedDemo } from "#supabase/seed/demo.ts";
import { sealTrail, signingKey } from "#supabase/tests/seal.ts";
import { slugs } from "#app/playbooks/playbook.ts";
import { people } from "#tests/support/cast.ts";
import { html, Shown } from "./support/shown.ts";
import { cookieOf, routeModules, siteMap, wholeApp } from "./support/whole-app.ts";

// A loader returns what its page shows to that viewer, and nothing else. Every page of the product in the demo data,
// by everybody who may see it, with as many different orders, articles, incidents … as there are kinds of them.

const personas = ["guest", "budi", "latePayer", "sari", "sari acting", "agus", "admin", "auditor"] as const;
type Persona = (typeof personas)[number];
const idOf: Record<Persona, string | null> = {
  guest: null,
  budi: people.budi,
  latePayer: "",
  sari: people.sari,
  "sari acting": people.sari,
  agus: people.agus,
  admin: people.admin,
  auditor: people.auditor,
};

/** What may be in the data without being seen, by path, and why. */
const unseen: Record<string, string> = {
  "root.requestId": "shown by the page of an error, which takes this page's place",
  "root.banners": "the frame's, shown in states that the demo data is not in",
  "root.toast": "shown once",
  "routes/login.hq": "staff's public number, shown to whose login ended",
  "routes/products.products[].id": "a row's number in the catalogue, which is everybody's",
  "routes/products.products[].unit": "of an article, whose page shows it to everybody",
  "routes/products.brands[].id": "as an article's",
  "routes/products.categories[].id": "as an article's",
  "routes/_index.categories[].id": "as an article's",
  "routes/products.elsewhere": "0 unless nothing is found here and something is under other brands",
  "routes/orders_.$number.hq": "staff's public number, shown while an order is held",
  "routes/products_.$sku.product.id": "as an article's",
  "routes/checkout.cart.credit.over": "0 unless the cart is over the limit",
  "routes/admin.approvals.$number.(decision).whole.approval.decision.inputs.reason":
    "read where limits were not asked about (BYPASS)",
  "routes/status_.confirm.$token.state": "which of its sentences the page says",
  "routes/status_.unsubscribe.$token.state": "which of its sentences the page says",
  "routes/bukan-saya.$token.link.order.dispute.held": "read once an order that was held has gone on",
  "routes/orders_.$number_.dispute.dispute.held": "read once an order that was held has gone on",
  "routes/admin.detectors.detectors[].ours": "which of them the form of an admin offers",
  "routes/admin.erp.check": "pieces of stock, each of which /admin/erp/stock shows to the same people",
};
const allowed = (path: string) => Object.keys(unseen).some((known) => path === known || path.startsWith(`${known}.`));
/**
 * What of a page of staff is held to the same rule: people's addresses, figures of credit, words. Of the rest it
 * may read all elsewhere.
 */
const sensitive = /\.(whatsapp|email|phone|contact|recipient|limit|ours|room|over|note|reason|text|askedReason)$/;

let database: ThrowAwayDatabase;
let owner: pg.Client;
let handle: Awaited<ReturnType<typeof wholeApp>>;
let closePool: () => Promise<void>;
let captured: EntryContext | null;
let tokens: string[];
const cookies: Partial<Record<Persona, string>> = {};
const rows = async (text: string, values: unknown[] = []) =>
  (await owner.query<{ v: string }>(text, values)).rows.map(({ v }) => v);

beforeAll(async () => {
  database = await emptyServer();
  await seedDemo(database.adminUrl, new Date(), { stock: true });
  const settings = environments(
    "",
    { postgres: database.port, auth: 49151, erp: 49150, mail: 49149, sms: 49148, web: 3000 },
    database.credentials,
  ).web;
  Object.assign(process.env, settings);
  ({ closePool } = await import("#app/db/transaction.server.ts"));
  handle = await wholeApp((request, status, headers, context) => {
    captured = context;
    return new Response(html(context, request.url), { status, headers });
  });
  owner = new pg.Client({ connectionString: database.adminUrl });
  await owner.connect();
  idOf.latePayer = (await rows("select account_id as v from app.partners where code = 'PTR-0007'"))[0]!;
  for (const who of personas.slice(1)) {
    const sessionId = crypto.randomUUID();
    await owner.query("insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())", [
      sessionId,
      idOf[who],
    ]);
    cookies[who] = await cookieOf({ userId: idOf[who]!, sessionId });
  }
  for (const who of ["budi", "latePayer"] as const)
    for (const sku of ["ALF-0001", "ALF-0005"]) await send(who, "/cart/items", { sku, quantity: "2" });
  await send("sari acting", "/clients/PTR-0001/acting", { reason: "Kunjungan rutin" });
  // Of the last thirty days: how many the demo data has hangs on the day.
  for (const sku of ["ALF-0001", "ALF-0005"]) {
    await send("sari acting", "/cart/items", { sku, quantity: "1" });
    await send("sari acting", "/checkout", { checkout_key: crypto.randomUUID(), preorder: "on" });
  }
  await owner.query("select app.submit_lead($1, 'shown/0001', 'id', now(), true)", [rahayu]);
  await send("admin", "/admin/leads/erasures", {
    address: rahayu.email,
    askedBy: "EMAIL",
    day: dayInJakarta(new Date()),
  });
  const asked = { key: crypto.randomUUID(), name: "Ibu Rahayu", address: rahayu.email, words: "Minta salinannya" };
  await send("budi", "/privasi/permintaan", { ...asked, kind: "CORRECTION" });
  await send("admin", `/admin/accounts/PTR-0003/suspension`, { reason: "Menunggak tiga bulan" });
  // What the demo data lacks: a dispute with its incident, the links of mails, a month's review, an export of
  // evidence.
  const shadow = await rows(`select o.number as v from app.orders o join app.partners p on p.id = o.partner_id
    where p.code = 'PTR-0001' and o.acting_session_id is not null and o.created_at > now() - interval '29 days'
      and not exists (select from app.disputes d where d.order_id = o.id)
        order by o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED') desc, o.id desc limit 2`);
  expect(shadow).toHaveLength(2);
  await send("budi", `/orders/${shadow[0]}/dispute`, { note: "Bukan pesanan saya" });
  const [incident] = await rows("select ref as v from app.incidents where cause = 'OWNER_DISPUTE' order by id desc");
  for (const slug of slugs) await send("admin", `/admin/playbooks/${slug}`, { incident: incident! });
  tokens = await rows("select private.dispute_token(id) as v from app.orders where number = any ($1)", [shadow]);
  await owner.query("select private.make_reviews(now())");
  await sealTrail(owner, signingKey());
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10); // Jakarta's.
  await send("auditor", "/admin/cases/SLS-001/export", {
    from: `${today.slice(0, 8)}01`,
    to: today,
    reason: "Pemeriksaan rutin",
  });
  await owner.query(
    `insert into app.breaches (incident_id, known_at, due_at, data, happened, measures, marked_by, changed_by)
       select id, now(), now() + interval '72 hours', 'Nama dan nomor', 'Kemarin malam', 'Ditutup', 'ADM-001', 'ADM-001'
         from (select distinct on (cause, state) id from app.incidents order by cause, state, id) x limit 1`,
  );
}, 300_000);
afterAll(async () => {
  await closePool?.();
  await owner?.end();
  await database?.remove();
});

const context = () => ({
  requestId: crypto.randomUUID(),
  ip: "127.0.0.1",
  userAgent: "uji",
  outgoing: { cookies: [] },
});
const open = (who: Persona, path: string, init: RequestInit = {}) =>
  handle(
    new Request(`http://alfa.test${path}`, {
      ...init,
      headers: { ...(cookies[who] ? { cookie: cookies[who] } : {}), ...init.headers },
    }),
    context(),
  );
async function send(who: Persona, path: string, fields: Record<string, string>) {
  const answer = await open(who, path, {
    method: "POST",
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect([path, answer.status]).toEqual([path, 303]);
}

/** Of each kind one or two, for each part of an address; where it matters whose it is, by page. */
const orders = (kind: string, from: string, where: string) =>
  rows(
    `
      select v from (select distinct on (${kind}) o.number as v from ${from} where ${where} order by ${kind},
        o.id desc) x limit 8`,
  );
const several: Record<string, () => Promise<string[]>> = {
  "orders/:number": async () => [
    ...(await orders(
      "o.status, o.credit_light, o.acting_session_id is not null, o.held",
      "app.orders o join app.partners p on p.id = o.partner_id",
      "p.code in ('PTR-0001', 'PTR-0007')",
    )),
    ...(await orders(
      "o.status in ('SUBMITTED', 'PROCESSING'), o.credit_light",
      "app.orders o",
      "o.placed_by in ('" + people.sari + "', '" + people.agus + "')",
    )),
    ...(await orders(
      "r.resolution",
      "app.orders o join app.reconcile_results r on r.order_id = o.id join app.partners p on p.id = o.partner_id",
      "p.code in ('PTR-0001', 'PTR-0007')",
    )),
  ],
  "admin/orders/:number": () =>
    orders("o.status, o.sync_status, o.credit_light, o.held, o.degraded", "app.orders o", "true"),
  "admin/approvals/:number": () => orders("o.status, o.held", "app.orders o", "o.credit_light = 'AMBER'"),
  "admin/reconcile/:number": () =>
    orders("r.result, r.resolution", "app.orders o join app.reconcile_results r on r.order_id = o.id", "true"),
  "admin/alerts/:number": () => orders("a.state", "app.orders o join app.shadow_alerts a on a.order_id = o.id", "true"),
  "admin/disputes/:number": () => orders("d.outcome", "app.orders o join app.disputes d on d.order_id = o.id", "true"),
  "admin/accounts/:code/holds/:number": () =>
    orders("o.status", "app.orders o join app.partners p on p.id = o.partner_id", "p.code = 'PTR-0003' and o.held"),
  "admin/accounts/:code/holds/:code": async () => ["PTR-0003"],
  "admin/cases/:code": async () => ["SLS-001", "SLS-002"],
  "clients/:code": () => rows("select code as v from app.partners where code in ('PTR-0001', 'PTR-0002', 'PTR-0003')"),
  code: () =>
    rows("select v from (select distinct on (role, status) code as v from app.accounts order by role, status, code) x"),
  sku: async () => ["ALF-0001", "ALF-0005", "ALF-0138"],
  feed: async () => ["stock", "credit"],
  key: () => rows("select min(key) as v from app.settings group by kind"),
  id: () =>
    rows(
      `
        select v from (select distinct on (kind, done_at is null) id::text as v from app.tasks
          order by kind, done_at is null, id) x`,
    ),
  slug: async () => [...slugs],
  run: () => rows("select id::text as v from app.playbook_runs"),
  month: () => rows("select to_char(month, 'YYYY-MM') as v from app.review_months order by 1 desc limit 2"),
  "admin/leads/erasures/:number": () => rows("select ref as v from app.privacy_requests"),
  "admin/privacy/:number": () => rows("select ref as v from app.privacy_cases"),
  to: async () => ["authority", "persons"],
  "admin/leads/:number": () => rows("select ref as v from app.leads"),
  "admin/exports/:ref": () => rows("select ref as v from app.evidence_exports"),
  ref: () =>
    rows(
      `
        select v from (select distinct on (cause, state) ref as v from app.incidents order by cause, state, id) x
          limit 8`,
    ),
  token: async () => [...tokens, "x.y.z"],
  step: async () => [],
  act: async () => [],
};
const valuesOf = (path: string, name: string) =>
  (
    several[
      Object.keys(several).find(
        (key) => key.includes("/") && path.startsWith(key.slice(0, key.lastIndexOf("/"))) && key.endsWith(`:${name}`),
      ) ?? name
    ] ?? (async () => [])
  )();
/** Lists and questions that an address asks for behind its path. */
const asked: Record<string, string[]> = {
  "/products": ["?q=shampoo", "?q=sampoo+keratn"],
  "/admin/orders/:number/status?": ["/status?to=CANCELLED", "/status?to=REJECTED"],
  "/admin/approvals/:number/decision?": ["/decision?to=REJECTED"],
  "/admin/tasks": ["?state=done"],
  "/admin/incidents": ["?state=closed", "?state=untaken", "?state=resolved"],
  "/admin/disputes": ["?state=all"],
  "/admin/reconcile": ["?state=decided", "?state=CONFIRMED", "?state=waiting", "?state=SHORT"],
  "/admin/cases": ["?by=RECENT"],
  "/admin/erp": ["?range=week"],
  "/admin/orders": ["?sync=FAILED", "?shadow=yes"],
  "/admin/search": ["?q=salon", "?q=zzz"],
  "/admin/audit": ["?action=ORDER_PLACED"],
  "/clients": ["?q=salon"],
};

async function addresses(path: string): Promise<string[]> {
  let all = [`/${path}`.replace(/\/(decision|status|notes)\?/, "")];
  for (const [, name = "", optional] of path.matchAll(/:(\w+)(\?)?/g)) {
    const values = await valuesOf(path, name);
    all = all.flatMap((address) => [
      ...(optional ? [address.replace(`/:${name}?`, "")] : []),
      ...values.map((value) => address.replace(`:${name}${optional ?? ""}`, value)),
    ]);
  }
  return all.flatMap((address) => [address, ...(asked[`/${path}`] ?? []).map((more) => address + more)]);
}

// Others are turned away: tests/routes/refusals.test.ts.
const isStaff = (who: Persona) => who === "admin" || who === "auditor";
const pages = siteMap().filter(({ path }) => path !== "*");
const seen = new Set<string>();

test.each(pages)(
  "$path",
  async ({ id, path = "" }) => {
    const module = (await routeModules())[id]!;
    if (!module.default || !module.loader) return;
    const found: Record<string, string> = {};
    const looks = new Map<string, Shown>();
    const all = await addresses(path);
    for (const who of personas.filter((each) => isStaff(each) === path.startsWith("admin"))) {
      const role = who.replace(/ .*/, "").replace("latePayer", "budi").replace("agus", "sari");
      const look = looks.get(role) ?? new Shown(isStaff(who) ? (where) => sensitive.test(where) : undefined);
      looks.set(role, look);
      for (const address of all) {
        captured = null;
        await open(who, address);
        const context = captured as EntryContext | null;
        if (!context || context.staticHandlerContext.errors) continue;
        seen.add(`${who} ${id}`);
        look.look(context, `http://alfa.test${address}`);
      }
    }
    for (const [role, { hidden }] of looks) {
      for (const [where, url] of Object.entries(hidden)) if (!allowed(where)) found[`${role} ${where}`] = url;
    }
    expect(found).toEqual({});
  },
  600_000,
);

test("each page that has data was seen by somebody", async () => {
  const modules = await routeModules();
  const unvisited = pages
    .filter(({ id }) => modules[id]!.default && modules[id]!.loader && ![...seen].some((one) => one.endsWith(` ${id}`)))
    .map(({ path }) => path);
  // Forms are sent there; whoever opens one is led on. (What somebody reported: tests/e2e/reports.spec.ts.)
  expect(unvisited.sort()).toEqual([
    "acting/end",
    "admin/erp/test",
    "admin/incidents/:ref/report",
    "admin/reconcile/run",
  ]);
});

test("control: a figure that no page shows is found, in a row and in a field, and what is shown is not", async () => {
  const look = new Shown();
  captured = null;
  expect((await open("budi", "/orders")).status).toBe(200);
  const { staticHandlerContext } = captured!;
  const id = Object.keys(staticHandlerContext.loaderData).find((one) => one.startsWith("routes/orders"))!;
  const data = staticHandlerContext.loaderData[id] as { orders: object[] };
  const more = {
    ...staticHandlerContext,
    loaderData: {
      ...staticHandlerContext.loaderData,
      [id]: { ...data, limit: 25_000_000, orders: data.orders.map((order) => ({ ...order, margin: 7 })) },
    },
  };
  look.look({ ...captured!, staticHandlerContext: more } as EntryContext, "http://alfa.test/orders");
  expect(
    Object.keys(look.hidden)
      .filter((path) => !allowed(path))
      .sort(),
  ).toEqual([`${id}.limit`, `${id}.orders[].margin`]);
});
