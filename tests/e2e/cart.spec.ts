import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { facts } from "#supabase/seed/test.ts";
import { belongings, post } from "./support/http.ts";
import { countOrders, emptyCarts, inCart, signIn, store } from "./support/people.ts";
import { send } from "./support/shop.ts";
import { row, rows } from "./support/system.ts";
import { expectSound } from "./support/sound.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const { high } = facts;
type Article = { sku: string; name: string; price: number };

// Articles of these tests alone: nobody else orders them, so they can be withdrawn. `n` keeps them apart.
async function articles(n: string): Promise<[Article, Article, Article]> {
  const made: Article[] = [];
  for (const [index, name] of ["Serum Uji", "Tonik Uji", "Vitamin Uji"].entries()) {
    const article = { sku: `UJI-${n}-${index}`, name: `${name} ${n}`, price: 20_000 + index * 1000 };
    await rows(
      `
        insert into app.products (sku, brand_id, category_id, name, picture) select $1, brand_id, category_id, $2,
          picture from app.products where sku = $3 on conflict do nothing`,
      [article.sku, article.name, high.sku],
    );
    await rows(
      `
        insert into app.prices (product_id, tier, price) select p.id, t, $2 from app.products p,
          unnest(array['SILVER', 'GOLD', 'PLATINUM']) t where p.sku = $1 on conflict do nothing`,
      [article.sku, article.price],
    );
    await rows(
      `
        update app.product_stock set quantity = 500, buffer = 0 where product_id = (select id from app.products
          where sku = $1)`,
      [article.sku],
    );
    made.push(article);
  }
  return made as [Article, Article, Article];
}
const sell = (sku: string, active: boolean) =>
  rows("update app.products set active = $2 where sku = $1", [sku, active]);

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    // Without, one journey is enough: the server answers the same.
    const withScripts = (title: string, body: () => Promise<void>) => {
      if (scripts) test(title, body);
    };
    const mine = store(scripts ? "PTR-0035" : "PTR-0037");
    const n = scripts ? "A" : "B";
    let page: Page;
    let one: Article, two: Article, three: Article;

    test.beforeAll(async () => {
      [one, two, three] = await articles(n);
    });
    test.afterAll(async () => {
      for (const { sku } of [one, two, three]) await sell(sku, false);
    });
    test.beforeEach(async ({ browser, baseURL }) => {
      page = await (
        await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 740 } })
      ).newPage();
      await emptyCarts(mine.code);
      await signIn(page, mine.email);
      await page.context().addCookies([{ name: "lang", value: "id", url: baseURL! }]); // Whatever its account reads.
    });
    test.afterEach(async () => {
      await page.context().close();
      for (const { sku } of [one, two, three]) await sell(sku, true);
      await emptyCarts(mine.code);
    });

    const fill = async (...lines: Array<[Article, number]>) => {
      const answer = await post(
        page.request,
        "/cart",
        Object.fromEntries(lines.map(([{ sku }, quantity]) => [`quantity-${sku}`, String(quantity)])),
      );
      expect(answer.status()).toBe(303);
    };
    const quantity = ({ name }: Article) => page.getByLabel(t.catalogue.quantityOf(name));
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    const sound = () => expectSound(page, { scripts, dark: false });

    test("whatever was typed in the cart is kept by every button of it", async () => {
      await fill([one, 1], [two, 1], [three, 1]);
      await page.goto("/cart");
      await sound();
      await quantity(one).fill("4");
      await quantity(two).fill("6");
      await press(t.carts.toCheckout);
      await expect(page).toHaveURL("/checkout");
      await expect(page.locator(".action-bar")).toContainText(
        formatRupiah(4 * one.price + 6 * two.price + three.price, "id"),
      );
      expect(await inCart(mine.code)).toEqual({ [one.sku]: 4, [two.sku]: 6, [three.sku]: 1 });

      await page.goto("/cart");
      await quantity(one).fill("2");
      await press(t.carts.save);
      await expect(page.getByRole("status").filter({ hasText: t.carts.updated })).toBeVisible();
      await quantity(two).fill("9");
      await press(t.carts.removeLabel(three.name));
      await expect(page.getByRole("status").filter({ hasText: t.carts.removed([three.name]) })).toBeVisible();
      expect(await inCart(mine.code)).toEqual({ [one.sku]: 2, [two.sku]: 9 });

      await quantity(two).fill("0");
      await quantity(two).press("Enter");
      await expect(page.getByRole("status").filter({ hasText: t.carts.updated })).toBeVisible();
      expect(await inCart(mine.code), "Enter saves, and takes out nothing else").toEqual({ [one.sku]: 2 });
    });

    withScripts("a mistake stands beside its line, with all that was typed, and nothing is saved", async () => {
      await fill([one, 1], [two, 1]);
      await page.goto("/cart");
      await quantity(one).fill("7");
      await quantity(two).fill("dua");
      await press(t.carts.toCheckout);
      await expect(page).toHaveURL("/cart");
      await expect(page.getByRole("alert")).toContainText(`${two.name}: ${t.carts.codes.QUANTITY_OR_ZERO}`);
      await expect(quantity(two)).toHaveAccessibleDescription(new RegExp(t.carts.codes.QUANTITY_OR_ZERO));
      await expect(quantity(two)).toHaveValue("dua");
      await expect(quantity(one)).toHaveValue("7");
      await sound();
      expect(await inCart(mine.code)).toEqual({ [one.sku]: 1, [two.sku]: 1 });
      await quantity(two).fill("3");
      await press(t.carts.toCheckout);
      await expect(page).toHaveURL("/checkout");
      expect(await inCart(mine.code)).toEqual({ [one.sku]: 7, [two.sku]: 3 });
    });

    withScripts("what another tab changed is not overwritten in silence", async () => {
      await fill([one, 1], [two, 1], [three, 1]);
      await page.goto("/cart");
      await fill([one, 8], [two, 0], [three, 5]);
      await quantity(one).fill("3");
      await quantity(two).fill("2");
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await press(t.carts.toCheckout);
      expect((await answered).status()).toBe(409);
      await expect(page.getByRole("alert")).toContainText(t.carts.refused.changed(8));
      await expect(page.getByRole("alert")).toContainText(t.carts.refused.goneMeanwhile(two.name));
      await sound();
      expect(await inCart(mine.code)).toEqual({ [one.sku]: 8, [three.sku]: 5 });
      await expect(quantity(three), "not typed here: it shows what is there").toHaveValue("5");
      await press(t.carts.save);
      expect(await inCart(mine.code)).toEqual({ [one.sku]: 3, [two.sku]: 2, [three.sku]: 5 });
    });

    withScripts("a withdrawn article stays, named, and goes in one press; the checkout says so too", async () => {
      await fill([one, 2], [two, 3], [three, 1]);
      await page.goto("/checkout");
      await page.getByLabel(t.carts.checkout.note).fill("Antar ke pintu belakang");
      await sell(two.sku, false);
      const before = await belongings(mine.code);
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await press(t.carts.checkout.send);
      expect((await answered).status()).toBe(409);
      await expect(page.getByRole("alert")).toContainText(t.carts.codes.WITHDRAWN);
      await expect(page.getByRole("alert")).toContainText(t.carts.refused.withdrawn(two.name));
      await expect(page.getByLabel(t.carts.checkout.note)).toHaveValue("Antar ke pintu belakang");
      expect(await belongings(mine.code)).toEqual(before);
      await sound();

      await page.goto("/cart");
      const aside = page.getByRole("region", { name: t.carts.withdrawnTitle(1) });
      await expect(aside).toContainText(two.name);
      await expect(page.locator(".action-bar")).toContainText(formatRupiah(2 * one.price + three.price, "id"));
      await expect(
        page.getByRole("button", { name: new RegExp(t.carts.items(3)) }),
        "the badge agrees with the page",
      ).toHaveCount(1);
      await expect(page.locator(".page-head")).toContainText(`${t.carts.items(3)} · ${t.carts.itemsAside(1)}`);
      await sound();
      await sell(two.sku, true);
      await page.reload();
      await expect(quantity(two), "back for sale, a line like any other").toHaveValue("3");
      await rows("delete from app.prices where product_id = (select id from app.products where sku = $1)", [two.sku]);
      await sell(three.sku, false);
      await page.reload();
      await expect(page.getByRole("region", { name: t.carts.withdrawnTitle(2) })).toContainText(
        t.carts.withdrawn.UNPRICED,
      );
      await quantity(one).fill("5");
      await press(t.carts.toCheckout);
      await expect(page.getByRole("region", { name: t.carts.withdrawnTitle(2) })).toContainText(three.name);
      await expect(page.getByRole("button", { name: t.carts.checkout.send })).toHaveCount(0);
      await sound();
      await page.getByLabel(t.carts.checkout.note).fill("Antar pagi");
      await press(t.carts.checkout.removeAndGoOn(2));
      await expect(page).toHaveURL("/checkout");
      await expect(page.getByLabel(t.carts.checkout.note), "the note comes along").toHaveValue("Antar pagi");
      const number = await send(page);
      await expect(page.getByText("Antar pagi", { exact: true })).toBeVisible();
      expect(
        (await row<{ total: number }>("select total::int from app.orders where number = $1", [number])).total,
      ).toBe(5 * one.price);
      await rows(
        `
          insert into app.prices (product_id, tier, price) select p.id, t, $2 from app.products p,
            unnest(array['SILVER', 'GOLD', 'PLATINUM']) t where p.sku = $1`,
        [two.sku, two.price],
      );
    });

    withScripts("what was written at the checkout is there again after a look at the cart", async () => {
      await fill([one, 1]);
      await page.goto("/checkout");
      await page.getByLabel(t.carts.checkout.note).fill("Setelah jam dua");
      await page.getByLabel(t.carts.checkout.preorder).check();
      await press(t.carts.checkout.backToCart);
      await expect(page).toHaveURL("/cart");
      await quantity(one).fill("2");
      await press(t.carts.toCheckout);
      await expect(page.getByLabel(t.carts.checkout.note)).toHaveValue("Setelah jam dua");
      await expect(page.getByLabel(t.carts.checkout.preorder)).toBeChecked();
      const before = await countOrders(mine.code);
      await page.getByLabel(t.carts.checkout.preorder).press("Enter");
      await expect(page.getByLabel(t.carts.checkout.note)).toHaveValue("Setelah jam dua");
      expect(await countOrders(mine.code), "Enter sends nothing").toBe(before);
      await send(page);
      await fill([one, 1]);
      await page.goto("/checkout");
      await expect(page.getByLabel(t.carts.checkout.note), "sent, so the next one starts empty").toHaveValue("");
    });

    withScripts("what was typed into the cards of the catalogue goes into the cart by every way on", async () => {
      const list = `/products?q=${encodeURIComponent(`Uji ${n}`)}`;
      await page.goto(list);
      await sound();
      await quantity(one).fill("3");
      await press(t.catalogue.addLabel(two.name));
      await expect(page, "back at the card that was pressed").toHaveURL(/\/products\?q=Uji\+\w+#UJI-/);
      await expect(page.getByRole("status").filter({ hasText: t.catalogue.addedMany(2) })).toBeVisible();
      expect(await inCart(mine.code)).toEqual({ [one.sku]: 3, [two.sku]: 1 });

      await quantity(one).fill("2");
      await page.getByLabel(t.catalogue.sort).selectOption("price-desc");
      await press(t.ui.actions.search);
      await expect(page).toHaveURL(/sort=price-desc/);
      await expect(page.getByRole("status").filter({ hasText: t.catalogue.added(one.name) })).toBeVisible();
      expect(await inCart(mine.code)).toEqual({ [one.sku]: 5, [two.sku]: 1 });

      await quantity(one).fill("4");
      await quantity(two).fill("banyak");
      const here = page.url();
      await quantity(one).press("Enter");
      await expect(page).toHaveURL(here);
      await expect(page.getByRole("alert")).toContainText(`${two.name}: ${t.carts.codes.QUANTITY}`);
      await expect(quantity(one)).toHaveValue("4");
      await expect(quantity(two)).toHaveValue("banyak");
      await sound();
      expect(await inCart(mine.code)).toEqual({ [one.sku]: 5, [two.sku]: 1 });

      await page.goto("/products");
      const name = (await page.locator(".product__name").first().textContent())!;
      await page.getByLabel(t.catalogue.quantityOf(name)).fill("2");
      await press(t.ui.pager.next);
      await expect(page).toHaveURL(/after=/);
      await expect(page.getByRole("status").filter({ hasText: t.catalogue.added(name) })).toBeVisible();
      expect(Object.keys(await inCart(mine.code))).toHaveLength(3);
    });
  });
}
