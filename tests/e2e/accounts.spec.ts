import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, agus, demoPassword, maya, sari, staff } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { field, plain, post } from "./support/http.ts";
import { emptyCarts, signIn, signInBy, store } from "./support/people.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const words = t.accounts;
const [admin2, auditor] = ["ADM-002", "AUD-001"].map((code) => staff.find((each) => each.code === code)!) as [
  typeof admin,
  typeof admin,
];
const client = store("PTR-0020");
const address = `/admin/accounts/${agus.code}`;
const section = (page: Page, heading: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });
const told = (page: Page, text: string) => expect(page.getByRole("status").filter({ hasText: text })).toBeVisible();

/** Signs a browser in as somebody else. */
async function become(page: Page, email: string) {
  await page.context().clearCookies();
  await signIn(page, email);
}

test.afterEach(async () => {
  // Whatever went wrong, the journeys that follow need him.
  await rows(
    `
      with open as (update app.suspensions set lift_requested_at = coalesce(lift_requested_at, now()),
        lift_requested_by = coalesce(lift_requested_by, 'ADM-001'),
      lift_reason = coalesce(lift_reason, 'uji coba'), lifted_at = now(), lifted_by = case
        when lift_requested_by = 'ADM-002' then 'ADM-001' else 'ADM-002' end
      where lifted_at is null and account_id = $1 returning account_id),
      noted as (select private.audit('SUSPENSION_LIFTED', 'account', $2) from open)
    update app.accounts set status = 'ACTIVE' where id = $1 and exists (select from noted)`,
    [agus.id, agus.code],
  );
  await rows("select private.ban($1, null)", [agus.id]);
  await rows("delete from private.sign_in_tries");
});

test("staff finds every account, by name, code, role and status", async ({ page, sound }) => {
  await signIn(page, admin.email);
  await page.goto("/admin/accounts");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.title);
  await sound();
  await page.getByRole("link", { name: t.ui.pager.next }).click();
  await expect(page.getByRole("row").filter({ hasText: admin.code })).toHaveCount(0);
  await page.goto("/admin/accounts?role=SALESMAN");
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(3);
  await page.goto("/admin/accounts?status=SUSPENDED");
  await expect(page.getByText(words.emptyTitle)).toBeVisible();
  await sound();
  await page.goto("/admin/accounts");
  await page.getByLabel(words.search).fill("sls-00");
  await page.getByRole("main").getByRole("button", { name: t.ui.actions.search }).click();
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(3);
  await page.getByRole("link", { name: sari.name, exact: true }).click();
  await expect(page).toHaveURL(/SLS-001(\?back=|$)/);
  await sound();
  await sound("dark");
});

test("suspended by one admin, let back in by two others' yes, and his orders one by one @nojs", async ({
  page,
  sound,
  playwright,
  baseURL,
}) => {
  await emptyCarts(client.code);
  const his = await playwright.request.newContext({ baseURL });
  await signInBy(his, agus.email);
  await post(his, "/acting/end", {});
  expect((await post(his, `/clients/${client.code}/acting`, { reason: "Kunjungan sore" })).status()).toBe(303);
  await post(his, "/cart/items", { sku: facts.high.sku, quantity: "2" });
  const sent = await post(his, "/checkout", {
    checkout_key: field(await (await his.get("/checkout")).text(), "checkout_key"),
    note: "",
  });
  const number = sent.headers().location!.split("/").at(-1)!;

  await signIn(page, admin.email);
  await page.goto(address);
  await expect(section(page, words.acting)).toContainText("Kunjungan sore");
  await expect(section(page, words.logins)).toContainText(words.loginSince);
  await page.getByRole("link", { name: words.suspension.action }).click();
  await expect(page.getByRole("main")).toContainText(words.suspension.undo);
  await sound();
  await page.getByRole("button", { name: words.suspension.action }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  await page.getByLabel(words.reason, { exact: true }).fill("Pemilik toko mengeluh");
  await page.getByRole("button", { name: words.suspension.action }).click();
  await told(page, words.suspension.done(agus.name));
  await expect(page.getByRole("main")).toContainText(t.accounts.statuses.SUSPENDED);
  await expect(section(page, words.logins)).toContainText(words.noLogins);
  await expect(section(page, words.acting)).toContainText(words.notActing);
  await expect(section(page, words.held).getByRole("row").filter({ hasText: number })).toContainText(client.name);
  await sound();

  // He hears why: on the next page, and in the form that he was about to send.
  const next = await his.get("/clients");
  expect(plain(await next.text())).toContain(words.ended.SUSPENDED.text);

  // One asks, another does it.
  await page.getByRole("link", { name: words.request.action }).click();
  await sound();
  await page.getByLabel(words.reason, { exact: true }).fill("Pemilik toko keliru");
  await page.getByRole("button", { name: words.request.action }).click();
  await told(page, words.request.done(agus.name));
  await expect(page.getByText(words.waitingYou)).toBeVisible();
  await expect(page.getByRole("link", { name: words.lift.action })).toHaveCount(0);
  await page.goto(`${address}/lift`);
  await expect(page.getByText(words.notNow)).toBeVisible();
  const alone = await post(page.request, `${address}/lift`, {});
  expect(alone.status()).toBe(409);
  expect(plain(await alone.text())).toContain(t.accounts.codes.ANOTHER_ADMIN);

  await become(page, admin2.email);
  await page.goto(address);
  await expect(page.getByRole("main")).toContainText("Pemilik toko keliru");
  await page.getByRole("link", { name: words.lift.action }).click();
  await sound();
  await page.getByRole("button", { name: words.lift.action }).click();
  await told(page, words.lift.done(agus.name));
  await expect(section(page, words.history)).toContainText(words.liftedBy(`${admin2.name} (${admin2.code})`));
  expect(await row("select held from app.orders where number = $1", [number])).toEqual({ held: true });

  await section(page, words.held)
    .getByRole("row")
    .filter({ hasText: number })
    .getByRole("link", { name: words.release.action })
    .click();
  await sound();
  await sound("english");
  await page.getByLabel(words.noteLabel, { exact: true }).fill("Pemilik membenarkan lewat telepon");
  await page.getByRole("button", { name: words.release.action }).click();
  await told(page, words.release.done(number));
  expect(await row("select held from app.orders where number = $1", [number])).toEqual({ held: false });
  expect(
    (await post(page.request, `${address}/holds/${number}`, { note: "Sekali lagi saja" })).status(),
  ).toBeGreaterThanOrEqual(300);
  await signInBy(his, agus.email);
  await rows(
    `
      select private.release_order(order_id, reason, 'SYSTEM', 'uji coba') from app.order_holds
        where released_at is null and reason = 'SALESMAN_SUSPENDED'`,
  );
  await his.dispose();
});

test("forced out: told why, and back in with the password", async ({
  page,
  browser,
  sound,
  baseURL,
  javaScriptEnabled,
}) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled });
  const his = await context.newPage();
  await signIn(his, agus.email);
  await his.goto("/clients");
  await signIn(page, admin.email);
  await page.goto(address);
  await page.getByRole("link", { name: words.logout.action }).click();
  await sound();
  await page.getByLabel(words.reason, { exact: true }).fill("Ponselnya hilang");
  await page.getByRole("button", { name: words.logout.action }).click();
  await expect(page.getByRole("status").filter({ hasText: /dikeluarkan dari \d+ sesi masuk/ })).toBeVisible();

  await his.goto("/dashboard");
  await expect(his.getByText(words.ended.FORCED.text)).toBeVisible();
  await his.getByRole("button", { name: t.ui.switchLanguage }).click();
  await expect(his.getByText(messages("en").accounts.ended.FORCED.text)).toBeVisible();
  await his.getByRole("button", { name: messages("en").ui.switchLanguage }).click();
  await his.getByLabel(t.accounts.login.email).fill(agus.email);
  await his.getByLabel(t.accounts.login.password).fill(demoPassword);
  await his.getByRole("button", { name: t.accounts.login.submit }).click();
  await expect(his.getByRole("heading", { level: 1 })).toContainText(agus.name);
  await context.close();
});

test("nobody acts on himself; an auditor reads and has no buttons; nobody else comes near", async ({
  page,
  playwright,
  baseURL,
}) => {
  await signIn(page, admin.email);
  await page.goto(`/admin/accounts/${admin.code}`);
  await expect(page.getByText(words.self)).toBeVisible();
  for (const act of ["logout", "suspension", "lift-request"]) {
    const answer = await post(page.request, `/admin/accounts/${admin.code}/${act}`, { reason: "Mencoba saja" });
    expect([answer.status(), plain(await answer.text()).includes(t.accounts.codes.OWN_ACCOUNT)], act).toEqual([
      409,
      true,
    ]);
  }
  expect((await page.request.get("/admin/accounts/SLS-999")).status()).toBe(404);
  expect((await post(page.request, "/admin/accounts/SLS-999/suspension", { reason: "Mencoba saja" })).status()).toBe(
    404,
  );

  await become(page, auditor.email);
  await page.goto(address);
  await expect(page.getByText(words.readOnly)).toBeVisible();
  await expect(page.getByRole("main").locator("form[method=post], a.button")).toHaveCount(0);
  for (const person of [auditor, sari, agus, maya]) {
    const request = await playwright.request.newContext({ baseURL });
    await signInBy(request, person.email);
    for (const act of ["logout", "suspension", "lift-request", "lift"]) {
      expect((await request.get(`${address}/${act}`, { maxRedirects: 0 })).status(), `${person.email} ${act}`).toBe(
        403,
      );
      expect(
        (await post(request, `/admin/accounts/SLS-001/${act}`, { reason: "Mencoba saja" })).status(),
        `${person.email} ${act}`,
      ).toBe(403);
    }
    if (person !== auditor)
      for (const path of ["/admin/accounts", address])
        expect((await request.get(path, { maxRedirects: 0 })).status()).toBe(403);
    await request.dispose();
  }
  expect(await row("select count(*)::int as suspended from app.accounts where status = 'SUSPENDED'")).toEqual({
    suspended: 0,
  });
});
