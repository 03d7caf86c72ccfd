import type { APIRequestContext } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, agus, demoPassword, sari, staff } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { askAuth, cookieOf, pageWay, serviceWay, signInDirectly, sqlWay } from "./support/ways-in.ts";
import { post } from "./support/http.ts";
import { signInBy } from "./support/people.ts";
import { tally } from "./support/storm.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";
import { claimsOf, everyWay, expectOpen, sessionOf, atWork, everywhere, web } from "./support/shut-out.ts";

// He is shut out while he is at work, and from then on none of his tokens opens anything. Everything on 127.0.0.1.
const t = messages("id");
const admin2 = staff.find(({ code }) => code === "ADM-002")!;
const reason = "Keluhan pemilik toko";

test.describe.configure({ timeout: 240_000 });
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
        where released_at is null and reason = 'SALESMAN_SUSPENDED'`,
  );
  await rows("delete from private.sign_in_tries");
});

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
const orderCount = async () =>
  (await row<{ n: number }>("select count(*)::int as n from app.orders where placed_by = $1", [agus.id])).n;

test("suspended while he is clicking: of 10,000 requests with his tokens none succeeds, and he is told why", async ({
  page,
  playwright,
  baseURL,
}) => {
  const chief = await adminOf(playwright, admin.email, baseURL);
  const { number, tokens, headers } = await atWork(page);
  const ways = await everyWay(tokens, number);
  const open = await expectOpen(ways, headers);
  const colleague = await signInDirectly(sari.email, demoPassword);
  const untouched = [
    pageWay("/dashboard", { cookie: cookieOf(colleague) }, new RegExp(`: ${sari.name}"`)),
    serviceWay("GET", "/auth/v1/user", undefined, colleague.access_token),
    sqlWay(web, claimsOf(colleague), "select from app.partners limit 1", "row"),
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
  const crossing = everywhere(ways, open, 1, () => performance.now() > ended + 1000);
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
      for (const way of untouched) outcomes.push(await way.ask());
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return outcomes;
  })();
  const outcomes = await everywhere(ways, open, 1);
  over = true;
  expect(outcomes.length).toBe(10_000);
  expect(outcomes.filter(({ opened }) => opened)).toEqual([]);
  const asked = await control;
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.every(Boolean), "a colleague is untouched meanwhile").toBe(true);
  test.info().annotations.push({
    type: "figures",
    description:
      `10000 requests at ${Object.keys(tally(outcomes)).length} ways in ` +
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
  // With the right password he hears it at the way; with a wrong one nobody hears anything.
  await rows("delete from private.sign_in_tries");
  const right = await post(page.request, "/login", { email: agus.email, password: demoPassword });
  expect(right.status()).toBe(403);
  expect(await right.text()).toContain(t.accounts.codes.SUSPENDED);
  expect((await post(page.request, "/login", { email: agus.email, password: "bukan-sandinya" })).status()).toBe(401);

  // Two admins let him back in; his old tokens stay dead.
  const other = await adminOf(playwright, admin2.email, baseURL);
  expect(
    (await post(chief, `/admin/accounts/${agus.code}/lift-request`, { reason: "Pemilik toko keliru" })).status(),
  ).toBe(303);
  expect((await post(chief, `/admin/accounts/${agus.code}/lift`, {})).status()).toBe(409);
  expect((await post(other, `/admin/accounts/${agus.code}/lift`, {})).status()).toBe(303);
  for (const way of [...ways.pages, ways.renewed, ...ways.auth]) expect(await way.ask(), way.name).toBe(false);
  expect(await ways.password.ask()).toBe(true);
  await Promise.all([chief.dispose(), other.dispose()]);
});

test("forced out: every token is dead at once, and a new login works", async ({ page, playwright, baseURL }) => {
  const chief = await adminOf(playwright, admin.email, baseURL);
  const { number, tokens, headers } = await atWork(page);
  const ways = await everyWay(tokens, number);
  const open = await expectOpen(ways, headers);
  await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "1" });
  await page.goto("/checkout");
  await page.getByLabel(t.carts.checkout.note, { exact: false }).first().fill("Antar sebelum Jumat");
  expect((await post(chief, `/admin/accounts/${agus.code}/logout`, { reason })).status()).toBe(303);
  const outcomes = await everywhere(ways, open, 0.15, undefined, false);
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
