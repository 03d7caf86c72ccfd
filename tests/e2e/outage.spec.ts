import { messages } from "#app/locales/messages.ts";
import { facts } from "#supabase/seed/test.ts";
import { post } from "./support/http.ts";
import { emptyCarts, signIn, store } from "./support/people.ts";
import { row, rows, setErp } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const { code, email } = store("PTR-0014");

/** Cuts the web off from its database: its login is barred and its connections are ended, which takes being its member. */
async function cutOff() {
  await rows("alter role web nologin");
  await rows("grant web to postgres");
  await rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'web'");
}

test.afterEach(async ({ request }) => {
  await rows("alter role web login");
  await rows("revoke web from postgres");
  await setErp("up");
  await expect.poll(async () => (await request.get("/products")).status()).toBe(200);
});

test("without its database the site says so decently, stays alive, and is back by itself", async ({ page, request }) => {
  await emptyCarts(code);
  await signIn(page, email);
  await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "3" });
  await cutOff();
  for (const path of ["/products", "/checkout", "/login"]) {
    const answer = await page.request.get(path);
    const html = await answer.text();
    expect([500, 503], path).toContain(answer.status());
    expect(html, path).toContain("<h1>");
    expect(html, path).not.toMatch(/node_modules|\n\s+at \w|ECONNREFUSED|nologin|postgres/i);
  }
  expect((await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "1" })).status()).toBeGreaterThanOrEqual(500);
  expect((await request.get("/api/products")).headers()["content-type"]).toContain("application/problem+json");

  await setErp("down");
  const health = await request.get("/api/health");
  expect(health.status(), "alive, whatever it depends on").toBe(200);
  await setErp("up");

  await rows("alter role web login");
  await expect(async () => {
    expect((await page.goto("/cart"))!.status()).toBe(200);
  }).toPass();
  await expect(page.getByLabel(t.products.quantityOf(facts.high.name))).toHaveValue("3");
  expect((await row<{ n: number }>("select count(*)::int as n from app.cart_items where partner_id = (select id from app.partners where code = $1)", [code])).n).toBe(1);
});
