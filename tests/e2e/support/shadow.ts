import type { Browser, Page } from "@playwright/test";
import { sari } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { post } from "./http.ts";
import { emptyCarts, signIn } from "./people.ts";
import { addToCart, send } from "./shop.ts";
import { expect } from "./test.ts";

/** Sari at work for a store, in a browser of her own. */
export async function salesmanFor(browser: Browser, code: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await emptyCarts(code);
  await signIn(page, sari.email);
  await post(page.request, "/acting/end", {});
  expect(
    (await post(page.request, `/clients/${code}/acting`, { reason: "Pemilik minta tolong lewat telepon" })).status(),
  ).toBe(303);
  return page;
}

/** Orders by the pages, as whoever uses this browser. */
export async function orderAs(page: Page, quantity = 2): Promise<string> {
  await addToCart(page, facts.high, quantity);
  await page.goto("/checkout");
  return send(page);
}
