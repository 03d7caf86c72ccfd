import { formatRupiah } from "#app/ui/format.ts";
import { messages } from "#app/words.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { belongings, checkoutKey, expectRefusal, field, plain, post, switchLanguage } from "./support/http.ts";
import { countOrders, emptyCarts, signInBy, store, wrongPassword } from "./support/people.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const { high, dear } = facts;
const langs = ["id", "en"] as const;

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
          t.accounts.codes.SIGN_IN_FAILED,
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
        t.carts.codes.UNKNOWN_SKU,
      );
      await expectRefusal(
        await post(request, "/cart/items", { sku: "'; drop table", quantity: "2" }),
        400,
        t.carts.codes.UNKNOWN_SKU,
      );
      await expectRefusal(await post(request, "/cart", { "quantity-ALF-9999": "2" }), 400, t.carts.codes.UNKNOWN_SKU);
      expect(await belongings(code)).toEqual(before);
    });

    test("a quantity that is none", async ({ request }) => {
      await signInBy(request, email);
      const empty = await belongings(code);
      for (const quantity of ["0", "-1", "1.5", "1000000000", "dua", "", "1e3", "٣"]) {
        const html = await expectRefusal(
          await post(request, "/cart/items", { sku: high.sku, quantity }),
          400,
          t.carts.codes.QUANTITY,
        );
        expect(field(html, `quantity-${high.sku}`), "what was typed is kept").toBe(quantity);
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
          t.carts.codes.QUANTITY_OR_ZERO,
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
          t.carts.codes.PRICE_CHANGED,
        );
        expect(plain(html)).toContain(t.carts.newTotal(formatRupiah(357_000, lang)));
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
        t.carts.codes.EMPTY_CART,
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
          t.carts.codes.CHECKOUT_KEY,
        );
      }
      await expectRefusal(await post(request, "/checkout", { note: "" }), 400, t.carts.codes.CHECKOUT_KEY);
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
        t.accounts.codes.SIGN_IN_FAILED,
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
