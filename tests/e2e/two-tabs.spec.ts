import type { Browser, Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { sari } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { belongings, expectRefusal, field, plain, post } from "./support/http.ts";
import { countOrders, emptyCarts, signIn, store } from "./support/people.ts";
import { addToCart } from "./support/shop.ts";
import { expectSound } from "./support/sound.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const { high } = facts;
const said = t.accounts.mismatch;

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    // Without, one journey is enough: the server answers the same.
    const withScripts = (title: string, body: (given: { browser: Browser }) => Promise<void>) => {
      if (scripts) test(title, body);
    };
    // Two stores of one tier, so that equal carts cost the same, and two that sign in on one phone.
    const [a, b] = [store("PTR-0017"), store("PTR-0019")];
    const [mine, yours] = [store("PTR-0026"), store("PTR-0027")];
    const lone = store(scripts ? "PTR-0031" : "PTR-0033");
    const name = ({ name, code }: { name: string; code: string }) => `${name} (${code})`;
    const open = async (browser: Browser) =>
      (await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 740 } })).newPage();
    const begin = async (page: Page, code: string) => {
      await post(page.request, "/acting/end", {});
      expect((await post(page.request, `/clients/${code}/acting`, { reason: "Kunjungan rutin" })).status()).toBe(303);
    };
    const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

    test("what was shown for one store is not sent for another", async ({ browser }) => {
      for (const { code } of [a, b]) await emptyCarts(code);
      const first = await open(browser);
      await signIn(first, sari.email);
      await begin(first, b.code);
      await addToCart(first, high, 2);
      await begin(first, a.code);
      await addToCart(first, high, 2);
      const second = await first.context().newPage();
      const before = [await belongings(a.code), await belongings(b.code)];
      const refused = async (press: () => Promise<void>) => {
        await begin(second, b.code);
        const answered = first.waitForResponse((response) => response.request().method() === "POST");
        await press();
        expect((await answered).status()).toBe(409);
        await expect(first.getByRole("heading", { name: said.title })).toBeVisible();
        await expect(first.getByRole("alert")).toContainText(said.otherStore(name(a), name(b)));
        expect(await width(first)).toBeLessThanOrEqual(360);
        expect([await belongings(a.code), await belongings(b.code)]).toEqual(before);
        await begin(second, a.code);
      };

      await first.goto("/checkout");
      await first.getByLabel(t.carts.checkout.note).fill("Antar ke pintu belakang");
      await refused(() => first.getByRole("button", { name: t.carts.checkout.send }).click());
      await expect(first.getByText("Antar ke pintu belakang")).toBeVisible();
      await expect(first.getByText(said.notKept)).toBeVisible();
      await expect(first.getByRole("link", { name: said.toStore(a.name) })).toHaveAttribute(
        "href",
        `/clients/${a.code}?next=%2Fcheckout`,
      );
      await expect(first.getByRole("link", { name: said.goOn(b.name) })).toHaveAttribute("href", "/cart");

      await first.goto(`/products/${high.sku}`);
      await refused(() => first.getByRole("button", { name: t.catalogue.addToCart }).click());
      await first.goto(`/products/${high.sku}`);
      await first.getByLabel(t.catalogue.quantityOf(high.name)).fill("dua");
      await refused(() => first.getByRole("button", { name: t.catalogue.addToCart }).click());
      await first.goto("/cart");
      await refused(() => first.getByRole("button", { name: t.carts.removeLabel(high.name) }).click());
      await first.goto("/cart");
      await begin(second, b.code);
      await first
        .getByRole("region", { name: t.ui.banners.actingAs(a.name) })
        .getByRole("button", { name: t.ui.banners.actingEnd })
        .click();
      await expect(first.getByRole("alert")).toContainText(said.otherStore(name(a), name(b)));
      await first.goto("/dashboard");
      await expect(
        first.getByRole("region", { name: t.ui.banners.actingAs(b.name) }),
        "the other one goes on",
      ).toBeVisible();

      await post(second.request, "/acting/end", {});
      await begin(second, a.code);
      await first.goto("/checkout");
      await post(second.request, "/acting/end", {});
      await first.getByRole("button", { name: t.carts.checkout.send }).click();
      await expect(first.getByRole("alert")).toContainText(said.noStore(name(a)));
      await first.context().close();
      for (const { code } of [a, b]) await emptyCarts(code);
    });

    withScripts("a cart sent in one tab is said in the other, and a late note kept and named", async ({ browser }) => {
      const { code, email } = lone;
      await emptyCarts(code);
      const first = await open(browser);
      await signIn(first, email);
      await addToCart(first, high, 2);
      const second = await first.context().newPage();
      for (const tab of [first, second]) await tab.goto("/checkout");
      await first.getByLabel(t.carts.checkout.note).fill("Antar pagi");
      await first.getByRole("button", { name: t.carts.checkout.send }).click();
      await expect(first).toHaveURL(/\/orders\/ORD-/);
      const number = first.url().split("/").at(-1)!;
      const orders = await countOrders(code);
      const late = t.carts.checkout.late;
      const named = async (page: Page) => {
        await expect(page.getByRole("heading", { name: late.title(number) })).toBeVisible();
        await expect(page.getByRole("main").getByRole("link", { name: late.open })).toHaveAttribute(
          "href",
          `/orders/${number}`,
        );
        await expect(page.getByText(t.carts.emptyTitle)).toHaveCount(0);
        expect(await width(page)).toBeLessThanOrEqual(360);
      };

      // The other tab's form has a key of its own.
      await second.getByLabel(t.carts.checkout.note).fill("Antar sore");
      await second.getByRole("button", { name: t.carts.checkout.send }).click();
      await expect(second.getByRole("alert")).toContainText(late.emptied(number));
      await named(second);
      for (const text of ["Antar pagi", "Antar sore"]) await expect(second.getByText(text)).toBeVisible();
      await expect(second.getByRole("link", { name: late.sendNote })).toHaveAttribute(
        "href",
        new RegExp(encodeURIComponent("Antar sore").replaceAll(".", "\\.")),
      );
      await expectSound(second, { scripts, dark: false });
      for (const path of ["/checkout", "/cart"]) {
        await second.goto(path);
        await named(second);
        await expect(second.getByRole("link", { name: late.sendNote })).toHaveCount(0);
      }
      await expectSound(second, { scripts, dark: true });

      // The same form once more: as it was it is that order, with another note it is not taken for it.
      await addToCart(second, high, 1);
      const html = await (await second.request.get("/checkout")).text();
      const form = { checkout_key: field(html, "checkout_key"), note: "Antar pagi" };
      const again = (change: Record<string, string> = {}) => post(second.request, "/checkout", { ...form, ...change });
      const next = (await again()).headers().location!.split("/").at(-1)!;
      expect((await again()).headers().location).toBe(`/orders/${next}`);
      for (const [change, words] of [
        [{ note: "Antar sore" }, late.differs.note(next)],
        [{ preorder: "yes" }, late.differs.preorder(next)],
      ] as const) {
        const answer = await again(change);
        const text = await expectRefusal(answer, 409, words);
        expect(plain(text)).toContain(late.title(next));
      }
      await addToCart(second, high, 3);
      expect(plain(await expectRefusal(await again({ note: "Antar sore" }), 409, late.differs.cart(next)))).toContain(
        late.refilled,
      );
      expect(await countOrders(code)).toBe(orders + 1);
      await first.context().close();
      await emptyCarts(code);
    });

    withScripts("what was shown to one person is not sent by another", async ({ browser }) => {
      for (const { code } of [mine, yours]) await emptyCarts(code);
      const first = await open(browser);
      await signIn(first, yours.email);
      await addToCart(first, high, 2);
      await signIn(first, mine.email);
      await addToCart(first, high, 2);
      await first.goto("/checkout");
      await first.getByLabel(t.carts.checkout.note).fill("Tolong cepat");
      const before = [await belongings(mine.code), await belongings(yours.code)];
      await signIn(first, yours.email);
      await first.getByRole("button", { name: t.carts.checkout.send }).click();
      await expect(first.getByRole("alert")).toContainText(said.otherPerson(name(mine), name(yours)));
      await expect(first.getByText("Tolong cepat")).toBeVisible();
      expect([await belongings(mine.code), await belongings(yours.code)]).toEqual(before);

      await first.getByRole("link", { name: said.goOn(yours.name) }).click();
      await expect(first.getByRole("heading", { level: 1 })).toContainText(yours.name);
      await first.goto("/shadow");
      const consent = await row("select shadow_allowed from app.partners where code = $1", [mine.code]);
      await signIn(first, mine.email);
      await first.getByRole("button", { name: t.shadow.consent.save }).click();
      await expect(first.getByRole("alert")).toContainText(said.otherPerson(name(yours), name(mine)));
      expect(await row("select shadow_allowed from app.partners where code = $1", [mine.code])).toEqual(consent);

      await first.getByRole("button", { name: said.signOut(yours.name) }).click();
      await expect(first.getByText(t.accounts.login.keptForm)).toBeVisible();
      await expect(first.getByRole("navigation").first()).not.toContainText(t.ui.nav.orders);
      await first.goto("/orders");
      await expect(first).toHaveURL(/\/login/);
      await first.context().close();
      for (const { code } of [mine, yours]) await emptyCarts(code);
    });

    withScripts("a form whose login ended is not offered to somebody else who signs in", async ({ browser }) => {
      for (const { code } of [mine, yours]) await emptyCarts(code);
      const first = await open(browser);
      await signIn(first, mine.email);
      await addToCart(first, high, 1);
      await first.goto("/checkout");
      await first.getByLabel(t.carts.checkout.note).fill("Sebelum jam sepuluh");
      await rows("delete from auth.sessions where user_id = (select account_id from app.partners where code = $1)", [
        mine.code,
      ]);
      await first.getByRole("button", { name: t.carts.checkout.send }).click();
      await expect(first.getByText(t.accounts.login.keptForm)).toBeVisible();
      await first.getByLabel(t.accounts.login.email).fill(yours.email);
      await first.getByLabel(t.accounts.login.password, { exact: true }).fill("alfa-demo-2026");
      await first.getByRole("main").getByRole("button", { name: t.accounts.login.submit }).click();
      await expect(first.getByRole("alert")).toContainText(said.otherPerson(name(mine), name(yours)));
      await expect(first.getByText("Sebelum jam sepuluh")).toBeVisible();
      await expect(first.getByRole("button", { name: t.accounts.login.resumeSubmit })).toHaveCount(0);

      // Whose form it is can have it back: it goes along to his sign-in.
      await first.getByRole("button", { name: said.signOut(mine.name) }).click();
      await expect(first.getByText(t.accounts.login.keptForm)).toBeVisible();
      await first.getByLabel(t.accounts.login.email).fill(mine.email);
      await first.getByLabel(t.accounts.login.password, { exact: true }).fill("alfa-demo-2026");
      await first.getByRole("main").getByRole("button", { name: t.accounts.login.submit }).click();
      await expect(first.getByText("Sebelum jam sepuluh")).toBeVisible();
      const orders = await countOrders(mine.code);
      await first.getByRole("button", { name: t.accounts.login.resumeSubmit }).click();
      await expect(first).toHaveURL(/\/orders\/ORD-/);
      await expect(first.getByText("Sebelum jam sepuluh", { exact: true })).toBeVisible();
      expect(await countOrders(mine.code)).toBe(orders + 1);
      await first.context().close();
      await emptyCarts(mine.code);
    });

    withScripts("an admin's page does not decide in another admin's name", async ({ browser }) => {
      const first = await open(browser);
      await signIn(first, "admin@demo.test");
      await first.goto("/admin/settings/order.minimum_threshold");
      const value = () => row("select value, set_by from app.settings where key = 'order.minimum_threshold'");
      const before = await value();
      await first.getByLabel(t.settings.reason).fill("Percobaan saja");
      await signIn(first, "admin2@demo.test");
      await first.getByRole("main").locator("form button[type=submit]").first().click();
      await expect(first.getByRole("alert")).toContainText(
        said.otherPerson("Admin HQ (ADM-001)", "Admin Operasional (ADM-002)"),
      );
      expect(await value()).toEqual(before);
      await first.context().close();
    });

    withScripts("a second browser says what keeps it from beginning, and ends it", async ({ browser }) => {
      const [here, there] = [await open(browser), await open(browser)];
      for (const page of [here, there]) await signIn(page, sari.email);
      await begin(there, a.code);
      await there.goto("/products");
      for (const path of ["/dashboard", "/clients", `/clients/${b.code}`]) {
        await here.goto(path);
        const note = here.locator("section", {
          has: here.getByRole("heading", { name: t.shadow.acting.elsewhereTitle(a.name) }),
        });
        await expect(note.first(), path).toContainText(/Sejak \d\d? \w+ \d{4} \d\d\.\d\d WIB/);
        expect(await width(here), path).toBeLessThanOrEqual(360);
      }
      await here.getByLabel(t.shadow.acting.note).fill("Toko berikutnya");
      await here.getByRole("button", { name: t.shadow.acting.endAndBegin(a.name) }).click();
      await expect(here.getByRole("region", { name: t.ui.banners.actingAs(b.name) })).toBeVisible();
      await there
        .getByRole("region", { name: t.ui.banners.actingAs(a.name) })
        .getByRole("button", { name: t.ui.banners.actingEnd })
        .click();
      await expect(there.getByRole("alert")).toContainText(b.name);

      await here.goto("/clients");
      await post(here.request, "/acting/end", {});
      await begin(there, a.code);
      await here.goto("/clients");
      await here.getByRole("button", { name: t.shadow.acting.endThere }).click();
      await expect(here.getByText(t.shadow.acting.endedPlain)).toBeVisible();
      const { open: left } = await row<{ open: number }>(
        "select count(*)::int as open from app.acting_sessions where salesman_id = $1 and ended_at is null",
        [sari.id],
      );
      expect(left).toBe(0);
      for (const page of [here, there]) await page.context().close();
    });
  });
}
