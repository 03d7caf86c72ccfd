import { messages } from "#app/words.ts";
import { catalogue } from "#supabase/seed/catalogue.ts";
import { emptyCarts, signIn, store } from "./support/people.ts";
import { rows } from "./support/system.ts";
import { expectSound } from "./support/sound.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const wanted = [2, 7, 11, 20, 34, 41, 58, 63, 77, 90].map((n, index) => ({
  ...catalogue().find(({ sku }) => sku === `ALF-${String(n).padStart(4, "0")}`)!,
  pieces: (index % 3) + 1,
}));
/** As somebody types them from a list of his own: some without hyphen, some small, and one that does not exist. */
const typed = wanted
  .map(({ sku }, index) => (index % 3 === 0 ? sku : index % 3 === 1 ? sku.replace("-", "") : sku.toLowerCase()))
  .concat("XYZ-9")
  .join(", ");

for (const scripts of [true, false])
  test(`${scripts ? "with" : "without"} scripts: ten articles found by SKU and ordered in ten requests`, async ({
    browser,
    baseURL,
  }) => {
    const mine = store(scripts ? "PTR-0029" : "PTR-0030");
    const page = await (
      await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 740 } })
    ).newPage();
    await emptyCarts(mine.code);
    await signIn(page, mine.email);
    await page.context().addCookies([{ name: "lang", value: "id", url: baseURL! }]);
    const asked: string[] = [];
    page.on("request", (request) => {
      if (!["document", "fetch", "xhr"].includes(request.resourceType())) return;
      asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    const main = page.getByRole("main");

    await page.goto("/products");
    await expect(main.getByLabel(t.catalogue.search)).toHaveAccessibleDescription(t.catalogue.searchHint);
    await main.getByLabel(t.catalogue.search).fill(typed);
    await main.getByRole("button", { name: t.ui.actions.search, exact: true }).click();
    await expect(main.getByText(t.catalogue.missing(["XYZ-9"]))).toBeVisible();
    await expect(main.getByRole("article").getByRole("heading")).toHaveText(wanted.map(({ name }) => name));
    await expectSound(page, { scripts, dark: false });
    for (const { name, pieces } of wanted)
      await main.getByLabel(t.catalogue.quantityOf(name), { exact: true }).fill(String(pieces));
    await main.getByLabel(t.catalogue.quantityOf(wanted[0]!.name), { exact: true }).press("Enter");
    await expect(page.getByRole("status").filter({ hasText: t.catalogue.addedMany(10) })).toBeVisible();
    await page.goto("/cart");
    await main.getByRole("button", { name: t.carts.toCheckout, exact: true }).click();
    await expect(page).toHaveURL("/checkout");
    // Sent, or sent to be approved: whatever the store's credit says.
    await page.locator(".action-bar").getByRole("button").click();
    await expect(page).toHaveURL(/\/orders\/ORD-\d{4}-\d{6,9}$/);
    const number = new URL(page.url()).pathname.split("/").at(-1)!;

    expect(
      await rows(
        `
          select l.sku, l.quantity from app.order_lines l join app.orders o on o.id = l.order_id where o.number = $1
           order by l.sku`,
        [number],
      ),
    ).toEqual(wanted.map(({ sku, pieces }) => ({ sku, quantity: pieces })));
    expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(10);
    await page.context().close();
  });
