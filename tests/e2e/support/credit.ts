import type { Browser, BrowserContext, Page } from "@playwright/test";
import { several, type Several } from "#supabase/local/several.ts";
import { facts } from "#supabase/seed/test.ts";
import { checkoutKey, post } from "./http.ts";
import { emptyCarts, signIn, store } from "./people.ts";
import { row, rows } from "./system.ts";
import { expect, test } from "./test.ts";

/** What a store may owe, with its line of the trail. */
export const setLimit = (code: string, limit: number) =>
  rows(
    `
      with noted as (select private.audit('LIMIT_CHANGED', 'partner', $1)) update app.partners set credit_limit = $2
        from noted where code = $1`,
    [code, limit],
  );

/** Two stores whose limits a file sets: their carts are empty before each test, the limits in the end as they were. */
export function ownLimits(...codes: [string, string]): Several<ReturnType<typeof store>, 2> {
  const stores = several(2, codes.map(store));
  test.beforeEach(async () => {
    for (const { code } of stores) await emptyCarts(code);
  });
  test.afterAll(async () => {
    for (const { code, creditLimit } of stores) await setLimit(code, creditLimit);
  });
  return stores;
}

/** Where an order stands. */
export const ofOrder = (number: string) =>
  row<{ id: number; status: string; total: number }>(
    "select id, status, total::int as total from app.orders where number = $1",
    [number],
  );

/** Somebody in a browser of his own. */
export async function personOf(browser: Browser, email: string, javaScriptEnabled = true): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await signIn(page, email);
  return page;
}

/** Orders by the addresses of the forms. @returns the order's number. */
export async function order({ request }: BrowserContext, quantity = 2): Promise<string> {
  await post(request, "/cart/items", { sku: facts.high.sku, quantity: String(quantity) });
  const sent = await post(request, "/checkout", { checkout_key: await checkoutKey(request), note: "" });
  expect(sent.status()).toBe(303);
  return sent.headers().location!.split("/").at(-1)!;
}
