import { messages } from "#app/words.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { checkoutKey, expectRefusal, field, post } from "./support/http.ts";
import { countOrders, emptyCarts, signInBy, store, wrongPassword } from "./support/people.ts";
import { logs, row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const { high } = facts;

test("one press counts once: twice at the same time, or again after going back", async ({ request }) => {
  const { code, email } = store("PTR-0025");
  await emptyCarts(code);
  await signInBy(request, email);
  await post(request, "/cart/items", { sku: high.sku, quantity: "2" });
  const form = { checkout_key: await checkoutKey(request), note: "Sekali saja" };
  const before = await countOrders(code);
  const answers = await Promise.all([1, 2, 3].map(() => post(request, "/checkout", form)));
  answers.push(await post(request, "/checkout", form));
  expect(answers.map((answer) => answer.status())).toEqual([303, 303, 303, 303]);
  expect(new Set(answers.map((answer) => answer.headers().location)).size).toBe(1);
  expect(await countOrders(code)).toBe(before + 1);
});

test("nobody is led to another site", async ({ request }) => {
  const { email } = store("PTR-0024");
  const elsewhere = [
    "//evil.test",
    "https://evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "javascript:alert(1)",
    "/\t/evil.test",
    "///evil.test",
  ];
  for (const next of elsewhere) {
    const answer = await post(request, "/login", { email, password: demoPassword, next });
    expect(answer.status()).toBe(303);
    expect(answer.headers().location, next).toBe("/dashboard");
    const again = await request.get(`/login?next=${encodeURIComponent(next)}`, { maxRedirects: 0 });
    expect(again.headers().location, next).toBe("/dashboard");
    expect((await post(request, "/language", { lang: "id", next })).headers().location, next).toBe("/");
    expect((await post(request, "/cart/items", { sku: high.sku, quantity: "1", next })).headers().location, next).toBe(
      "/cart",
    );
    const resumed = await post(request, "/login", {
      email,
      password: demoPassword,
      interrupted: JSON.stringify({ path: next, fields: {} }),
    });
    expect(resumed.headers().location, next).toBe("/dashboard");
  }
  expect(
    (await post(request, "/login", { email, password: demoPassword, next: "/orders?after=x" })).headers().location,
  ).toBe("/orders?after=x");
  await emptyCarts("PTR-0024");
});

test("quotes, emoji, marks and markup are text: kept as typed, shown as typed", async ({ page }) => {
  const { code, email } = store("PTR-0022");
  await emptyCarts(code);
  await signInBy(page.request, email);
  await post(page.request, "/cart/items", { sku: high.sku, quantity: "1" });
  const note = `"Salon D'Best" 💇🏽‍♀️ \u202Eterbalik\u202C <script>alert(1)</script> </textarea><b>& ‘kutip’`;
  const sent = await post(page.request, "/checkout", { checkout_key: await checkoutKey(page.request), note });
  expect(sent.status()).toBe(303);
  const number = sent.headers().location!.split("/").at(-1)!;
  expect((await row<{ note: string }>("select note from app.orders where number = $1", [number])).note).toBe(note);
  const html = await (await page.goto(`/orders/${number}`))!.text();
  expect(html).not.toContain("<script>alert(1)");
  await expect(page.getByText(note, { exact: true })).toBeVisible();
  expect(await page.getByLabel(messages("id").orders.whatsapp.copyLabel).inputValue()).toContain(note);

  const q = `"><img src=x onerror=alert(1)> 💈`;
  expect(await (await page.goto(`/products?q=${encodeURIComponent(q)}`))!.text()).not.toContain("<img src=x");
  await expect(page.getByLabel(messages("id").catalogue.search)).toHaveValue(q);
});

test("guessing passwords is slowed down, per account, and politely", async ({ request }) => {
  const email = "tebakan@demo.test";
  try {
    for (let i = 0; i < 10; i += 1)
      expect((await post(request, "/login", { email, password: wrongPassword })).status()).toBe(401);
    const html = await expectRefusal(
      await post(request, "/login", { email, password: wrongPassword }),
      429,
      messages("id").accounts.login.limited(15, "").split("(")[0]!,
    );
    expect(field(html, "email")).toBe(email);
    await signInBy(request, store("PTR-0022").email);
  } finally {
    // The other journeys come from the same address.
    await rows("delete from private.sign_in_tries");
  }
});

test("requests of a kind that we do not have are refused, never an error of ours", async ({ request }) => {
  const { email } = store("PTR-0024");
  await signInBy(request, email);
  const answers = await Promise.all([
    request.post("/cart/items", { data: { sku: high.sku, quantity: 1 } }),
    request.post("/cart/items", {
      headers: { "content-type": "multipart/form-data; boundary=x" },
      data: "--x\r\nbroken",
    }),
    request.delete("/cart"),
    request.put("/orders", { form: { a: "b" } }),
    request.post("/products", { form: { a: "b" } }),
    request.post("/language", { form: { lang: "xx" } }),
    request.get("/orders?after=not-a-cursor"),
    request.get("/products?after=W10&brand=..%2F&category=%27"),
    request.get("/orders/ORD-0000-1"),
  ]);
  for (const answer of answers) {
    expect(answer.status(), `${answer.url()}`).toBeLessThan(500);
    expect(await answer.text()).not.toMatch(/node_modules|\n\s+at \w/);
  }
});

test("the logs say what was asked and never who typed what", () => {
  const written = logs();
  expect(written).toContain("/checkout");
  for (const secret of [
    demoPassword,
    wrongPassword,
    "@demo.test",
    "eyJ",
    "alfa-session",
    "Sekali saja",
    "Salon D'Best",
    "token_hash=",
  ]) {
    expect(written.includes(secret), secret).toBe(false);
  }
});
