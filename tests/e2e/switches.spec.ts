import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, sari } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { plain, post } from "./support/http.ts";
import { order, ownLimits, personOf, setLimit } from "./support/credit.ts";
import { signIn } from "./support/people.ts";
import { expectSound } from "./support/sound.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const words = t.approvals;
const { high } = facts;
const [one, two] = ownLimits("PTR-0021", "PTR-0023");
const maintenance =
  "Sistem sedang maintenance. Order Anda akan diproses manual oleh Admin. Mohon tunggu konfirmasi WA.";

const switchOff = (key: string) =>
  rows(
    `
      with noted as (select private.audit('SETTING_CHANGED', 'setting', $1)) update app.settings set value = 'false',
        expires_at = null from noted where key = $1`,
    [key],
  );
const runOut = (key: string) =>
  rows(
    `
      with noted as (select private.audit('SETTING_CHANGED', 'setting', $1)) update app.settings set expires_at = now()
        from noted where key = $1`,
    [key],
  );
// The worker would pull at once: it is told to wait meanwhile.
const stockAge = (minutes: number) =>
  rows(
    `
      update app.feeds set as_of = now() - make_interval(mins => $1), next_try_at = now() + case when $1 > 0
        then interval '10 minutes' else '0' end where name = 'stock'`,
    [minutes],
  );

test("the bypass: on all of staff's pages, never told a store; longer or over by form, over by itself", async ({
  page,
  browser,
  sound,
}) => {
  const key = "CREDIT_CHECK_BYPASS";
  const banner = page.getByText(/^CREDIT_CHECK_BYPASS aktif sampai /);
  const until = async () =>
    (await row<{ at: Date }>("select expires_at as at from app.settings where key = $1", [key])).at.getTime();
  await setLimit(one.code, 1_000_000_000);
  const shop = await personOf(browser, one.email);
  await signIn(page, admin.email);
  try {
    await page.goto("/admin/approvals");
    await page.getByRole("link", { name: t.settings.names.CREDIT_CHECK_BYPASS }).click();
    await page.getByLabel(t.settings.reason, { exact: true }).fill("Angka kredit ERP keliru");
    await page.getByRole("button", { name: t.settings.turnOn }).click();
    await expect(banner).toBeVisible();
    expect(Math.round(((await until()) - Date.now()) / 60_000)).toBe(240);
    for (const path of [
      "/admin",
      "/admin/approvals",
      "/admin/erp",
      "/admin/audit",
      "/admin/nowhere",
      "/products",
      "/admin/orders/ORD-2001-000001",
    ]) {
      await page.goto(path);
      await expect(banner, path).toBeVisible();
    }
    await sound();

    await shop.goto("/checkout");
    const number = await order(shop.context());
    await shop.goto(`/orders/${number}`);
    await expect(shop.getByText(words.waiting.MANUAL)).toBeVisible();
    for (const path of [`/orders/${number}`, "/orders", "/dashboard"]) {
      const answer = await shop.request.get(path);
      expect(plain(await answer.text()), path).not.toMatch(/BYPASS"|CREDIT_CHECK/);
    }

    await banner.click();
    await page.getByLabel(t.settings.reason, { exact: true }).fill("Masih diperbaiki");
    await page.getByLabel(words.extendHours, { exact: true }).fill("25");
    await page.getByRole("button", { name: words.extend }).click();
    await expect(page.getByRole("alert")).toContainText(t.settings.codes.HOURS_OUT_OF_RANGE);
    await page.getByLabel(words.extendHours, { exact: true }).fill("24");
    await page.getByRole("button", { name: words.extend }).click();
    await expect(banner).toBeVisible();
    expect(Math.round(((await until()) - Date.now()) / 60_000)).toBe(1440);
    await runOut(key);
    await page.reload();
    await expect(banner).toHaveCount(0);
    expect(await row("select credit_light from app.orders where number = $1", [await order(shop.context())])).toEqual({
      credit_light: "GREEN",
    });
  } finally {
    await switchOff(key);
    await shop.context().close();
  }
});

test("degraded by hand: all read it on the next page, errors too, the stock's age apart, and orders are taken", async ({
  page,
  browser,
  sound,
}) => {
  test.setTimeout(180_000); // A hundred pages.
  const key = "erp.force_degraded";
  const guest = await (await browser.newContext()).newPage();
  const shop = await personOf(browser, two.email);
  const salesman = await personOf(browser, sari.email);
  await signIn(page, admin.email);
  const people: Array<[Page, string[]]> = [
    [guest, ["/", "/products", "/login", "/nowhere"]],
    [shop, ["/dashboard", "/products", "/cart", "/orders", "/nowhere", "/admin"]],
    [salesman, ["/dashboard", "/clients", "/nowhere"]],
    [page, ["/admin", "/admin/approvals", "/admin/erp", "/nowhere"]],
  ];
  // Each is told in words of his own.
  const words = t.ui.banners.degraded;
  const degraded = (person: Page) =>
    person === page ? words.admin : person === guest ? words.guest : person === shop ? maintenance : words.salesman;
  const everybodyReads = async (said: string | typeof degraded, times: number, whose = people) => {
    for (const [person, paths] of whose) {
      const text = typeof said === "string" ? said : said(person);
      for (const path of paths) {
        await person.goto(path);
        await expect(person.getByRole("status").filter({ hasText: text }), `${text} on ${path}`).toHaveCount(times);
      }
    }
  };
  try {
    await everybodyReads(degraded, 0);
    await page.goto("/admin");
    await page.getByRole("link", { name: t.settings.names["erp.force_degraded"] }).click();
    await page.getByLabel(t.settings.reason, { exact: true }).fill("Gudang stok opname");
    await page.getByRole("button", { name: t.settings.turnOn }).click();
    await everybodyReads(degraded, 1);
    await stockAge(41);
    await everybodyReads("Data stok terakhir diperbarui 4", 1, people.slice(1));
    await everybodyReads("Data stok terakhir diperbarui", 0, people.slice(0, 1));
    await setLimit(two.code, 0);
    await post(shop.request, "/cart/items", { sku: high.sku, quantity: "1" });
    await shop.goto("/checkout");
    await expect(shop.getByRole("button", { name: "Ajukan Approval" })).toBeVisible();
    await expectSound(shop, { scripts: true, dark: false });
    await shop.getByRole("button", { name: "Ajukan Approval" }).click();
    await shop.waitForURL(/\/orders\/ORD-/);
    // Only by hand: the ERP answers, so the order may be in it before its page is read, which then says no more.
    const told = await shop.getByText(t.orders.placedDegradedOwn).count();
    const number = new URL(shop.url()).pathname.split("/").at(-1);
    const taken = await row("select degraded, sync_status as sync from app.orders where number = $1", [number]);
    expect(taken).toEqual({ degraded: true, sync: told === 1 ? expect.any(String) : "SYNCED" });
    await expectSound(shop, { scripts: true, dark: true });
    await sound();
    await runOut(key);
    await everybodyReads(degraded, 0);
    // The age of the stock is told whether degraded or not.
    await expect(shop.getByText(/^Data stok terakhir diperbarui 4\d menit lalu\.$/)).toBeVisible();
  } finally {
    await switchOff(key);
    await stockAge(0);
    await Promise.all([guest, shop, salesman].map((person) => person.context().close()));
  }
});
