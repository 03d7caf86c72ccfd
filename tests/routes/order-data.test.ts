import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { SignJWT } from "jose";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environments } from "#scripts/environment.ts";
import { people } from "#tests/support/cast.ts";
import { plenty, TestDb } from "#tests/support/rolled-back.ts";
import { connect, seededDatabase } from "#tests/support/database.ts";

// A page's data can be had without the page: what HTML does not show must not be in it either. Committed, on a database
// of its own.
const secrets = ["dicurigai menipu", "diblokir pihak gudang"];
const sessions: Record<string, string> = {};
const database = seededDatabase();
let owner: pg.Client;
let db: TestDb;
let handle: ReturnType<typeof createRequestHandler>;
let closePool: () => Promise<void>;
let number: string;
let others: string;

/** Remix with nothing but the two pages of an order. */
async function openPages() {
  const page = (id: string, path: string, module: unknown) => ({ id, parentId: "root", path, module });
  const [store, staff] = await Promise.all([
    import("#app/routes/orders_.$number/route.tsx"),
    import("#app/routes/admin.orders.$number.(status)/route.tsx"),
  ]);
  const build = {
    entry: { module: { default: () => new Response("html") } },
    publicPath: "/",
    assetsBuildDirectory: "",
    isSpaMode: false,
    basename: "/",
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "uji" },
    future: { v3_singleFetch: true },
    routes: {
      root: { id: "root", path: "", module: { default: () => null } },
      store: page("store", "orders/:number", store),
      staff: page("staff", "admin/orders/:number", staff),
    },
  } as unknown as ServerBuild;
  return createRequestHandler(build, "test");
}

beforeAll(async () => {
  Object.assign(
    process.env,
    environments(
      "",
      { postgres: database.port, auth: 49151, erp: 49150, mail: 49149, sms: 49148, web: 3000 },
      database.credentials,
    ).web,
  );
  ({ closePool } = await import("#app/db/transaction.server.ts"));
  handle = await openPages();
  owner = await connect(database.adminUrl);
  await owner.query("begin");
  db = new TestDb(owner);
  const [sku] = await plenty(db);
  others = await db.buy(people.maya, [sku, 2]);
  await settle(others, "CONFIRMED", ["SO-KEMBAR"]);
  number = await db.buyFor(people.sari, "PTR-0001", [sku, 2]);
  await db.as(people.admin, () =>
    owner.query("select app.move_order($1, 'PROCESSING', 'Salesman dicurigai menipu')", [number]),
  );
  await settle(number, "ERROR", [], "422: diblokir pihak gudang");
  // As it was written before, with another store's order in it.
  await owner.query("update app.orders set sync_error = 'diblokir pihak gudang' where number = $1", [number]);
  await owner.query(
    `
      insert into app.order_events (order_id, kind, actor, detail) select id, 'SYNC_FAILED', 'SYSTEM',
        jsonb_build_object('error', 'dokumen sudah milik order ' || $2) from app.orders where number = $1`,
    [number, others],
  );
  for (const [who, id] of Object.entries(people)) sessions[who] = await db.login(id);
  await owner.query("commit");
});
afterAll(async () => {
  await closePool?.();
});

async function settle(order: string, result: string, documents: string[], error: string | null = null) {
  const id = await db.value<number>("select id from app.orders where number = $1", [order]);
  await owner.query("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
  await owner.query(
    "select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), $2, $3, '{}', $4)",
    [id, result, JSON.stringify({ documents, total: 1, lines: [], credit: null }), error],
  );
}

async function data(who: keyof typeof people, path: string) {
  const token = await new SignJWT({ session_id: sessions[who], role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(people[who])
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(process.env.SUPABASE_JWT_SECRET));
  const stored = {
    access_token: token,
    refresh_token: "x",
    token_type: "bearer",
    expires_in: 3600,
    expires_at: Math.floor(Date.now() / 1000) + 3600,
    user: { id: people[who] },
  };
  const cookie = `alfa-session=base64-${Buffer.from(JSON.stringify(stored)).toString("base64url")}`;
  const answer = await handle(new Request(`http://alfa.test${path}`, { headers: { cookie } }), {
    requestId: "uji",
    ip: "127.0.0.1",
    userAgent: "uji",
    outgoing: { cookies: [] },
  });
  return { status: answer.status, text: await answer.text() };
}

test.each(["budi", "sari"] as const)("the data of the order's page has none of staff's words for %s", async (who) => {
  const { status, text } = await data(who, `/orders/${number}.data`);
  expect(status).toBe(200);
  expect(text).toContain(number); // Control: it is the order, with its history.
  expect(text).toContain("PROCESSING");
  for (const secret of [...secrets, others]) expect(text).not.toContain(secret);
});

test("staff reads them; nobody else reads staff's page or another store's order", async () => {
  for (const who of ["admin", "auditor"] as const) {
    const { status, text } = await data(who, `/admin/orders/${number}.data`);
    expect(status).toBe(200);
    for (const secret of [...secrets, others]) expect(text).toContain(secret);
  }
  for (const [who, path] of [
    ["budi", `/admin/orders/${number}`],
    ["sari", `/admin/orders/${number}`],
    ["maya", `/orders/${number}`],
  ] as const) {
    const { text } = await data(who, `${path}.data`);
    for (const secret of secrets) expect([who, path, text.includes(secret)]).toEqual([who, path, false]);
  }
});
