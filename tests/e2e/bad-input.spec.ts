import { messages } from "#app/words.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { belongings, checkoutKey, expectRefusal, field, plain, post, switchLanguage } from "./support/http.ts";
import { countOrders, emptyCarts, signInBy, store } from "./support/people.ts";
import { logs, row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const { high, dear } = facts;
const langs = ["id", "en"] as const;
const wrongPassword = "rahasia-yang-salah-sekali";

for (const lang of langs) {
  const t = messages(lang);
  const { code, email } = store(lang === "id" ? "PTR-0018" : "PTR-0020");

  test.describe(`what cannot be done is said in ${lang}`, () => {
    test.beforeEach(async ({ request }) => {
      await emptyCarts(code);
      await switchLanguage(request, lang);
    });

    test("a wrong password, an unknown address, nothing typed", async ({ request }) => {
      for (const [typed, password] of [
        [email, wrongPassword],
        ["bukan-siapa-siapa@demo.test", demoPassword],
      ] as const) {
        const html = await expectRefusal(
          await post(request, "/login", { email: typed, password }),
          401,
          t.http.codes.SIGN_IN_FAILED,
        );
        expect(field(html, "email")).toBe(typed);
        expect(html).not.toContain(password);
      }
      await expectRefusal(await post(request, "/login", { email, password: "" }), 400, t.http.codes.REQUIRED);
      await expectRefusal(await post(request, "/login", { email: "tanpa-at", password: "x" }), 400, t.http.codes.EMAIL);
      await expectRefusal(await post(request, "/login", { email, password: "ab\0cd" }), 400, t.http.codes.BAD_TEXT);
      expect((await request.get("/dashboard", { maxRedirects: 0 })).headers().location).toBe(
        "/login?next=%2Fdashboard",
      );
      await signInBy(request, email);
      expect((await request.get("/dashboard", { maxRedirects: 0 })).status()).toBe(200);
    });

    test("an article that we do not have", async ({ request }) => {
      await signInBy(request, email);
      const before = await belongings(code);
      await expectRefusal(
        await post(request, "/cart/items", { sku: "ALF-9999", quantity: "2" }),
        404,
        t.http.codes.UNKNOWN_SKU,
      );
      await expectRefusal(
        await post(request, "/cart/items", { sku: "'; drop table", quantity: "2" }),
        400,
        t.http.codes.UNKNOWN_SKU,
      );
      await expectRefusal(await post(request, "/cart", { "quantity-ALF-9999": "2" }), 400, t.http.codes.UNKNOWN_SKU);
      expect(await belongings(code)).toEqual(before);
    });

    test("a quantity that is none", async ({ request }) => {
      await signInBy(request, email);
      const empty = await belongings(code);
      for (const quantity of ["0", "-1", "1.5", "1000000000", "dua", "", "1e3", "٣"]) {
        const html = await expectRefusal(
          await post(request, "/cart/items", { sku: high.sku, quantity }),
          400,
          t.http.codes.QUANTITY,
        );
        expect(field(html, "quantity"), "what was typed is kept").toBe(quantity);
      }
      const missing = await post(request, "/cart/items", { sku: high.sku });
      expect(missing.status()).toBe(400);
      expect(plain(await missing.text())).toContain(t.carts.notSaved);
      expect(await belongings(code)).toEqual(empty);

      expect((await post(request, "/cart/items", { sku: high.sku, quantity: "9999" })).status()).toBe(303);
      const full = await belongings(code);
      for (const quantity of ["-1", "1.5", "1000000000", "dua", ""]) {
        const html = await expectRefusal(
          await post(request, "/cart", { [`quantity-${high.sku}`]: quantity }),
          400,
          t.http.codes.QUANTITY_OR_ZERO,
        );
        expect(field(html, `quantity-${high.sku}`)).toBe(quantity);
      }
      expect(
        (await post(request, "/cart/items", { sku: high.sku, quantity: "1" })).status(),
        "beyond what a line holds",
      ).toBe(400);
      expect(await belongings(code)).toEqual(full);
      expect((await post(request, "/cart", { [`quantity-${high.sku}`]: "0" })).status()).toBe(303);
      expect(await belongings(code)).toEqual(empty);
    });

    test("a price that changed after the checkout page was shown", async ({ request }) => {
      await signInBy(request, email);
      await post(request, "/cart/items", { sku: dear.sku, quantity: "1" });
      const key = await checkoutKey(request);
      const before = await belongings(code);
      const change = `
          update app.prices set price = price + $1 where tier = 'GOLD' and product_id = (select id from app.products
            where sku = $2)`;
      await rows(change, [1000, dear.sku]);
      try {
        const html = await expectRefusal(
          await post(request, "/checkout", { checkout_key: key, note: "Sebelum jam sepuluh" }),
          409,
          t.http.codes.PRICE_CHANGED,
        );
        expect(plain(html)).toContain(t.carts.newTotal("Rp 357.000"));
        expect(html).toContain("Sebelum jam sepuluh");
        expect(await belongings(code)).toEqual(before);
        // The page that says so carries a new key, for the price that it shows.
        expect(
          (await post(request, "/checkout", { checkout_key: field(html, "checkout_key"), note: "" })).status(),
        ).toBe(303);
      } finally {
        await rows(change, [-1000, dear.sku]);
      }
    });

    test("a cart that was emptied or changed in another tab", async ({ request }) => {
      await signInBy(request, email);
      await post(request, "/cart/items", { sku: high.sku, quantity: "2" });
      const key = await checkoutKey(request);
      await post(request, "/cart", { [`quantity-${high.sku}`]: "5" });
      const changed = await belongings(code);
      const html = await post(request, "/checkout", { checkout_key: key, note: "Catatan saya" });
      expect(html.status()).toBe(409);
      expect(await html.text()).toContain("Catatan saya");
      expect(await belongings(code)).toEqual(changed);
      await post(request, "/cart", { [`quantity-${high.sku}`]: "0" });
      const emptied = await belongings(code);
      await expectRefusal(
        await post(request, "/checkout", { checkout_key: key, note: "" }),
        409,
        t.http.codes.EMPTY_CART,
      );
      expect(await belongings(code)).toEqual(emptied);
    });

    test("the same key for another cart, no key, somebody's invention", async ({ request }) => {
      await signInBy(request, email);
      await post(request, "/cart/items", { sku: high.sku, quantity: "1" });
      const key = await checkoutKey(request);
      const first = await post(request, "/checkout", { checkout_key: key, note: "" });
      expect(first.status()).toBe(303);
      const number = first.headers().location!.split("/").at(-1)!;
      await post(request, "/cart/items", { sku: high.sku, quantity: "6" });
      const before = await belongings(code);
      const html = await expectRefusal(
        await post(request, "/checkout", { checkout_key: key, note: "Yang kedua" }),
        409,
        t.carts.checkout.late.differs.cart(number),
      );
      expect(html).toContain(t.carts.checkout.late.differs.note(number));
      expect(html).toContain(`href="/orders/${number}"`);
      expect(html).toContain("Yang kedua");
      for (const checkout_key of ["", "1", `${key}0`]) {
        await expectRefusal(
          await post(request, "/checkout", { checkout_key, note: "" }),
          400,
          t.http.codes.CHECKOUT_KEY,
        );
      }
      await expectRefusal(await post(request, "/checkout", { note: "" }), 400, t.http.codes.CHECKOUT_KEY);
      expect(await belongings(code)).toEqual(before);
    });

    test("a form that is sent after the login has ended is kept, and sent after signing in", async ({ request }) => {
      await signInBy(request, email);
      await post(request, "/cart/items", { sku: high.sku, quantity: "1" });
      const key = await checkoutKey(request);
      const before = await countOrders(code);
      await rows("delete from auth.sessions where user_id = (select account_id from app.partners where code = $1)", [
        code,
      ]);
      const note = `Tolong "hati-hati" & cepat`;
      const html = await expectRefusal(
        await post(request, "/checkout", { checkout_key: key, note }),
        401,
        t.accounts.login.keptForm,
      );
      expect(await countOrders(code)).toBe(before);
      const interrupted = field(html, "interrupted");

      const wrong = await expectRefusal(
        await post(request, "/login", { email, password: wrongPassword, interrupted }),
        401,
        t.http.codes.SIGN_IN_FAILED,
      );
      expect(field(wrong, "interrupted"), "a slip of the finger loses nothing").toBe(interrupted);
      const back = await post(request, "/login", { email, password: demoPassword, interrupted });
      expect(back.status()).toBe(200);
      const offered = await back.text();
      expect(plain(offered)).toContain(note);
      expect(offered).toContain('action="/checkout"');
      expect(await countOrders(code), "nothing is sent that the person did not press").toBe(before);
      const sent = await post(request, "/checkout", {
        checkout_key: field(offered, "checkout_key"),
        note: field(offered, "note"),
      });
      expect(sent.status()).toBe(303);
      const { note: kept } = await row<{ note: string }>("select note from app.orders where number = $1", [
        sent.headers().location!.split("/").at(-1),
      ]);
      expect(kept).toBe(note);
    });

    test("text that is too long, too much, or cannot be stored", async ({ request }) => {
      await signInBy(request, email);
      await post(request, "/cart/items", { sku: high.sku, quantity: "1" });
      const key = await checkoutKey(request);
      const before = await belongings(code);
      const long = "panjang ".repeat(80);
      const html = await expectRefusal(
        await post(request, "/checkout", { checkout_key: key, note: long }),
        400,
        t.http.codes.TOO_LONG,
      );
      expect(html).toContain(long.slice(0, 500));
      await expectRefusal(
        await post(request, "/checkout", { checkout_key: key, note: "ab\0cd" }),
        400,
        t.http.codes.BAD_TEXT,
      );
      const huge = await post(request, "/checkout", { checkout_key: key, note: "x".repeat(1024 * 1024) });
      await expectRefusal(huge, 413, lang === "id" ? "Isian terlalu besar" : "The form is too large");
      for (const path of ["/products?q=%00", "/products/%00", "/products/%E0%A4%A"])
        expect((await request.get(path)).status(), path).toBe(400);
      expect(await belongings(code)).toEqual(before);
    });

    test("a form sent from another site", async ({ request, baseURL }) => {
      await signInBy(request, email);
      const before = await belongings(code);
      const form = { sku: high.sku, quantity: "3" };
      const words = lang === "id" ? "dikirim dari situs lain" : "was sent from another site";
      const headers = [
        { origin: "https://evil.test" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site", origin: baseURL! },
      ];
      for (const header of headers)
        await expectRefusal(
          await post(request, "/cart/items", form, header as unknown as Record<string, string>),
          403,
          words,
        );
      expect((await post(request, "/logout", {}, { origin: "https://evil.test" })).status()).toBe(403);
      expect(await belongings(code)).toEqual(before);
      const browser = { origin: baseURL!, "sec-fetch-site": "same-origin" };
      await expectRefusal(await post(request, "/cart/items", form, browser), 409, t.http.codes.OLD_PAGE);
      expect(await belongings(code)).toEqual(before);
      const shown_for = field(await (await request.get(`/products/${high.sku}`)).text(), "shown_for");
      expect((await post(request, "/cart/items", { ...form, shown_for }, browser)).status()).toBe(303);
    });
  });
}

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
      messages("id").accounts.login.limited(15),
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
