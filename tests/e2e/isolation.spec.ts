import { admin, agus, budi, maya, sari } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { belongings, checkoutKey, post } from "./support/http.ts";
import { emptyCarts, signInBy } from "./support/people.ts";
import { row } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const { high } = facts;
const anOrderOf = (code: string) =>
  row<{ number: string; total: number; status: string }>(
    `
      select number, total::int as total, status from app.orders where partner_id = (select id from app.partners
        where code = $1) order by id desc limit 1`,
    [code],
  );

// The page, the data behind it that the framework would hand to a script (there is none), and staff's page.
const addressesOf = (number: string) => [
  `/orders/${number}`,
  `/orders/${number}?_data=${encodeURIComponent("routes/orders_.$number")}`,
  `/admin/orders/${number}`,
  `/admin/orders/${number}?_data=${encodeURIComponent("routes/admin.orders.$number.(status)")}`,
];

test("another store's order is not there, whatever address is tried", async ({ request, playwright, baseURL }) => {
  const { number } = await anOrderOf(maya.code);
  await signInBy(request, budi.email);
  for (const path of addressesOf(number)) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect([403, 404], path).toContain(answer.status());
    expect(await answer.text()).not.toContain(maya.name);
  }
  expect(await (await request.get("/orders")).text()).not.toContain(number);
  for (const path of [`/orders/${number}`, `/admin/orders/${number}`, `/admin/orders/${number}/status`]) {
    const answer = await post(request, path, { status: "CANCELLED", note: "Tidak jadi dikirim" });
    expect(answer.status(), path).toBeGreaterThanOrEqual(400);
    expect(answer.status(), path).toBeLessThan(500);
  }
  expect((await anOrderOf(maya.code)).number, "still as it was").toBe(number);

  // A stranger's number and one that nobody has look the same, but for the numbers themselves.
  const invented = "ORD-2020-999999";
  const [hers, nobodys] = await Promise.all(
    [number, invented].map(async (each) => (await request.get(`/orders/${each}`)).text()),
  );
  const blank = (html: string) =>
    html
      .replaceAll(number, "N")
      .replaceAll(invented, "N")
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b/g, "U");
  expect(blank(hers!)).toBe(blank(nobodys!));

  // A salesman who is not hers, and hers without acting for her, see no more than a stranger; staff and she do.
  for (const [person, status] of [
    [sari, 404],
    [agus, 404],
    [maya, 200],
  ] as const) {
    const other = await playwright.request.newContext({ baseURL });
    await signInBy(other, person.email);
    const hasPlaced =
      person === agus &&
      (await row<{ his: boolean }>("select placed_by = $2 as his from app.orders where number = $1", [number, agus.id]))
        .his;
    expect((await other.get(`/orders/${number}`)).status(), person.name).toBe(hasPlaced ? 200 : status);
    await other.dispose();
  }
  const staff = await playwright.request.newContext({ baseURL });
  await signInBy(staff, admin.email);
  expect((await staff.get(`/admin/orders/${number}`)).status()).toBe(200);
  await staff.dispose();
});

test("staff's pages are not for stores and salesmen, nor its commands", async ({ playwright, baseURL }) => {
  const { number, status } = await anOrderOf(budi.code);
  for (const person of [budi, sari]) {
    const request = await playwright.request.newContext({ baseURL });
    await signInBy(request, person.email);
    for (const path of [
      "/admin",
      "/admin/orders",
      `/admin/orders/${number}`,
      "/admin/alerts",
      "/admin/erp",
      "/admin/settings",
      "/admin/audit",
    ]) {
      expect((await request.get(path, { maxRedirects: 0 })).status(), `${person.name} ${path}`).toBe(403);
    }
    expect((await post(request, `/admin/orders/${number}/status`, { status: "APPROVED", note: "" })).status()).toBe(
      403,
    );
    expect(
      (
        await post(request, "/admin/settings/CREDIT_CHECK_BYPASS", {
          value: "true",
          reason: "Saya mau saja",
          hours: "1",
        })
      ).status(),
    ).toBe(403);
    await request.dispose();
  }
  expect((await row<{ status: string }>("select status from app.orders where number = $1", [number])).status).toBe(
    status,
  );
  expect(
    (await row<{ value: unknown }>("select value from app.settings where key = 'CREDIT_CHECK_BYPASS'")).value,
  ).not.toBe(true);
});

test("hidden fields that somebody invents change nothing", async ({ request }) => {
  await emptyCarts(budi.code);
  await emptyCarts(maya.code);
  await signInBy(request, budi.email);
  const hers = await belongings(maya.code);
  const forged = {
    partner: maya.code,
    partner_id: maya.id,
    store: maya.code,
    author_id: maya.accountId,
    placed_by: maya.accountId,
    price: "1",
    unit_price: "1",
    total: "1",
    tier: "PLATINUM",
    status: "COMPLETED",
    sync_status: "SYNCED",
    light: "GREEN",
    credit_light: "GREEN",
    number: "ORD-2020-000001",
    points: "9999",
  };
  expect((await post(request, "/cart/items", { ...forged, sku: high.sku, quantity: "2" })).status()).toBe(303);
  const sent = await post(request, "/checkout", { ...forged, checkout_key: await checkoutKey(request), note: "" });
  expect(sent.status()).toBe(303);
  const order = await row(
    `
      select p.code, o.placed_by, o.status, o.tier, o.total::int as total, o.points::int as points,
        o.sync_status <> 'SYNCED' or o.erp_document is not null as honest
       from app.orders o join app.partners p on p.id = o.partner_id where o.number = $1`,
    [sent.headers().location!.split("/").at(-1)],
  );
  expect(order).toEqual({
    code: budi.code,
    placed_by: budi.accountId,
    status: "SUBMITTED",
    tier: "GOLD",
    total: 2 * high.gold,
    points: 0,
    honest: true,
  });
  expect(await belongings(maya.code)).toEqual(hers);
});

test("a guest is asked to sign in everywhere, and changes nothing", async ({ request }) => {
  const { number } = await anOrderOf(budi.code);
  for (const path of [
    "/dashboard",
    "/cart",
    "/checkout",
    "/orders",
    `/orders/${number}`,
    "/clients",
    "/admin",
    "/admin/orders",
  ]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(303);
    expect(answer.headers().location).toBe(`/login?next=${encodeURIComponent(path)}`);
  }
  const before = await belongings(budi.code);
  for (const path of [
    "/cart/items",
    "/cart",
    "/products",
    "/checkout",
    `/clients/${budi.code}/acting`,
    "/acting/end",
    `/admin/orders/${number}/status`,
  ]) {
    expect(
      (
        await post(request, path, {
          sku: high.sku,
          quantity: "1",
          status: "CANCELLED",
          note: "Tidak jadi",
          reason: "Kunjungan rutin",
        })
      ).status(),
      path,
    ).toBe(401);
  }
  expect(await belongings(budi.code)).toEqual(before);
});

test("the catalogue as JSON has a store's own prices, and none for a guest", async ({
  request,
  playwright,
  baseURL,
}) => {
  const path = `/api/products?q=${encodeURIComponent(high.name)}`;
  const guest = await request.get(path);
  expect(guest.status()).toBe(200);
  const unpriced = await guest.text();
  expect(unpriced).toContain(high.sku);
  for (const price of [high.silver, high.gold]) expect(unpriced).not.toContain(String(price));

  const seen: string[] = [];
  for (const person of [budi, maya]) {
    const other = await playwright.request.newContext({ baseURL });
    await signInBy(other, person.email);
    const answer = await other.get(path);
    expect(answer.headers()["cache-control"]).toMatch(/private|no-store/);
    const tag = answer.headers().etag!;
    expect((await other.get(path, { headers: { "if-none-match": tag } })).status()).toBe(304);
    seen.push(await answer.text());
    // The tag of one person's prices is worth nothing to another.
    expect((await request.get(path, { headers: { "if-none-match": tag } })).status()).toBe(200);
    await other.dispose();
  }
  expect(seen[0]).toContain(String(high.gold));
  expect(seen[1]).not.toContain(String(high.gold));
  expect(seen[1]).toContain(String(high.silver));
});
