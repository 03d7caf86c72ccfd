import { expect, type Page } from "@playwright/test";
import { messages } from "#app/words.ts";

const t = messages("id");

/** Puts an article into the cart from its own page, which one comes back to. */
export async function addToCart(page: Page, article: { sku: string; name: string }, quantity: number) {
  await page.goto(`/products/${article.sku}`);
  await page.getByLabel(t.catalogue.quantityOf(article.name)).fill(String(quantity));
  await page.getByRole("button", { name: t.catalogue.addToCart }).click();
  await expect(page.getByRole("status").filter({ hasText: t.catalogue.added(article.name) })).toBeVisible();
}

/** Sends the order from the checkout page and reads its number on the page that follows. */
export async function send(page: Page, button = t.carts.checkout.send): Promise<string> {
  await page.getByRole("button", { name: button }).click();
  await expect(page).toHaveURL(/\/orders\/ORD-\d{4}-\d{6,9}$/);
  const number = new URL(page.url()).pathname.split("/").at(-1)!;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
  return number;
}
