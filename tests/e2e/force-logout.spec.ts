import type { APIRequestContext, Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, agus, demoPassword, sari, staff } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import {
  askAuth,
  cookieOf,
  type Door,
  formDoor,
  pageDoor,
  serviceDoor,
  type Session,
  signInDirectly,
  sqlDoor,
  staleCookieOf,
  webLogin,
} from "./support/doors.ts";
import { field, post } from "./support/http.ts";
import { emptyCarts, signInBy, store } from "./support/people.ts";
import { storm, tally } from "./support/storm.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

// He is shut out while he is at work, and from then on none of his tokens opens anything. Everything on 127.0.0.1.
const t = messages("id");
const client = store("PTR-0018");
const admin2 = staff.find(({ code }) => code === "ADM-002")!;
const his = new RegExp(`: ${agus.name}"`); // The sign-out button names him.
const reason = "Keluhan pemilik toko";
const claimsOf = ({ access_token }: Session) => {
  const { sub, session_id } = JSON.parse(Buffer.from(access_token.split(".")[1]!, "base64url").toString()) as {
    sub: string;
    session_id: string;
  };
  return { sub, session_id };
};

test.describe.configure({ timeout: 240_000 });
const web = webLogin();
test.afterAll(async () => {
  await web.end();
  // Whatever went wrong, the journeys that follow need him.
  await rows(
    `
      with open as (update app.suspensions set lift_requested_at = now(), lift_requested_by = 'ADM-001',
        lift_reason = 'uji coba',
      lifted_at = now(), lifted_by = 'ADM-002' where lifted_at is null and lift_requested_at is null
        and account_id = $1 returning account_id),
      noted as (select private.audit('SUSPENSION_LIFTED', 'account', $2) from open)
    update app.accounts set status = 'ACTIVE' where id = $1 and exists (select from noted)`,
    [agus.id, agus.code],
  );
  await rows("select private.ban($1, null)", [agus.id]);
  await rows(
    `
      select private.release_order(order_id, reason, 'SYSTEM', 'uji coba') from app.order_holds
        where released_at is null and reason = 'AGENT_SUSPENDED'`,
  );
  await rows("delete from private.sign_in_tries");
});

/** Every way in that his tokens open: pages, forms, the API, SQL as the web process, and the auth server. */
async function everyDoor(tokens: { cookie: Session; bearer: Session; renewal: Session }, shadowOrder: string) {
  const headers = { cookie: cookieOf(tokens.cookie), authorization: `Bearer ${tokens.cookie.access_token}` };
  const pages = [
    ...[
      "/dashboard",
      "/clients",
      "/products",
      `/products/${facts.high.sku}`,
      "/cart",
      "/checkout",
      "/orders",
      `/orders/${shadowOrder}`,
      `/clients/${client.code}`,
    ].map((path) => pageDoor(path, headers, his)),
    pageDoor("/api/products", headers, /"price":\{"own":[1-9]/),
  ];
  const renewed = pageDoor("/dashboard", { cookie: await staleCookieOf(tokens.renewal) }, his);
  const forms = [
    formDoor("/cart/items", headers, { sku: facts.high.sku, quantity: "1" }),
    formDoor("/cart", headers, { [`quantity-${facts.high.sku}`]: "2" }),
    formDoor("/products", headers, { [`quantity-${facts.high.sku}`]: "2" }),
    formDoor(`/orders/${shadowOrder}/whatsapp`, headers, {}),
  ];
  const ordering = (key: string) => formDoor("/checkout", headers, { checkout_key: key, note: "" });
  const acting = [
    formDoor("/acting/end", headers, {}),
    formDoor(`/clients/${client.code}/acting`, headers, { reason: "Kunjungan rutin" }),
  ];
  const auth = [
    serviceDoor("GET", "/auth/v1/user", undefined, tokens.bearer.access_token),
    serviceDoor("PUT", "/auth/v1/user", { data: { colour: "plum" } }, tokens.bearer.access_token),
    // An answer to the same token within seconds of the first is the auth server's courtesy to slow networks.
    serviceDoor("POST", "/auth/v1/token?grant_type=refresh_token", { refresh_token: tokens.bearer.refresh_token }),
  ];
  const password = serviceDoor("POST", "/auth/v1/token?grant_type=password", {
    email: agus.email,
    password: demoPassword,
  });
  // Nobody ever gets in here: there is no REST server before our schemas.
  const walls = [
    "/rest/v1/accounts",
    "/rest/v1/orders?select=*",
    "/rest/v1/rpc/viewer_context",
    "/system/v1/",
    "/auth/v1/../../rest/v1/accounts",
  ].map((path) => serviceDoor("GET", path, undefined, tokens.bearer.access_token));

  const tables = await rows<{ name: string }>(`
    select c.relname as name from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
       and has_any_column_privilege('authenticated', c.oid, 'select') order by 1`);
  const commands = await rows<{ call: string }>(`
    select format('app.%I(%s)', p.proname, (select string_agg(format('null::%s', format_type(a, null)), ', '
      order by n) from unnest(p.proargtypes::oid[]) with ordinality as u (a, n))) as call
      from pg_proc p where p.pronamespace = 'app'::regnamespace and has_function_privilege('authenticated', p.oid,
        'execute')
       and not has_function_privilege('anon', p.oid, 'execute') order by 1`);
  const claims = claimsOf(tokens.cookie);
  const questions = [
    ...tables.map(({ name }) => sqlDoor(web, claims, `select from app.${name} limit 1`, "row")),
    sqlDoor(web, claims, "select from app.viewer_context() v where v ->> 'account' is not null", "row"),
  ];
  const calls = commands.map(({ call }) => sqlDoor(web, claims, `select ${call}`, "command"));
  return { pages, renewed, forms, ordering, acting, auth, password, walls, questions, calls };
}
type Doors = Awaited<ReturnType<typeof everyDoor>>;

/** Before: every door opens; nobody gets through the walls. @returns the questions that have rows for him. */
async function expectOpen(doors: Doors, headers: Record<string, string>): Promise<Door[]> {
  for (const door of [...doors.pages, doors.renewed, ...doors.forms, ...doors.auth, ...doors.calls, doors.password])
    expect(await door.ask(), `${door.name} opens before`).toBe(true);
  expect(await doors.ordering(await keyWith(headers)).ask(), "ordering works before").toBe(true);
  for (const door of doors.acting) expect(await door.ask(), `${door.name} opens before`).toBe(true);
  for (const wall of doors.walls) expect(await wall.ask(), wall.name).toBe(false);
  const seen: Door[] = [];
  for (const door of doors.questions) if (await door.ask()) seen.push(door);
  expect(seen.length, "tables in which he sees rows").toBeGreaterThan(12);
  return seen;
}

/** The key of a checkout form. */
async function keyWith(headers: Record<string, string>): Promise<string> {
  const html = await (await fetch(`${process.env.BASE_URL}/checkout`, { headers, redirect: "manual" })).text();
  return field(html, "checkout_key");
}

/** The session that a browser holds. */
async function sessionOf(page: Page): Promise<Session> {
  const parts = (await page.context().cookies())
    .filter(({ name }) => name.startsWith("alfa-session"))
    .sort((a, b) => a.name.localeCompare(b.name));
  return JSON.parse(
    Buffer.from(
      parts
        .map(({ value }) => value)
        .join("")
        .replace("base64-", ""),
      "base64url",
    ).toString(),
  ) as Session;
}

/** He signs in three times, in a browser and past it, acts for the store there and orders in its name. */
async function atWork(page: Page) {
  await rows("delete from private.sign_in_tries");
  await emptyCarts(client.code);
  await signInBy(page.request, agus.email);
  await post(page.request, "/acting/end", {});
  expect((await post(page.request, `/clients/${client.code}/acting`, { reason: "Kunjungan rutin" })).status()).toBe(
    303,
  );
  expect((await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "1" })).status()).toBe(303);
  const tokens = {
    cookie: await sessionOf(page),
    bearer: await signInDirectly(agus.email, demoPassword),
    renewal: await signInDirectly(agus.email, demoPassword),
  };
  const headers = { cookie: cookieOf(tokens.cookie) };
  const sent = await post(page.request, "/checkout", { checkout_key: await keyWith(headers), note: "" });
  expect(sent.status()).toBe(303);
  const number = sent.headers().location!.split("/").at(-1)!;
  expect((await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "1" })).status()).toBe(303);
  return { number, tokens, headers };
}

/** An admin's browserless login. */
async function adminOf(
  playwright: { request: { newContext(options: { baseURL?: string }): Promise<APIRequestContext> } },
  email: string,
  baseURL?: string,
) {
  const request = await playwright.request.newContext({ baseURL });
  await signInBy(request, email);
  return request;
}

/** Knocks at everything at once; `share` is the part of the usual number. */
function everywhere(doors: Doors, open: Door[], share: number, enough?: () => boolean, password = true) {
  const until = (count: number) => (knocks: number) => (enough ? enough() : knocks >= Math.round(count * share));
  const key = crypto.randomUUID();
  return Promise.all([
    storm(
      [...doors.pages, doors.renewed, ...doors.forms, doors.ordering(key), ...(enough ? [] : doors.acting)],
      24,
      until(3600),
    ),
    storm([...open, ...doors.questions, ...doors.calls], 16, until(5500)),
    storm([...doors.auth, ...doors.walls], 8, until(password ? 840 : 900)),
    password ? storm([doors.password], 2, until(60)) : [],
  ]).then((parts) => parts.flat());
}
const orderCount = async () =>
  (await row<{ n: number }>("select count(*)::int as n from app.orders where placed_by = $1", [agus.id])).n;

test("suspended while he is clicking: of 10,000 requests with his tokens none succeeds, and he is told why", async ({
  page,
  playwright,
  baseURL,
}) => {
  const chief = await adminOf(playwright, admin.email, baseURL);
  const { number, tokens, headers } = await atWork(page);
  const doors = await everyDoor(tokens, number);
  const open = await expectOpen(doors, headers);
  const colleague = await signInDirectly(sari.email, demoPassword);
  const untouched = [
    pageDoor("/dashboard", { cookie: cookieOf(colleague) }, new RegExp(`: ${sari.name}"`)),
    serviceDoor("GET", "/auth/v1/user", undefined, colleague.access_token),
    sqlDoor(web, claimsOf(colleague), "select from app.partners limit 1", "row"),
  ];

  // One tab with a form filled in, another in which he goes from page to page until he is told.
  await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "1" });
  await page.goto("/checkout");
  await page.getByLabel(t.carts.checkout.note, { exact: false }).first().fill("Antar sebelum Jumat");
  const tab = await page.context().newPage();
  let clicks = 0;
  const clicking = (async () => {
    for (; !new URL(tab.url() || "about:blank", "http://x.invalid").pathname.startsWith("/login"); clicks += 1)
      await tab.goto(["/orders", "/clients", "/cart"][clicks % 3]!);
  })();

  // Requests run before, across and after the commit; none that began after it succeeds.
  let ended = Number.POSITIVE_INFINITY;
  const crossing = everywhere(doors, open, 1, () => performance.now() > ended + 1000);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await expect.poll(() => clicks, { timeout: 30_000 }).toBeGreaterThan(2);
  const answer = await post(chief, `/admin/accounts/${agus.code}/suspension`, { reason });
  ended = performance.now();
  expect(answer.status()).toBe(303);
  const orders = await orderCount();
  const crossed = await crossing;
  const [before, after] = [
    crossed.filter(({ startedAt }) => startedAt < ended),
    crossed.filter(({ startedAt }) => startedAt >= ended),
  ];
  expect(before.filter(({ opened }) => opened).length, "he was at work").toBeGreaterThan(50);
  expect(after.length).toBeGreaterThan(50);
  expect(after.filter(({ opened }) => opened)).toEqual([]);

  const started = performance.now();
  let over = false;
  const control = (async () => {
    const outcomes: boolean[] = [];
    while (!over) {
      for (const door of untouched) outcomes.push(await door.ask());
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return outcomes;
  })();
  const outcomes = await everywhere(doors, open, 1);
  over = true;
  expect(outcomes.length).toBe(10_000);
  expect(outcomes.filter(({ opened }) => opened)).toEqual([]);
  const asked = await control;
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.every(Boolean), "a colleague is untouched meanwhile").toBe(true);
  test.info().annotations.push({
    type: "figures",
    description:
      `10000 requests at ${Object.keys(tally(outcomes)).length} doors in ` +
      `${Math.round((performance.now() - started) / 100) / 10} s, 0 opened; across the commit: ${before.length} ` +
      `before, ${after.length} after`,
  });

  // Nothing was written, and what he had ordered in other people's names waits.
  expect(await orderCount()).toBe(orders);
  expect(
    await row(
      `select count(*)::int as free from app.orders where placed_by = $1 and acting_session_id is not null and not held
    and status in ('SUBMITTED', 'PROCESSING', 'APPROVED') and created_at > now() - interval '24 hours'`,
      [agus.id],
    ),
  ).toEqual({ free: 0 });
  expect(await row("select held from app.orders where number = $1", [number])).toEqual({ held: true });

  // Both tabs say why, and whom to call.
  await clicking;
  await expect(tab.getByText(t.accounts.ended.SUSPENDED.text)).toBeVisible();
  await expect(tab.getByRole("link", { name: t.accounts.ended.phone })).toBeVisible();
  await page.getByRole("button", { name: t.carts.checkout.send }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.accounts.ended.SUSPENDED.title);
  await expect(page.getByText(t.accounts.ended.SUSPENDED.form)).toBeVisible();
  const english = await fetch(`${baseURL}/login`, { headers: { cookie: `${cookieOf(tokens.bearer)}; lang=en` } });
  expect(await english.text()).toContain(messages("en").accounts.ended.SUSPENDED.text);
  // With the right password he hears it at the door; with a wrong one nobody hears anything.
  await rows("delete from private.sign_in_tries");
  const right = await post(page.request, "/login", { email: agus.email, password: demoPassword });
  expect(right.status()).toBe(403);
  expect(await right.text()).toContain(t.http.codes.SUSPENDED);
  expect((await post(page.request, "/login", { email: agus.email, password: "bukan-sandinya" })).status()).toBe(401);

  // Two admins let him back in; his old tokens stay dead.
  const other = await adminOf(playwright, admin2.email, baseURL);
  expect(
    (await post(chief, `/admin/accounts/${agus.code}/lift-request`, { reason: "Pemilik toko keliru" })).status(),
  ).toBe(303);
  expect((await post(chief, `/admin/accounts/${agus.code}/lift`, {})).status()).toBe(409);
  expect((await post(other, `/admin/accounts/${agus.code}/lift`, {})).status()).toBe(303);
  for (const door of [...doors.pages, doors.renewed, ...doors.auth]) expect(await door.ask(), door.name).toBe(false);
  expect(await doors.password.ask()).toBe(true);
  await Promise.all([chief.dispose(), other.dispose()]);
});

test("forced out: every token is dead at once, and a new login works", async ({ page, playwright, baseURL }) => {
  const chief = await adminOf(playwright, admin.email, baseURL);
  const { number, tokens, headers } = await atWork(page);
  const doors = await everyDoor(tokens, number);
  const open = await expectOpen(doors, headers);
  await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "1" });
  await page.goto("/checkout");
  await page.getByLabel(t.carts.checkout.note, { exact: false }).first().fill("Antar sebelum Jumat");
  expect((await post(chief, `/admin/accounts/${agus.code}/logout`, { reason })).status()).toBe(303);
  const outcomes = await everywhere(doors, open, 0.15, undefined, false);
  expect(outcomes.length).toBe(1500);
  expect(outcomes.filter(({ opened }) => opened)).toEqual([]);

  // What he had typed is kept for after signing in, which he may.
  await page.getByRole("button", { name: t.carts.checkout.send }).click();
  await expect(page.getByText(t.accounts.ended.FORCED.text)).toBeVisible();
  await page.getByLabel(t.accounts.login.email).fill(agus.email);
  await page.getByLabel(t.accounts.login.password).fill(demoPassword);
  await page.getByRole("button", { name: t.accounts.login.submit }).click();
  await expect(page.getByText("Antar sebelum Jumat")).toBeVisible();
  const user = await askAuth("GET", "/auth/v1/user", undefined, (await sessionOf(page)).access_token);
  expect(user.status).toBe(200);
  await chief.dispose();
});
