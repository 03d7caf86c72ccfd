import type { Locator, Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { agus } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { post } from "./support/http.ts";
import { countOrders, emptyCarts, inCart, signIn, store } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const en = messages("en");
const { high, low } = facts;

/** In sight, and under no bar. */
async function expectSeen(what: Locator) {
  await expect(what).toBeInViewport({ ratio: 1 });
  const covered = await what.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there !== element && !element.contains(there) && !there?.contains(element);
  });
  expect(covered, "under something else").toBe(false);
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    const mine = store(scripts ? "PTR-0026" : "PTR-0027");
    let page: Page;

    test.beforeEach(async ({ browser, baseURL }) => {
      page = await (
        await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 740 } })
      ).newPage();
      await emptyCarts(mine.code);
      await signIn(page, mine.email);
      await page.context().addCookies([{ name: "lang", value: "id", url: baseURL! }]);
    });
    test.afterEach(async () => {
      await page.context().close();
      await emptyCarts(mine.code);
    });

    const card = (n: number) => page.getByRole("article").nth(n);
    const quantityIn = (n: number) => card(n).getByRole("textbox");
    const skuOf = async (n: number) => (await card(n).getAttribute("id"))!;
    const quantity = ({ name }: { name: string }) => page.getByRole("textbox", { name });
    const nav = (name: string | RegExp) => page.getByRole("navigation").first().getByRole("button", { name }).click();
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    const fill = (sku: string, n: number) =>
      page.request.post("/cart", { form: { [`quantity-${sku}`]: String(n) }, maxRedirects: 0 });

    test("what was added is told on its card, after its button and after Enter", async () => {
      await page.goto("/products?sort=name");
      await quantityIn(12).fill("2");
      await card(12).getByRole("button").last().click();
      await expect(page).toHaveURL(`/products?sort=name#${await skuOf(12)}`);
      await expectSeen(card(12).getByText(t.catalogue.inCart("2")));
      await expectSeen(card(12).getByRole("status"));
      await quantityIn(17).fill("3");
      await quantityIn(17).press("Enter");
      await expect(page).toHaveURL(`/products?sort=name#${await skuOf(17)}`);
      await expectSeen(card(17).getByText(t.catalogue.inCart("3")));
      await expectSeen(card(17).getByRole("status"));
      await page.goto("/products?sort=name");
      await expect(page.getByRole("status"), "said once").toHaveCount(0);
      await expect(card(12).getByText(t.catalogue.inCart("2"))).toBeVisible();
    });

    test("what cannot be added is told on its card, with all that was typed", async () => {
      await page.goto("/products");
      await quantityIn(3).fill("5");
      await quantityIn(12).fill("dua");
      for (const send of [() => card(12).getByRole("button").last().click(), () => quantityIn(12).press("Enter")]) {
        await send();
        await expect(quantityIn(12)).toHaveAccessibleDescription(new RegExp(t.carts.codes.QUANTITY));
        await expectSeen(quantityIn(12));
        await expectSeen(card(12).getByText(t.carts.codes.QUANTITY));
        await expect(quantityIn(12)).toHaveValue("dua");
        await expect(quantityIn(3)).toHaveValue("5");
      }
      expect(await inCart(mine.code)).toEqual({});
    });

    test("the page of an article answers beside its field", async () => {
      await page.goto(`/products/${high.sku}`);
      await quantity(high).fill("6");
      await quantity(high).press("Enter");
      await expectSeen(page.getByText(t.catalogue.inCart("6")));
      await expectSeen(page.getByRole("status").filter({ hasText: t.catalogue.added(high.name) }));
      await quantity(high).fill("9x");
      await press(t.catalogue.addToCart);
      await expect(page).toHaveURL(new RegExp(`/products/${high.sku}`));
      await expectSeen(page.getByText(t.carts.codes.QUANTITY).last());
      await expect(quantity(high)).toHaveValue("9x");
      await press(t.ui.switchLanguage);
      await expect(page.getByRole("button", { name: en.catalogue.addToCart })).toBeVisible();
      await expect(quantity(high)).toHaveValue("9x");
      await quantity(high).fill("2");
      await press(en.catalogue.back);
      await expect(page).toHaveURL("/products");
      expect(await inCart(mine.code)).toEqual({ [high.sku]: 8 });
    });

    test("the language keeps what was typed in the list; every way out of it saves that", async () => {
      await page.goto("/products");
      const [one, two] = [await skuOf(1), await skuOf(2)];
      await page.getByLabel(t.catalogue.search).fill("sampo");
      await quantityIn(1).fill("4");
      await quantityIn(2).fill("5");
      await press(t.ui.switchLanguage);
      await expect(page.getByLabel(en.catalogue.search)).toHaveValue("sampo");
      await expect(quantityIn(1)).toHaveValue("4");
      await expect(quantityIn(2)).toHaveValue("5");
      expect(await inCart(mine.code)).toEqual({});
      await nav(/Cart/);
      await expect(page).toHaveURL("/cart");
      expect(await inCart(mine.code), "typed before the language was switched").toEqual({ [one]: 4, [two]: 5 });

      await page.goto("/products");
      await quantityIn(1).fill("1");
      await press(en.ui.nav.signOut);
      await expect(page).toHaveURL("/login");
      expect(await inCart(mine.code)).toEqual({ [one]: 5, [two]: 5 });
      await page.goto("/dashboard");
      await expect(page, "signed out").toHaveURL(/\/login/);
    });

    test("nobody is kept from signing out by what he typed", async () => {
      await page.goto("/products");
      await quantityIn(1).fill("banyak");
      await press(t.ui.nav.signOut);
      await expect(page).toHaveURL("/login");
      await page.goto("/dashboard");
      await expect(page).toHaveURL(/\/login/);
    });

    test("every way out of the cart saves it, and the language hands it back", async () => {
      await fill(high.sku, 1);
      await fill(low.sku, 1);
      await page.goto("/cart");
      await quantity(high).fill("4");
      await press(t.ui.switchLanguage);
      await expect(quantity(high)).toHaveValue("4");
      expect(await inCart(mine.code)).toEqual({ [high.sku]: 1, [low.sku]: 1 });
      await press(en.ui.switchLanguage);
      await nav(t.ui.nav.orders);
      await expect(page).toHaveURL("/orders");
      expect(await inCart(mine.code)).toEqual({ [high.sku]: 4, [low.sku]: 1 });
      await page.goto("/cart");
      await quantity(high).fill("3");
      await quantity(high).press("Enter");
      await expectSeen(page.locator(`#line-${high.sku}`).getByRole("status"));
      await press(t.carts.removeLabel(low.name));
      await expect(page.getByRole("status").filter({ hasText: t.carts.removed([low.name]) })).toBeVisible();
      await quantity(high).fill("7");
      await press(t.ui.nav.signOut);
      await expect(page).toHaveURL("/login");
      expect(await inCart(mine.code)).toEqual({ [high.sku]: 7 });
    });

    test("every way out of the checkout keeps what was written, and sends nothing", async () => {
      await fill(high.sku, 1);
      const before = await countOrders(mine.code);
      const note = () => page.getByRole("textbox");
      for (const [words, leave, to] of [
        ["Satu", () => press(t.ui.switchLanguage), "/checkout"],
        ["Dua", () => press(en.ui.switchLanguage), "/checkout"],
        ["Tiga", () => nav(t.ui.nav.catalogue), "/products"],
        ["Empat", () => page.locator(".wordmark").click(), "/dashboard"],
        ["Lima", () => press(t.carts.checkout.backToCart), "/cart"],
        ["Enam", () => press(t.ui.nav.signOut), "/login"],
      ] as const) {
        await page.goto("/checkout");
        await note().fill(words);
        await leave();
        await expect(page).toHaveURL(to);
        if (to === "/login") await signIn(page, mine.email);
        if (to !== "/checkout") await page.goto("/checkout");
        await expect(note(), `left for ${to}`).toHaveValue(words);
      }
      expect(await countOrders(mine.code)).toBe(before);
    });

    test("ending Shadow Mode keeps what was typed, and nobody is kept in it by what he typed", async () => {
      const bar = page.getByRole("region", { name: t.ui.banners.actingAs(mine.name) });
      const begin = async (path: string) => {
        const reason = "Pemilik minta tolong lewat telepon";
        expect((await post(page.request, `/clients/${mine.code}/acting`, { reason })).status()).toBe(303);
        await page.goto(path);
        await expect(bar).toBeVisible();
      };
      const end = async () => {
        await bar.getByRole("button", { name: t.ui.banners.actingEnd }).click();
        await expect(page.getByRole("status").filter({ hasText: t.shadow.acting.endedPlain })).toBeVisible();
        await expect(bar).toHaveCount(0);
      };
      await page.context().clearCookies({ name: /^alfa-session/ });
      await signIn(page, agus.email);
      await post(page.request, "/acting/end", {});

      await begin("/products?sort=name");
      const [one, two] = [await skuOf(1), await skuOf(2)];
      await quantityIn(1).fill("4");
      await quantityIn(2).fill("5");
      await end();
      await expect(page, "back where he was").toHaveURL("/products?sort=name");
      expect(await inCart(mine.code)).toEqual({ [one]: 4, [two]: 5 });

      await begin(`/products/${high.sku}`);
      await quantity(high).fill("6");
      await end();
      await expect(page).toHaveURL(`/products/${high.sku}`);
      expect(await inCart(mine.code)).toEqual({ [one]: 4, [two]: 5, [high.sku]: 6 });

      await begin("/cart");
      await quantity(high).fill("3");
      await end();
      await expect(page, "without a store there is no cart").toHaveURL("/clients");
      expect(await inCart(mine.code)).toEqual({ [one]: 4, [two]: 5, [high.sku]: 3 });

      await begin("/checkout");
      await page.getByRole("textbox").fill("Antar pagi");
      await end();
      await begin("/checkout");
      await expect(page.getByRole("textbox")).toHaveValue("Antar pagi");

      await page.goto("/products");
      await quantityIn(1).fill("banyak");
      await end();
      expect(await inCart(mine.code), "what is no number is not kept").toEqual({
        [one]: 4,
        [two]: 5,
        [high.sku]: 3,
      });
    });

    test("the sign-in form is handed back in the other language, without the password", async () => {
      await page.context().clearCookies();
      await page.goto("/login");
      await page.getByLabel(t.accounts.login.email).fill("budi@demo.test");
      await page.getByLabel(t.accounts.login.password).fill("rahasia-sekali");
      await press(t.ui.switchLanguage);
      await expect(page.getByRole("button", { name: en.accounts.login.submit })).toBeVisible();
      await expect(page.getByLabel(en.accounts.login.email)).toHaveValue("budi@demo.test");
      expect(await page.content()).not.toContain("rahasia-sekali");
    });
  });
}
