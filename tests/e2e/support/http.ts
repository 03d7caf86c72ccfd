import { type APIRequestContext, type APIResponse, expect } from "@playwright/test";
import { row } from "./system.ts";

/** HTML as its reader sees it: entities decoded, React's text separators gone. */
export const plain = (html: string) =>
  html
    .replaceAll("<!-- -->", "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** The value of a form's field, hidden ones too. */
export function field(html: string, name: string): string {
  const tag = html.match(/<input[^>]*>/g)?.find((input) => input.includes(`name="${name}"`));
  const value = /value="([^"]*)"/.exec(tag ?? "")?.[1];
  expect(value, `the field ${name}`).toBeDefined();
  return plain(value!);
}

/** The checkout form's key, as a client without a browser reads it. */
export async function checkoutKey(request: APIRequestContext): Promise<string> {
  const answer = await request.get("/checkout");
  expect(answer.status()).toBe(200);
  return field(await answer.text(), "checkout_key");
}

/** Sends a form as a browser does, without following where it leads. */
export const post = (
  request: APIRequestContext,
  path: string,
  form: Record<string, string>,
  headers?: Record<string, string>,
) => request.post(path, { form, headers, maxRedirects: 0 });

/** An admin approves an order where it is approved: on the approval page if it is AMBER, else on staff. */
export async function approve(request: APIRequestContext, number: string) {
  const { light, total } = await row<{ light: string; total: number }>(
    "select credit_light as light, total::int as total from app.orders where number = $1",
    [number],
  );
  const answer = await (light === "AMBER"
    ? post(request, `/admin/approvals/${number}/decision`, { outcome: "APPROVED", seen: String(total), note: "" })
    : post(request, `/admin/orders/${number}/status`, { status: "APPROVED", note: "" }));
  expect(answer.status(), `approving ${number}`).toBe(303);
}

export const switchLanguage = (request: APIRequestContext, lang: "id" | "en") =>
  post(request, "/language", { lang, next: "/" });

// What only we should see: code paths, SQL, addresses of services, tokens.
const insides =
  /node_modules|file:\/\/|\n\s+at \w|postgres(ql)?:\/\/|SQLSTATE|select .+ from (app|private|auth)\.|eyJ[\w-]{20,}|set_config/;

/**
 * An answer that says no with this status, in these words, and gives nothing of our insides away.
 *
 * @returns its HTML.
 */
export async function expectRefusal(answer: APIResponse, status: number, words: string): Promise<string> {
  const html = await answer.text();
  expect(answer.status(), html.slice(0, 400)).toBe(status);
  expect(plain(html)).toContain(words);
  expect(html).not.toMatch(insides);
  return html;
}

/** What a store has: its carts and its orders. Compared before and after, to see that nothing was written. */
export async function belongings(code: string): Promise<unknown> {
  return row(
    `
      select (select coalesce(jsonb_agg(to_jsonb(i) order by i.author_id, i.product_id), '[]') from app.cart_items i
        where i.partner_id = p.id) as cart,
            (select coalesce(jsonb_agg(jsonb_build_array(o.number, o.status, o.total) order by o.id), '[]')
              from app.orders o where o.partner_id = p.id) as orders
       from app.partners p where p.code = $1`,
    [code],
  );
}
