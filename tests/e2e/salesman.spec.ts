import { messages } from "#app/words.ts";
import { clientSorts } from "#app/shadow/client.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { agus, assignments, sari } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { post } from "./support/http.ts";
import { emptyCarts, signIn, store } from "./support/people.ts";
import { addToCart, send } from "./support/shop.ts";
import { mailsTo, row } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const { high } = facts;

/** Each project has a salesman of its own: one acts for one store at a time. */
const cast = (scripts: boolean | undefined) =>
  scripts === false
    ? { salesman: agus, client: store("PTR-0028"), stranger: store("PTR-0001") }
    : { salesman: sari, client: store("PTR-0003"), stranger: store("PTR-0002") };

test.beforeEach(async ({ page, javaScriptEnabled }) => {
  const { salesman, client } = cast(javaScriptEnabled);
  await emptyCarts(client.code);
  await signIn(page, salesman.email);
  expect((await post(page.request, "/acting/end", {})).status()).toBe(303);
});

test("a salesman finds his own stores and nobody else's", async ({ page, sound, javaScriptEnabled }) => {
  const { salesman, client, stranger } = cast(javaScriptEnabled);
  const own = assignments.filter((assignment) => assignment.salesman === salesman).map(({ partner }) => partner.code);
  await page.goto("/clients");
  const rows = page
    .getByRole("table")
    .getByRole("row")
    .filter({ hasText: /PTR-\d{4}/ });
  const next = page.getByRole("link", { name: t.ui.pager.next });
  const codes = await rows.allTextContents();
  for (let pages = 1; (await next.count()) > 0 && pages < 5; pages += 1) {
    await next.click();
    codes.push(...(await rows.allTextContents()));
  }
  expect(codes.map((text) => /PTR-\d{4}/.exec(text)![0]).sort()).toEqual([...own].sort());
  await sound();
  for (const by of clientSorts) {
    await page.getByRole("navigation", { name: t.shadow.clients.sort }).getByText(t.shadow.clients.by[by]).click();
    await expect(page).toHaveURL(by === "RECENT" ? "/clients" : `/clients?by=${by}`);
  }

  await page.getByLabel(t.shadow.clients.search).fill(client.code);
  await page.getByRole("button", { name: t.ui.actions.search }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(client.name);
  await expect(rows.getByRole("link", { name: `WhatsApp: ${client.name}` })).toHaveAttribute("href", /wa\.me\/62\d+$/);
  await expect(rows.locator('a[href^="tel:+62"]')).toHaveCount(1);
  await page.getByLabel(t.shadow.clients.search).fill(stranger.name);
  await page.getByRole("button", { name: t.ui.actions.search }).click();
  await expect(page.getByRole("heading", { name: t.shadow.clients.notFoundTitle })).toBeVisible();
  await sound();

  expect((await page.goto(`/clients/${stranger.code}`))!.status()).toBe(404);
  const forced = await post(page.request, `/clients/${stranger.code}/acting`, { reason: "Kunjungan rutin" });
  expect(forced.status()).toBe(404);
  expect((await page.goto(`/clients/${client.code}`))!.status(), "his own store").toBe(200);
});

test("without a store he sees no prices and has no cart", async ({ page }) => {
  await page.goto("/products");
  expect(await page.content()).not.toMatch(/Rp\s*\d/);
  await page.goto("/cart");
  await expect(page).toHaveURL("/clients?next=%2Fcart");
});

test("he orders in a store's name, everybody can see that he did, and its owner gets a mail @nojs", async ({
  page,
  sound,
  javaScriptEnabled,
  browser,
}) => {
  const { salesman, client } = cast(javaScriptEnabled);
  await page.goto(`/clients?q=${client.code}`);
  await page.getByRole("link", { name: `${t.shadow.clients.begin}: ${client.name}` }).click();
  await sound();
  await page.getByRole("button", { name: t.shadow.acting.submit }).click();
  await expect(page.getByRole("alert")).toContainText(t.shadow.codes.ACTING_REASON);
  await sound();
  await page.getByRole("radio", { name: t.shadow.acting.reasons.PHONE }).check();
  await page.getByLabel(t.shadow.acting.note).fill("stok habis");
  await page.getByRole("button", { name: t.shadow.acting.submit }).click();
  await expect(page).toHaveURL("/products");
  await expect(page.getByRole("status").filter({ hasText: t.shadow.acting.begun(client.name) })).toBeVisible();

  const banner = page.getByRole("region", { name: `Anda bertindak sebagai ${client.name}` });
  for (const path of [
    "/",
    "/products",
    `/products/${high.sku}`,
    "/cart",
    "/checkout",
    "/orders",
    "/clients",
    "/dashboard",
    "/tidak-ada",
  ]) {
    await page.goto(path);
    await expect(banner, path).toBeVisible();
    await expect(banner.getByRole("button", { name: "Akhiri" }), path).toBeVisible();
  }

  await addToCart(page, high, 2);
  const { price } = await row<{ price: number }>(
    `
      select price::int as price from app.prices where tier = $1 and product_id = (select id from app.products
        where sku = $2)`,
    [client.tier, high.sku],
  );
  await page.goto("/checkout");
  await expect(banner).toBeVisible();
  await expect(page.getByText(t.carts.checkout.forStore(client.name))).toBeVisible();
  await expect(page.locator(".action-bar")).toContainText(formatRupiah(2 * price, "id"));
  await sound();
  const number = await send(page);
  await expect(page.getByText(t.orders.placedBySalesman(salesman.name))).toBeVisible();
  await sound();

  const sentence =
    `Halo ${client.name}, Salesman ${salesman.name} baru saja membuat order atas nama Anda. Hubungi kami jika ini ` +
    `tidak sah. Order ${number}, total ${formatRupiah(2 * price, "id")}.`;
  const mails = async () => (await mailsTo(client.email)).filter(({ subject }) => subject.includes(number));
  await expect.poll(mails).toHaveLength(1);
  const [mail] = await mails();
  expect(mail!.text).toContain(sentence);
  expect(mail!.html).toContain(sentence);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(t.orders.events.OWNER_TOLD!)).toBeVisible({ timeout: 200 });
  }).toPass();

  // The owner sees it among his own orders, with the name of who placed it.
  const owner = await browser.newContext({ javaScriptEnabled });
  const theirs = await owner.newPage();
  await signIn(theirs, client.email);
  await theirs.goto("/orders");
  await expect(theirs.getByRole("row").filter({ hasText: number })).toContainText(salesman.name);
  await owner.close();

  const { audited } = await row<{ audited: number }>(
    `
      select count(*)::int as audited from app.audit_events e where e.action = 'ORDER_PLACED' and e.entity_key = $1
        and e.actor_id = $2
        and e.partner_id = (select id from app.partners where code = $3) and e.acting_session_id is not null`,
    [number, salesman.id, client.code],
  );
  expect(audited).toBe(1);

  await banner.getByRole("button", { name: "Akhiri" }).click();
  await expect(page).toHaveURL("/clients");
  await expect(banner).toHaveCount(0);
  await page.goto("/dashboard");
  await expect(page.getByText(t.ui.dashboard.notActing)).toBeVisible();
  await expect(
    page.getByRole("table", { name: t.ui.dashboard.shadowOrders }).getByRole("row").filter({ hasText: number }),
  ).toContainText(client.name);
  await sound();
});

test("one store at a time: another has to wait until the first is ended", async ({ page, javaScriptEnabled }) => {
  const { client } = cast(javaScriptEnabled);
  const other = store(javaScriptEnabled === false ? "PTR-0029" : "PTR-0009");
  const begin = (code: string) => post(page.request, `/clients/${code}/acting`, { reason: "Kunjungan rutin" });
  expect((await begin(client.code)).status()).toBe(303);
  const second = await begin(other.code);
  expect(second.status()).toBe(409);
  expect(await second.text()).toContain(t.shadow.codes.ACTING_EXISTS);
  await page.goto(`/clients/${other.code}`);
  await expect(page.getByRole("heading", { name: t.shadow.acting.otherTitle(client.name) })).toBeVisible();
  await page.getByLabel(t.shadow.acting.note).fill("Kunjungan berikutnya");
  await page.getByRole("button", { name: t.shadow.acting.endAndBegin(client.name) }).click();
  await expect(page.getByRole("region", { name: t.ui.banners.actingAs(other.name) })).toBeVisible();

  // And back, in one step, from the list that the bar leads to.
  await page.getByText(t.ui.banners.actingSwitch, { exact: true }).click(); // A link, or a button that saves the cart.
  await expect(page).toHaveURL("/clients");
  await page.getByLabel(t.shadow.clients.why(client.name)).selectOption(t.shadow.acting.reasons.WHATSAPP);
  await page.getByRole("button", { name: `${t.shadow.clients.switch}: ${client.name}` }).click();
  const bar = page.getByRole("region", { name: t.ui.banners.actingAs(client.name) });
  await expect(bar).toBeVisible();
  const { reason } = await row<{ reason: string }>(
    "select reason from app.acting_sessions where salesman_id = $1 and ended_at is null",
    [cast(javaScriptEnabled).salesman.id],
  );
  expect(reason).toBe(t.shadow.acting.reasons.WHATSAPP);
  // Ended, he is where he was.
  await page.goto("/clients?by=CITY");
  await bar.getByRole("button", { name: t.ui.banners.actingEnd }).click();
  await expect(page).toHaveURL("/clients?by=CITY");
  await expect(bar).toHaveCount(0);
});

test("the owner's cart and the salesman's for the same store never mix", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { client } = cast(javaScriptEnabled);
  expect((await post(page.request, `/clients/${client.code}/acting`, { reason: "Kunjungan rutin" })).status()).toBe(
    303,
  );
  await addToCart(page, high, 7);
  const owner = await browser.newContext({ javaScriptEnabled });
  const theirs = await owner.newPage();
  await signIn(theirs, client.email);
  await theirs.goto("/cart");
  await expect(theirs.getByRole("heading", { name: t.carts.emptyTitle })).toBeVisible();
  await owner.close();
  await page.goto("/cart");
  await expect(page.getByLabel(t.catalogue.quantityOf(high.name))).toHaveValue("7");
});
