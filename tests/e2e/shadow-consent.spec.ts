import { messages } from "#app/words.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { sari } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { post } from "./support/http.ts";
import { emptyCarts, signIn, store } from "./support/people.ts";
import { orderAs, salesmanFor } from "./support/shadow.ts";
import { addToCart } from "./support/shop.ts";
import { expectSound } from "./support/sound.ts";
import { row } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const { high } = facts;
const capped = store("PTR-0013");

test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

test.describe("without JavaScript", () => {
  test("the owner sets a cap, the salesman meets it, and switching off stops him at once", async ({
    page,
    browser,
    sound,
  }) => {
    await signIn(page, capped.email);
    await page.goto("/dashboard");
    await page.getByRole("link", { name: t.ui.nav.shadow, exact: true }).click();
    await page.getByLabel(t.shadow.consent.cap).fill("lima juta");
    await page.getByRole("button", { name: t.shadow.consent.save }).click();
    await expect(page.getByRole("alert")).toContainText(t.shadow.codes.CAP_RANGE);
    await expect(page.getByLabel(t.shadow.consent.cap)).toHaveValue("lima juta");
    await sound();
    const { used } = await row<{ used: string }>(
      "select private.shadow_used(id)::text as used from app.partners where code = $1",
      [capped.code],
    );
    const { price } = await row<{ price: number }>(
      "select price::int from app.prices r join app.products p on p.id = r.product_id where p.sku = $1 and tier = $2",
      [high.sku, capped.tier],
    );
    const cap = Number(used) + 3 * price;
    await page.getByLabel(t.shadow.consent.cap).fill(formatRupiah(cap, "id"));
    await page.getByRole("button", { name: t.shadow.consent.save }).click();
    await expect(page.getByText(t.shadow.consent.saved)).toBeVisible();
    await expect(page.getByLabel(t.shadow.consent.cap)).toHaveValue(formatRupiah(cap, "id").replace("Rp ", ""));
    await sound();

    const salesman = await salesmanFor(browser, capped.code);
    await salesman.goto("/clients");
    await expect(salesman.getByRole("row").filter({ hasText: capped.code })).toContainText(
      t.shadow.allowance.leftOf(formatRupiah(3 * price, "id"), formatRupiah(cap, "id")),
    );
    await addToCart(salesman, high, 4);
    for (const path of ["/cart", "/checkout"]) {
      await salesman.goto(path);
      await expect(salesman.getByText(t.shadow.allowance.tooMuch(formatRupiah(3 * price, "id"))), path).toBeVisible();
    }
    // Said before it is pressed; a form of before the cap is refused.
    await expect(salesman.getByRole("button", { name: t.carts.checkout.send })).toHaveCount(0);
    await expect(salesman.getByText(t.shadow.allowance.cannotSend)).toBeVisible();
    await expectSound(salesman, { scripts: false, dark: false });
    await page.getByLabel(t.shadow.consent.cap).fill("");
    await page.getByRole("button", { name: t.shadow.consent.save }).click();
    await expect(page.getByText(t.shadow.consent.saved)).toBeVisible();
    await salesman.getByRole("button", { name: t.shadow.allowance.lookAgain }).click();
    await expect(salesman.getByRole("button", { name: t.carts.checkout.send })).toBeVisible();
    await page.getByLabel(t.shadow.consent.cap).fill(String(cap));
    await page.getByRole("button", { name: t.shadow.consent.save }).click();
    await expect(page.getByLabel(t.shadow.consent.cap)).toHaveValue(formatRupiah(cap, "id").replace("Rp ", ""));
    await salesman.getByRole("button", { name: t.carts.checkout.send }).click();
    await expect(salesman.getByRole("alert")).toContainText(
      t.shadow.allowance.reached(
        formatRupiah(cap, "id"),
        formatRupiah(Number(used), "id"),
        formatRupiah(3 * price, "id"),
        formatRupiah(4 * price, "id"),
      ),
    );
    await emptyCarts(capped.code);
    const number = await orderAs(salesman, 3);
    await page.goto("/shadow");
    await expect(page.getByRole("row").filter({ hasText: number })).toContainText(sari.name);
    await expect(
      page
        .getByRole("table", { name: t.shadow.consent.sessions })
        .getByRole("row")
        .filter({ hasText: t.shadow.consent.running }),
    ).toContainText("Pemilik minta tolong");

    await addToCart(salesman, high, 1);
    await page.getByLabel(t.shadow.consent.cap).fill("");
    await page.getByLabel(t.shadow.consent.allowed).uncheck();
    await page.getByRole("button", { name: t.shadow.consent.save }).click();
    await expect(page.getByText(t.shadow.consent.savedOff(1))).toBeVisible();
    await sound();
    await salesman.goto("/cart");
    await expect(salesman).toHaveURL("/clients?next=%2Fcart");
    await expect(salesman.getByRole("row").filter({ hasText: capped.code })).toContainText(t.shadow.clients.off);
    expect(
      (await post(salesman.request, `/clients/${capped.code}/acting`, { reason: "Kunjungan rutin" })).status(),
    ).toBe(409);
    await salesman.context().close();
    expect((await post(page.request, "/shadow", { allowed: "yes", cap: "" })).status()).toBe(303);
  });
});
