import type { Browser } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, sari } from "#supabase/seed/people.ts";
import { expectRefusal, post, switchLanguage } from "./support/http.ts";
import { signIn, store } from "./support/people.ts";
import { orderAs, salesmanFor } from "./support/shadow.ts";
import { expectSound, expectSoundInEnglish } from "./support/sound.ts";
import { mailsTo, logs, row, rows, textsTo } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const disputed = store("PTR-0014");

/** An order that Sari placed for the store which disputes. */
async function orderedBySari(browser: Browser): Promise<string> {
  const salesman = await salesmanFor(browser, disputed.code);
  const number = await orderAs(salesman);
  await salesman.context().close();
  return number;
}

const disputes = async (number: string) =>
  (await rows("select d.* from app.disputes d join app.orders o on o.id = d.order_id where o.number = $1", [number]))
    .length;
const tokenOf = async (number: string) =>
  (
    await row<{ token: string }>("select private.dispute_token(id) as token from app.orders where number = $1", [
      number,
    ])
  ).token;

test("the link in the mail stops the order without signing in, once, and an admin lets it go on", async ({
  page,
  browser,
  sound,
  request,
}) => {
  const salesman = await salesmanFor(browser, disputed.code);
  const number = await orderAs(salesman);
  const mail = async () => (await mailsTo(disputed.email)).find(({ subject }) => subject.includes(number));
  await expect.poll(async () => (await mail())?.text ?? "").toContain("/bukan-saya/");
  const path = `/bukan-saya/${/\/bukan-saya\/([\w.-]+)/.exec((await mail())!.text!)![1]!}`;
  expect(path).toBe(`/bukan-saya/${await tokenOf(number)}`);

  // As a mail scanner does: it opens everything, and nothing happens.
  for (const method of ["get", "head", "get"] as const) {
    const answer = await request[method](path);
    expect(answer.status()).toBe(200);
    expect(answer.headers()).toMatchObject({
      "cache-control": "private, no-store",
      "referrer-policy": "same-origin",
      "x-robots-tag": "noindex, nofollow",
    });
  }
  expect(await disputes(number)).toBe(0);

  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.disputes.confirmTitle(number));
  for (const fact of [disputed.name, number, sari.name]) await expect(page.locator(".facts")).toContainText(fact);
  await sound();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(messages("en").disputes.confirmTitle(number));
  await sound("dark");
  await switchLanguage(page.request, "id");
  await page.goto(path);
  await page.getByLabel(t.disputes.note).fill("Saya sedang di luar kota");
  await page.getByRole("button", { name: t.disputes.submit }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.disputes.thanks);
  await expect(page.getByText(t.disputes.next.held[0]!)).toBeVisible();
  await expect(page.getByRole("link", { name: t.disputes.whatsapp })).toHaveAttribute(
    "href",
    /^https:\/\/wa\.me\/62\d+$/,
  );
  await sound();
  expect((await post(request, path, { note: "" })).status()).toBe(303);
  expect(await disputes(number)).toBe(1);
  expect(logs()).not.toContain(path.slice("/bukan-saya/".length));

  // The salesman sees that it is held, and not why; he has no button and no way.
  await salesman.goto(`/orders/${number}`);
  await expect(salesman.getByText(t.orders.held.badge, { exact: true })).toBeVisible();
  await expect(salesman.getByText(t.orders.held.salesman)).toBeVisible();
  expect(await salesman.content()).not.toMatch(/bukan saya/i);
  expect((await salesman.goto(`/orders/${number}/dispute`))!.status()).toBe(403);
  await expectRefusal(
    await post(salesman.request, `/orders/${number}/dispute`, { note: "" }),
    403,
    t.http.codes.DENIED,
  );
  expect((await salesman.goto("/shadow"))!.status()).toBe(403);
  await expectRefusal(await post(salesman.request, "/shadow", { allowed: "yes" }), 403, t.http.codes.DENIED);

  // Staff offers nothing that the hold forbids; the admin decides.
  const adminPage = await (await browser.newContext()).newPage();
  const reconcileSound = (dark: boolean) => expectSound(adminPage, { scripts: true, dark });
  await signIn(adminPage, admin.email);
  await adminPage.goto("/admin/disputes");
  await reconcileSound(false);
  await adminPage.goto(`/admin/orders/${number}`);
  await reconcileSound(true);
  await expect(adminPage.getByRole("button", { name: t.orders.moves.names.APPROVED! })).toHaveCount(0);
  await expect(adminPage.getByRole("button", { name: t.orders.moves.names.CANCELLED! })).toBeVisible();
  await adminPage.getByRole("link", { name: t.orders.held.toDispute }).click();
  await expect(adminPage.getByText("Saya sedang di luar kota")).toBeVisible();
  await reconcileSound(true);
  await expectSoundInEnglish(adminPage);
  await adminPage.getByRole("button", { name: t.disputes.reports.choices.OWNER_AGREES[0]! }).click();
  await expect(adminPage.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  await reconcileSound(false);
  await adminPage.getByLabel(t.disputes.reports.note).fill("Pemilik lupa, sudah ditelepon");
  await adminPage.getByRole("button", { name: t.disputes.reports.choices.OWNER_AGREES[0]! }).click();
  await expect(adminPage.getByRole("heading", { name: t.disputes.reports.decidedTitle })).toBeVisible();
  await reconcileSound(false);
  const late = await post(adminPage.request, `/admin/disputes/${number}`, {
    outcome: "ABUSE",
    note: "Terlambat sekali",
  });
  await expectRefusal(late, 409, t.disputes.reports.alreadyDecided);
  expect(await row("select status, held from app.orders where number = $1", [number])).toEqual({
    status: "SUBMITTED",
    held: false,
  });
  await page.reload();
  await expect(page.getByText(t.disputes.outcomes.OWNER_AGREES)).toBeVisible();
  await adminPage.context().close();
  await salesman.context().close();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

  test("the short link in the text message holds the order with one button", async ({ page, browser, sound }) => {
    const number = await orderedBySari(browser);
    const { phone, code } = await row<{ phone: string; code: string }>(
      `select c.owner_whatsapp as phone, private.dispute_code(o.id) as code
         from app.orders o join app.partner_contacts c on c.partner_id = o.partner_id where o.number = $1`,
      [number],
    );
    const link = async () =>
      (await textsTo(phone)).map(({ text }) => /https?:\S+$/.exec(text)![0]).find((url) => url.endsWith(`/b/${code}`));
    await expect.poll(link).toBeDefined();
    await page.goto((await link())!.toUpperCase().replace(/^.*\/B\//, "/b/")); // Typed, in large letters.
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.disputes.confirmTitle(number));
    expect(await disputes(number), "looked at, not pressed").toBe(0);
    await sound();
    await page.getByRole("button", { name: t.disputes.submit }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.disputes.thanks);
    expect(await row("select held from app.orders where number = $1", [number])).toEqual({ held: true });
    expect(logs().toLowerCase()).not.toContain(code);
    await page.goto(`/b/${code.slice(0, -1)}${code.endsWith("7") ? "8" : "7"}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.disputes.forgedTitle);
    await row("delete from private.sign_in_tries where key like 'link:%' returning 1 as gone");
  });

  test("the owner says it on his order's page, after one question; a mistake is cancelled", async ({
    page,
    browser,
    sound,
  }) => {
    const number = await orderedBySari(browser);
    await signIn(page, disputed.email);
    await page.goto(`/orders/${number}`);
    await sound();
    await page.getByRole("link", { name: t.disputes.open }).click();
    await expect(page).toHaveURL(`/orders/${number}/dispute`);
    await sound();
    expect(await disputes(number)).toBe(0);
    await page.getByRole("button", { name: t.disputes.submit }).click();
    await expect(page).toHaveURL(`/orders/${number}`);
    await expect(page.getByText(t.disputes.done(number))).toBeVisible();
    await expect(page.getByText(t.orders.held.badge, { exact: true })).toBeVisible();
    await expect(page.getByText(t.disputes.card.held)).toBeVisible();
    await page.goto("/orders");
    await expect(page.getByRole("row").filter({ hasText: number })).toContainText(t.orders.held.badge);
    await page.goto("/shadow");
    await expect(page.getByRole("row").filter({ hasText: number })).toContainText(t.shadow.consent.reported.open);
    await sound();

    await signIn(page, admin.email);
    await page.goto("/admin/disputes");
    await sound();
    await page.getByRole("link", { name: number }).click();
    await sound();
    await page.getByLabel(t.disputes.reports.note).fill("Salah toko, sudah ditelepon");
    await page.getByRole("button", { name: t.disputes.reports.choices.MISTAKE[0]!, exact: true }).click();
    await expect(page.getByText(t.disputes.reports.decided(number, t.disputes.reports.outcomes.MISTAKE))).toBeVisible();
    await page.goto("/admin/disputes?state=resolved");
    await expect(page.getByRole("row").filter({ hasText: number })).toContainText(t.disputes.reports.outcomes.MISTAKE);
    expect(await row("select status from app.orders where number = $1", [number])).toEqual({ status: "CANCELLED" });
  });
});

test("what the owner reads and says can be used by everybody", async ({ page, browser, sound }) => {
  const number = await orderedBySari(browser);
  await signIn(page, disputed.email);
  for (const path of ["/dashboard", "/shadow", `/orders/${number}`, `/orders/${number}/dispute`]) {
    await page.goto(path);
    await sound();
    await sound("dark");
  }
  await page.goto("/shadow");
  await page.getByLabel(t.shadow.consent.cap).fill("0");
  await page.getByRole("button", { name: t.shadow.consent.save }).click();
  await expect(page.getByRole("alert")).toContainText(t.shadow.codes.CAP_RANGE);
  await sound();
});

test("links that open nothing say so, and keep nobody waiting who holds a sound one", async ({
  page,
  browser,
  sound,
}) => {
  const number = await orderedBySari(browser);
  const token = await tokenOf(number);
  const old = await row<{ token: string }>(
    `
      with claim as (select o.id || '.' || floor(extract(epoch from now() - interval '1 minute'))::bigint as text
        from app.orders o where o.number = $1)
     select text || '.' || private.sign_dispute_link(text) as token from claim`,
    [number],
  );
  expect((await page.goto(`/bukan-saya/${old.token}`))!.status()).toBe(410);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.disputes.expiredTitle);
  await sound();
  expect((await page.goto(`/bukan-saya/${token.slice(0, -1)}`))!.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.disputes.forgedTitle);
  await sound();
  for (let n = 0; n < 40; n += 1) await page.request.get(`/bukan-saya/1.${1_800_000_000 + n}.x`);
  expect((await page.goto("/bukan-saya/1.1800000000.x"))!.status()).toBe(429);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.disputes.limitedTitle);
  expect((await page.goto(`/bukan-saya/${token}`))!.status()).toBe(200);
  for (const forged of [old.token, token.slice(0, -1), "%F0%9F%92%87", "..%2F..%2Fadmin"]) {
    const status = (await post(page.request, `/bukan-saya/${forged}`, { note: "" })).status();
    expect([303, 429]).toContain(status); // What is no link of ours is counted here too.
  }
  await expectRefusal(
    await post(page.request, `/bukan-saya/${token}`, { note: "x".repeat(501) }),
    400,
    t.http.codes.TOO_LONG,
  );
  expect(await disputes(number)).toBe(0);
  expect(
    (await post(page.request, `/bukan-saya/${token}`, { note: "" }, { origin: "https://evil.test" })).status(),
    "a foreign form",
  ).toBe(403);
  expect(await disputes(number)).toBe(0);
  await rows("delete from private.sign_in_tries where key like 'link:%'");
});
