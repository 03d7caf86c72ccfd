import { messages } from "#app/words.ts";
import { formatNumber, formatRupiah } from "#app/ui/format.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { countOrders, emptyCarts, signIn, store } from "./support/people.ts";
import { addToCart, send } from "./support/shop.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const { high, low, zero, dear } = facts;

// Both of tier GOLD; each project works with its own, so that neither finds the other's rows.
const mine = (scripts: boolean | undefined) => store(scripts === false ? "PTR-0012" : "PTR-0001");

test.beforeEach(async ({ page, javaScriptEnabled }) => {
  const { code, email } = mine(javaScriptEnabled);
  await emptyCarts(code);
  await signIn(page, email);
});

test("the dashboard says who one is and where one stands", async ({ page, sound, javaScriptEnabled }) => {
  const { name, code, creditLimit } = mine(javaScriptEnabled);
  const { points, open } = await row<{ points: number; open: number }>(
    `select coalesce((select sum(points) from app.points_ledger l where l.partner_id = p.id), 0)::int as points,
            (select count(*) from app.orders o where o.partner_id = p.id
              and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED', 'SHIPPED'))::int as open
       from app.partners p where code = $1`,
    [code],
  );
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Halo, ${name}`);
  const figures = page.getByRole("region", { name });
  await expect(figures).toContainText("Mitra Terverifikasi (Net 14)");
  await expect(figures).toContainText(t.credit.lights.GREEN);
  await expect(figures).toContainText(formatRupiah(creditLimit, "id"));
  await expect(figures).toContainText(formatNumber(points, "id"));
  if (open === 0) await expect(page.getByText(t.ui.dashboard.noOpenOrders)).toBeVisible();
  else
    await expect(
      page.getByRole("table", { name: t.ui.dashboard.openOrders }).getByRole("link", { name: /^ORD-/ }),
    ).toHaveCount(Math.min(open, 5));
  await sound();
  await sound("dark");
});

test("price and button of an article are on the first screen of a small phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`/products/${zero.sku}`); // The one with a note above its button.
  const bottom = await page.evaluate(() => document.querySelector(".nav")!.getBoundingClientRect().top);
  const price = await page.locator(".price").boundingBox();
  const button = await page.getByRole("button", { name: t.catalogue.addToCart }).boundingBox();
  for (const { y, height } of [price!, button!]) expect(y + height).toBeLessThanOrEqual(bottom);
});

test("what was added is told on its card, which is where one comes back to", async ({ page }) => {
  await page.goto("/products");
  const card = page.getByRole("article").nth(12);
  const name = await card.getByRole("heading").innerText();
  await card.getByLabel(t.catalogue.quantityOf(name)).fill("3");
  await card.getByRole("button").click();
  await expect(card.getByRole("button", { name: t.catalogue.inCart("3") })).toBeInViewport();
});

test("the catalogue shows one's own price, saving, volume price and stock, and is searched and filtered", async ({
  page,
  sound,
}) => {
  await page.goto("/products");
  await sound();
  await page.getByLabel(t.catalogue.search).fill(high.name);
  await page.getByRole("button", { name: t.ui.actions.search }).click();
  const card = page.getByRole("article").filter({ has: page.getByRole("link", { name: high.name, exact: true }) });
  await expect(card).toContainText("Rp 35.500");
  await expect(card).toContainText("Rp 39.000");
  await expect(card).toContainText("Hemat Rp 3.500");
  await expect(card).toContainText(`Mulai ${high.volumeFrom} ${high.unit}: Rp 32.500`);
  await expect(card).toContainText("Tersedia");

  for (const [article, badge] of [
    [low, "Terbatas"],
    [zero, "Pre-Order"],
  ] as const) {
    await page.goto(`/products/${article.sku}`);
    await expect(page.getByText(badge, { exact: true })).toBeVisible();
    expect(await page.content(), "a browser never learns how many there are").not.toMatch(
      /"?(display|quantity|buffer|held)"?:\s*\d/,
    );
  }
  await sound();

  await page.goto("/products");
  await page.getByLabel(t.catalogue.brand, { exact: true }).selectOption({ label: "Lestavia" });
  await page.getByRole("button", { name: t.ui.actions.search }).click();
  await expect(page).toHaveURL(/brand=lestavia/);
  const brands = await page.getByRole("article").locator("p.quiet:first-child").allTextContents();
  expect(new Set(brands.map((words) => words.split(" · ")[0]))).toEqual(new Set(["Lestavia"]));

  const { slug, name } = await row<{ slug: string; name: string }>(
    "select slug, name_id as name from app.categories order by name_id limit 1",
  );
  await page.getByRole("button", { name: t.ui.actions.clear }).click();
  await page.getByLabel(t.catalogue.category, { exact: true }).selectOption({ label: name });
  await page.getByRole("button", { name: t.ui.actions.search }).click();
  await expect(page).toHaveURL(new RegExp(`category=${slug}`));
  const shown = await page
    .getByRole("article")
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")!.split("/").at(-1)!));
  const { strangers } = await row<{ strangers: number }>(
    `
      select count(*)::int as strangers from app.products p join app.categories c on c.id = p.category_id
        where p.sku = any ($1) and c.slug <> $2`,
    [shown, slug],
  );
  expect(shown.length).toBeGreaterThan(0);
  expect(strangers).toBe(0);

  await page.goto("/products?q=tidakadaproduksepertiini");
  await expect(page.getByRole("heading", { name: t.catalogue.emptyTitle })).toBeVisible();
  await sound();
});

test("the pages of the catalogue follow each other without a gap or a repetition", async ({ page }) => {
  const names = () => page.getByRole("article").getByRole("heading").allTextContents();
  await page.goto("/products");
  const first = await names();
  await page.getByRole("button", { name: t.ui.pager.next }).click();
  await expect(page).toHaveURL(/after=/);
  const second = await names();
  const { wanted } = await row<{ wanted: string[] }>(
    "select array(select name from app.products where active order by name, id limit 48) as wanted",
  );
  expect([...first, ...second]).toEqual(wanted);
  await page.getByRole("button", { name: t.ui.pager.back }).click();
  expect(await names()).toEqual(first);
});

test("the cart is filled, changed and emptied", async ({ page, sound }) => {
  await page.goto("/cart");
  await expect(page.getByRole("heading", { name: t.carts.emptyTitle })).toBeVisible();
  await sound();
  await addToCart(page, high, 2);
  await page.goto("/cart");
  await expect(page.getByText("ANDA HEMAT: Rp 7.000 (Benefit Gold)")).toBeVisible();

  await page.getByLabel(t.catalogue.quantityOf(high.name)).fill("24");
  await page.getByRole("button", { name: t.carts.save }).click();
  await expect(page.getByRole("status").filter({ hasText: t.carts.updated })).toBeVisible();
  await expect(page.getByText(t.carts.volumeApplied)).toBeVisible();
  await expect(page.locator(".action-bar")).toContainText(formatRupiah(24 * high.goldVolume, "id"));
  await expect(
    page.getByText(`ANDA HEMAT: ${formatRupiah(24 * (high.silver - high.goldVolume), "id")} (Benefit Gold)`),
  ).toBeVisible();
  await sound();

  await page.getByRole("button", { name: t.carts.removeLabel(high.name) }).click();
  await expect(page.getByRole("heading", { name: t.carts.emptyTitle })).toBeVisible();
});

test("an order goes from the checkout to the ERP, and is handed over by WhatsApp @nojs", async ({
  page,
  sound,
  javaScriptEnabled,
  browser,
}) => {
  const { name, code } = mine(javaScriptEnabled);
  await addToCart(page, high, 3);
  await page.goto("/cart");
  await page.getByRole("button", { name: t.carts.toCheckout }).click();
  await expect(page.getByText("Harga Pasar")).toBeVisible();
  await expect(page.getByText("Harga Spesial Partner")).toBeVisible();
  await expect(page.getByText("ANDA HEMAT: Rp 10.500 (Benefit Gold)")).toBeVisible();
  await expect(page.getByText(t.credit.lights.GREEN)).toBeVisible();
  await sound();
  await sound("dark");
  await page.getByLabel(t.carts.checkout.note).fill("Tolong kirim pagi");
  const number = await send(page, "Kirim Order");

  await expect(page.getByRole("status").filter({ hasText: t.carts.checkout.sent(number) })).toBeVisible();
  await expect(page.getByText("Menunggu Proses").first()).toBeVisible();
  // What comes next, the sum and the way to hand it on are read before anything is scrolled; what only staff
  // understands is nowhere.
  await expect(page.getByText(t.orders.state.SUBMITTED.now)).toBeInViewport();
  await expect(page.locator(".order-total")).toContainText("Rp 106.500");
  await expect(page.locator(".order-total")).toBeInViewport();
  await expect(page.getByRole("link", { name: t.orders.whatsapp.open })).toBeInViewport();
  await expect(page.getByRole("listitem").filter({ hasText: high.sku })).toContainText(`3 ${high.unit} × Rp 35.500`);
  await expect(page.getByText("Tolong kirim pagi", { exact: true })).toBeVisible();
  await sound();

  const { whatsapp } = await row<{ whatsapp: string }>(
    `
      select d.whatsapp from app.sub_distributors d join app.partners p on p.region_code = d.region_code
        where p.code = $1 and d.active`,
    [code],
  );
  const link = new URL((await page.getByRole("link", { name: t.orders.whatsapp.open }).getAttribute("href"))!);
  expect(link.origin + link.pathname).toBe(`https://wa.me/${whatsapp}`);
  expect(whatsapp).toMatch(/^62\d+$/);
  const text = await page.getByLabel(t.orders.whatsapp.copyLabel).inputValue();
  expect(link.searchParams.get("text")).toBe(text);
  for (const part of [
    number,
    name,
    code,
    `${high.name} (${high.sku}): 3 ${high.unit} @ Rp 35.500`,
    "Total: Rp 106.500",
    "Catatan: Tolong kirim pagi",
  ])
    expect(text).toContain(part);
  const copy = page.getByRole("button", { name: t.ui.actions.copy });
  await expect(copy).toBeVisible({ visible: javaScriptEnabled !== false });
  if (javaScriptEnabled !== false) {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await copy.click();
    await expect(page.getByRole("button", { name: t.ui.actions.copied })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  }

  const sync = async () =>
    (await row<{ sync: string }>("select sync_status as sync from app.orders where number = $1", [number])).sync;
  await expect.poll(sync).toBe("SYNCED");
  await page.reload();
  await expect(page.getByText(/Sinkronisasi|Tersinkron|sistem gudang/)).toHaveCount(0);
  await page.goto("/orders");
  await expect(page.getByText(/Sinkronisasi|Tersinkron/)).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: number })).toContainText("Rp 106.500");
  await sound();

  // Another store finds nothing under that number; the one that placed it does.
  const stranger = await browser.newContext({ javaScriptEnabled });
  const theirs = await stranger.newPage();
  await signIn(theirs, store("PTR-0028").email);
  expect((await theirs.goto(`/orders/${number}`))!.status()).toBe(404);
  await expect(theirs.getByRole("heading", { name: t.ui.errors.pages[404]![0] })).toBeVisible();
  expect(await theirs.content()).not.toContain(name);
  expect((await page.goto(`/orders/${number}`))!.status()).toBe(200);
  await stranger.close();
});

test("pressing twice sends once @nojs", async ({ page, javaScriptEnabled }) => {
  const { code } = mine(javaScriptEnabled);
  await addToCart(page, high, 1);
  const before = await countOrders(code);
  await page.goto("/checkout");
  await page.getByRole("button", { name: t.carts.checkout.send }).dblclick();
  await expect(page).toHaveURL(/\/orders\/ORD-/);
  const number = page.url().split("/").at(-1)!;
  expect(await countOrders(code)).toBe(before + 1);
  // The browser keeps no copy of a page with prices: going back shows what is there now.
  await page.goBack();
  await expect(page.getByRole("heading", { name: t.carts.checkout.late.title(number) })).toBeVisible();
  expect(await countOrders(code)).toBe(before + 1);
});

test("a login that ends in mid-form loses nothing of what was typed", async ({ page, sound, javaScriptEnabled }) => {
  const { code, email, accountId } = mine(javaScriptEnabled);
  await addToCart(page, high, 2);
  await page.goto("/checkout");
  const before = await countOrders(code);
  await page.getByLabel(t.carts.checkout.note).fill("Kirim setelah jam dua");
  await rows("delete from auth.sessions where user_id = $1", [accountId]);
  await page.getByRole("button", { name: t.carts.checkout.send }).click();
  await expect(page.getByText(t.accounts.login.keptForm)).toBeVisible();
  await sound();
  await page.getByLabel(t.accounts.login.email).fill(email);
  await page.getByLabel(t.accounts.login.password).fill(demoPassword);
  await page.getByRole("button", { name: t.accounts.login.submit, exact: true }).click();
  await expect(page.getByRole("heading", { name: t.accounts.login.resumeTitle })).toBeVisible();
  await expect(page.getByText("Kirim setelah jam dua")).toBeVisible();
  await sound();
  expect(await countOrders(code)).toBe(before);
  await send(page, t.accounts.login.resumeSubmit);
  await expect(page.getByText("Kirim setelah jam dua", { exact: true })).toBeVisible();
});

test("more than there is stops the checkout and names the line; pre-order takes the rest", async ({ page, sound }) => {
  await addToCart(page, zero, 4);
  await page.goto("/checkout");
  await page.getByLabel(t.carts.checkout.note).fill("Boleh menyusul");
  await page.getByRole("button", { name: t.carts.checkout.send }).click();
  await expect(page.getByRole("alert")).toContainText(t.carts.stockShortLine(zero.name, 4));
  await expect(page.getByLabel(t.carts.checkout.note)).toHaveValue("Boleh menyusul");
  await sound();
  await page.getByLabel(t.carts.checkout.preorder).check();
  await send(page);
  await expect(page.getByRole("listitem").filter({ hasText: zero.sku })).toContainText(t.orders.preorderQuantity(4));
});

test("a store over its limit asks for approval instead", async ({ page, sound }) => {
  const late = store(facts.amber.code);
  await emptyCarts(late.code);
  await page.context().clearCookies();
  await signIn(page, late.email);
  await addToCart(page, dear, 1);
  await page.goto("/checkout");
  await expect(page.getByText(t.credit.lights.AMBER)).toBeVisible();
  await expect(page.getByRole("button", { name: "Kirim Order" })).toHaveCount(0);
  await sound();
  await send(page, "Ajukan Approval");
  await expect(page.getByText(t.approvals.waiting.title)).toBeVisible();
  expect(await page.getByLabel(t.orders.whatsapp.copyLabel).inputValue()).toMatch(
    /^\[PERINGATAN SISTEM: KREDIT MELEBIHI LIMIT \| SELISIH: Rp -[\d.]+\]/m,
  );
});

test("a store without a region is told so, and no order is made", async ({ page }) => {
  const { code, email } = store(facts.withoutRegion.code);
  await emptyCarts(code);
  await page.context().clearCookies();
  await signIn(page, email);
  await addToCart(page, high, 1);
  await page.goto("/checkout");
  await page.getByRole("button", { name: t.carts.checkout.send }).click();
  await expect(page.getByRole("alert")).toContainText("Wilayah Anda belum terdaftar. Hubungi Admin untuk aktivasi.");
  const { n } = await row<{ n: number }>(
    "select count(*)::int as n from app.orders o join app.partners p on p.id = o.partner_id where p.code = $1",
    [code],
  );
  expect(n).toBe(0);
});
