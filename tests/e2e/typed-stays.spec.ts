import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { facts } from "#supabase/seed/test.ts";
import { emptyCarts, signIn, store } from "./support/people.ts";
import { addToCart } from "./support/shop.ts";
import { expect, test } from "./support/test.ts";

const [t, en] = [messages("id"), messages("en")];
const { high } = facts;
const { code, email } = store("PTR-0029");
const quantity = (page: Page) => page.locator(`[name="quantity-${high.sku}"]`);
const toEnglish = (page: Page) => page.getByRole("button", { name: t.ui.switchLanguage }).click();
const toIndonesian = (page: Page) => page.getByRole("button", { name: en.ui.switchLanguage }).click();

test.beforeEach(async ({ page }) => {
  await emptyCarts(code);
  await signIn(page, email);
});

test("what was typed is there in the other language, and only there", async ({ page }) => {
  await addToCart(page, high, 2);
  await page.goto("/cart");
  await quantity(page).fill("17");
  await toEnglish(page);
  await expect(page.getByRole("heading", { name: en.carts.title })).toBeVisible();
  await expect(quantity(page)).toHaveValue("17");
  await page.goto("/cart");
  await expect(quantity(page), "control: nothing was saved").toHaveValue("2");

  await page.goto("/checkout");
  await page.getByLabel(en.carts.checkout.note).fill("Before ten, please");
  await page.getByLabel(en.carts.checkout.preorder).check();
  await toIndonesian(page);
  await expect(page.getByLabel(t.carts.checkout.note)).toHaveValue("Before ten, please");
  await expect(page.getByLabel(t.carts.checkout.preorder)).toBeChecked();
});

test("so is what came back with a mistake", async ({ page }) => {
  await page.goto(`/products?q=${high.sku}`);
  await quantity(page).fill("dua");
  await quantity(page).press("Enter");
  await expect(page.getByRole("alert")).toContainText(t.carts.codes.QUANTITY);
  await toEnglish(page);
  await expect(page.getByRole("heading", { name: en.catalogue.title })).toBeVisible();
  await expect(quantity(page)).toHaveValue("dua");
  await toIndonesian(page);
});

test("who leaves a list by a link and goes back finds his numbers, once they are not sent", async ({ page }) => {
  await page.goto(`/products?q=${high.sku}`);
  await quantity(page).fill("17");
  await page.getByRole("link", { name: high.name }).click();
  await expect(page).toHaveURL(`/products/${high.sku}`);
  await page.goBack();
  await expect(quantity(page)).toHaveValue("17");

  await quantity(page).press("Enter");
  await expect(page.getByText(t.catalogue.inCart("17"))).toBeVisible();
  await page.goto("/dashboard");
  await page.goBack();
  await expect(page.getByText(t.catalogue.inCart("17"))).toBeVisible();
  await expect(quantity(page), "sent, and not to be sent again").toHaveValue("");
});

test("a cart that changed elsewhere is not covered by a number typed before", async ({ page }) => {
  await addToCart(page, high, 2);
  await page.goto("/cart");
  await quantity(page).fill("17");
  await page.goto("/dashboard");
  await addToCart(await page.context().newPage(), high, 3);
  await page.goBack();
  await expect(quantity(page)).toHaveValue("5");
});

test("a password is not kept, nor what somebody typed for who signs in after him", async ({ page }) => {
  await page.goto("/orders");
  await page.goto(`/products?q=${high.sku}`);
  await quantity(page).fill("17");
  await page.getByRole("button", { name: t.ui.nav.signOut }).click();
  await expect(page.getByRole("status")).toContainText(t.accounts.login.signedOut);
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("17");

  await page.getByLabel(t.accounts.login.email).fill("somebody@demo.test");
  await page.getByLabel(t.accounts.login.password).fill("a secret of twelve");
  await toEnglish(page);
  await expect(page.getByLabel(en.accounts.login.email)).toHaveValue("somebody@demo.test");
  await expect(page.getByLabel(en.accounts.login.password)).toHaveValue("");
  await toIndonesian(page);
});
