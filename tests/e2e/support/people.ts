import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { demoPassword, partners } from "#supabase/seed/people.ts";
import { rows } from "./system.ts";

/** Nobody's password. */
export const wrongPassword = "rahasia-yang-salah-sekali";

/** The store with this code, from the demo data. */
export function store(code: string) {
  const found = partners.find((partner) => partner.code === code);
  if (!found) throw new Error(`there is no store ${code}`);
  return found;
}

/**
 * Signs in through the form's address. The cookies stay with the request context, and with the browser that owns it.
 */
export async function signInBy(request: APIRequestContext, email: string, password = demoPassword) {
  const answer = await request.post("/login", { form: { email, password }, maxRedirects: 0 });
  expect(answer.status(), `signing in ${email}`).toBe(303);
}

/** Signs a browser in, without the detour over the page; the page itself is tried by the guest's journey. */
export const signIn = (page: Page, email: string) => signInBy(page.request, email);

/** Takes everything out of whatever carts a store has, the salesmen's too. */
export const emptyCarts = (code: string) =>
  rows("delete from app.cart_items where partner_id = (select id from app.partners where code = $1)", [code]);

/** How many orders a store has. */
export async function countOrders(code: string): Promise<number> {
  const found = await rows<{ n: number }>(
    "select count(*)::int as n from app.orders where partner_id = (select id from app.partners where code = $1)",
    [code],
  );
  return found[0]!.n;
}

/** How many pieces of each article are in a store's carts, by SKU. */
export async function inCart(code: string): Promise<Record<string, number>> {
  const found = await rows<{ sku: string; quantity: number }>(
    `
      select p.sku, i.quantity from app.cart_items i join app.products p on p.id = i.product_id
        join app.partners s on s.id = i.partner_id where s.code = $1`,
    [code],
  );
  return Object.fromEntries(found.map(({ sku, quantity }) => [sku, quantity]));
}
