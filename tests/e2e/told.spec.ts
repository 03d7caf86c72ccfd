import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, sari, staff } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { approve, post } from "./support/http.ts";
import { emptyCarts, signIn, store } from "./support/people.ts";
import { addToCart, send } from "./support/shop.ts";
import { mailsTo, row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const en = messages("en");
const admin2 = staff.find(({ code }) => code === "ADM-002")!;
const { high } = facts;

/** The stores of this file; each run has its own. */
const cast = (javaScriptEnabled: boolean | undefined) =>
  javaScriptEnabled === false
    ? { buyer: store("PTR-0036"), shut: store("PTR-0019") }
    : { buyer: store("PTR-0038"), shut: store("PTR-0017") };

async function beginWithEmptyCart(page: Page, { code, email }: { code: string; email: string }) {
  await emptyCarts(code);
  await signIn(page, email);
}
async function become(page: Page, email: string) {
  await page.context().clearCookies();
  await signIn(page, email);
}
/** What an owner was written about an order, and no more, in any order: a mail that is tried again comes later. */
const expectMails = (email: string, number: string, subjects: string[]) =>
  expect
    .poll(
      async () =>
        (await mailsTo(email))
          .map(({ subject }) => subject)
          .filter((subject) => subject.includes(number))
          .sort(),
      { timeout: 60_000 },
    )
    .toEqual(subjects.sort());
const card = (page: Page) => page.locator("#beri-tahu");

test("an order's fate is written to its owner in the language he chose; staff tells more by WhatsApp @nojs", async ({
  page,
  sound,
  javaScriptEnabled,
}) => {
  const { buyer } = cast(javaScriptEnabled);
  await beginWithEmptyCart(page, buyer);
  await page.goto("/products");
  await page.getByRole("button", { name: t.ui.switchLanguage }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  // Another browser of his, in which nobody has chosen: it follows the account.
  await become(page, buyer.email);
  await page.goto("/dashboard");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");

  await page.context().addCookies([{ name: "lang", value: "id", url: page.url() }]);
  await addToCart(page, high, 2);
  await page.goto("/checkout");
  const number = await send(page);
  await expectMails(buyer.email, number, [`We have your order ${number}`]);

  await become(page, admin.email);
  await approve(page.request, number);
  await expectMails(buyer.email, number, [`We have your order ${number}`, `Order ${number} is approved`]);
  const { id } = await row<{ id: number }>("select id from app.orders where number = $1", [number]);
  await rows("select private.open_task('TELL_STORE', 'tell-store/' || $1, $2, $3, null, '-1 hour')", [
    number,
    buyer.code,
    id,
  ]);

  // Past its time it is on the list of tasks, which leads to the order and the message that is ready.
  await page.goto("/admin/tasks?kind=TELL_STORE");
  const duty = page.getByRole("row").filter({ hasText: number });
  await expect(duty).toContainText(t.incidents.tasks.kinds.TELL_STORE);
  await expect(duty).toContainText(t.incidents.tasks.late);
  await sound();
  await duty.getByRole("link", { name: t.incidents.tasks.kinds.TELL_STORE }).click();
  await expect(page.getByText(t.incidents.tasks.what.TELL_STORE)).toBeVisible();
  await sound();
  await page.getByRole("link", { name: t.incidents.tasks.go.TELL_STORE }).click();
  await expect(page).toHaveURL(`/admin/orders/${number}#beri-tahu`);
  await expect(card(page)).toContainText(t.orders.tell.duty);
  for (const what of [t.orders.tell.what.ORDER_RECEIVED!, t.orders.tell.what.APPROVED!])
    await expect(card(page).getByRole("listitem").filter({ hasText: what })).toContainText(t.alerts.states.SENT);
  const text = await card(page).getByLabel(t.orders.tell.text).inputValue();
  expect(text).toContain(`Hello ${buyer.name}, this is about order *${number}*`);
  expect(text).toContain("It is approved.");
  await sound();
  await sound("dark");

  const going = page.context().waitForEvent("request", (request) => request.url().startsWith("https://wa.me/"));
  await card(page)
    .getByRole("button", { name: t.reconcile.tell.openFor(buyer.name) })
    .click();
  const opened = (await going).url();
  expect(new URL(opened).pathname).toBe(`/${buyer.whatsapp}`);
  expect(new URL(opened).searchParams.get("text")!.replaceAll("\r\n", "\n")).toBe(text);
  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: t.orders.events.STORE_WHATSAPP_OPENED! })).toContainText(
    admin.name,
  );
  await expect(page.locator("body")).not.toContainText("WhatsApp terkirim");
  await expect(card(page)).not.toContainText(t.orders.tell.duty);
  expect(await row("select done_by, note from app.tasks where dedup_key = 'tell-store/' || $1", [number])).toEqual({
    done_by: admin.code,
    note: "WHATSAPP_OPENED",
  });
  // The owner reads in the history that it was opened, and no more.
  await become(page, buyer.email);
  await page.goto(`/orders/${number}`);
  await expect(page.getByText(en.orders.events.STORE_WHATSAPP_OPENED!)).toBeVisible();
  await rows("update app.accounts set language = 'id' where id = $1", [buyer.accountId]);
});

test("an order that waits for approval promises an e-mail, each reader in his own words, and the e-mail comes", async ({
  page,
  sound,
  javaScriptEnabled,
}) => {
  const { buyer } = cast(javaScriptEnabled);
  await beginWithEmptyCart(page, buyer);
  const dear = facts.dear;
  await post(page.request, "/cart/items", { sku: dear.sku, quantity: "60" });
  await page.goto("/checkout");
  const number = await send(page, t.carts.checkout.ask);
  await expect(page.getByText(t.approvals.waiting.next)).toBeVisible();
  await expect(page.locator("body")).not.toContainText(/dikabari/i);
  await sound();
  const { total } = await row<{ total: number }>("select total::int as total from app.orders where number = $1", [
    number,
  ]);
  await become(page, admin.email);
  expect(
    (
      await post(page.request, `/admin/approvals/${number}/decision`, {
        outcome: "REJECTED",
        note: "Lunasi dulu tagihan lama",
        seen: String(total),
      })
    ).status(),
  ).toBe(303);
  await expectMails(buyer.email, number, [
    `Order ${number} sudah kami terima`,
    `Order ${number} tidak dapat disetujui`,
  ]);
  expect((await mailsTo(buyer.email)).find(({ subject }) => subject.includes("tidak dapat disetujui"))!.text).toContain(
    "Pesan dari admin: Lunasi dulu tagihan lama",
  );
});

test("only an admin opens the message, and there has to be one", async ({ page }) => {
  const { number } = await row<{ number: string }>(
    `
      select number from app.orders where partner_id = (select id from app.partners where code = 'PTR-0001')
        order by id limit 1`,
  );
  await signIn(page, "cio@demo.test");
  expect((await post(page.request, `/admin/orders/${number}/told`, { text: "Halo" })).status()).toBe(403);
  await page.goto(`/admin/orders/${number}`);
  await expect(card(page).getByRole("button")).toHaveCount(0);
  await become(page, admin.email);
  expect((await post(page.request, `/admin/orders/${number}/told`, {})).status()).toBe(400);
  expect((await post(page.request, "/admin/orders/ORD-2020-999999/told", { text: "Halo" })).status()).toBe(404);
  await page.context().clearCookies();
  expect((await post(page.request, `/admin/orders/${number}/told`, { text: "Halo" })).status()).toBe(401);
});

test("a suspended store: its open order stands, everyone is told so, nobody acts for it, and an admin decides", async ({
  page,
  sound,
  javaScriptEnabled,
}) => {
  const { shut } = cast(javaScriptEnabled);
  await beginWithEmptyCart(page, shut);
  const orders: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    await addToCart(page, high, 1 + n);
    await page.goto("/checkout");
    orders.push(await send(page));
  }
  const [first, second] = orders as [string, string];
  try {
    await become(page, admin.email);
    await page.goto(`/admin/accounts/${shut.code}/suspension`);
    await expect(page.getByText(/order terbuka toko ini ditahan/)).toBeVisible();
    await page.getByLabel(t.accounts.reason, { exact: true }).fill("Tagihan menunggak");
    await page.getByRole("button", { name: t.accounts.suspension.action }).click();
    await expect(page.getByText(t.accounts.heldStoreHint)).toBeVisible();
    await sound();

    // On the list, on the order, on the account; and no step forward is offered.
    await page.goto(`/admin/orders?q=${shut.code}`);
    const line = page.getByRole("row").filter({ hasText: first });
    for (const badge of [t.orders.held.badge, t.orders.held.storeBadge])
      await expect(line.getByText(badge, { exact: true })).toBeVisible();
    await sound();
    await page.goto(`/admin/orders/${first}`);
    await expect(page.getByText(t.orders.held.storeSuspended)).toBeVisible();
    await expect(page.getByText(t.orders.held.reasons.STORE_SUSPENDED!)).toBeVisible();
    await expect(page.getByRole("button", { name: t.orders.moves.names.APPROVED! })).toHaveCount(0);
    expect((await post(page.request, `/admin/orders/${first}/status`, { status: "APPROVED" })).status()).toBe(409);
    await sound();

    // Somebody decides: one goes on, the other ends.
    await page.getByRole("link", { name: t.orders.held.toDecide }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.accounts.storeHold.title(first));
    await sound();
    await page.getByRole("button", { name: t.accounts.storeHold.action }).click();
    await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
    await page.getByLabel(t.accounts.storeHold.note, { exact: true }).fill("Sudah dibayar lewat transfer");
    await page.getByRole("button", { name: t.accounts.storeHold.action }).click();
    await expect(page.getByRole("status").filter({ hasText: t.accounts.release.done(first) })).toBeVisible();
    await page
      .getByRole("row")
      .filter({ hasText: second })
      .getByRole("link", { name: t.accounts.storeHold.decide })
      .click();
    await page.getByLabel(t.accounts.storeHold.note, { exact: true }).fill("Toko tidak membayar");
    await page.getByRole("button", { name: t.accounts.storeHold.cancel }).click();
    await expect(page.getByRole("status").filter({ hasText: t.accounts.storeHold.cancelled(second) })).toBeVisible();
    for (const number of orders) await expect(page.getByRole("row").filter({ hasText: number })).toHaveCount(0);
    expect(
      await rows("select number, status, held from app.orders where number = any ($1) order by id", [orders]),
    ).toEqual([
      { number: first, status: "SUBMITTED", held: false },
      { number: second, status: "CANCELLED", held: true },
    ]);
    await expectMails(shut.email, first, [
      `Order ${first} sudah kami terima`,
      `Order ${first} ditahan sementara`,
      `Order ${first} dilanjutkan`,
    ]);
    await expectMails(shut.email, second, [
      `Order ${second} sudah kami terima`,
      `Order ${second} ditahan sementara`,
      `Order ${second} dibatalkan`,
    ]);

    // The salesman is told why he cannot act for it; the way in is closed too.
    await become(page, sari.email);
    await page.goto(`/clients?q=${shut.code}`);
    await expect(page.getByRole("row").filter({ hasText: shut.name })).toContainText(t.shadow.clients.suspended);
    await expect(page.getByRole("link", { name: `${t.shadow.clients.begin}: ${shut.name}` })).toHaveCount(0);
    await sound();
    await page.goto(`/clients/${shut.code}`);
    await expect(page.getByText(t.shadow.clients.suspended)).toBeVisible();
    await sound();
    const refused = await post(page.request, `/clients/${shut.code}/acting`, { reason: "Kunjungan rutin" });
    expect(refused.status()).toBe(409);
    expect(await refused.text()).toContain(t.shadow.codes.STORE_SUSPENDED);
  } finally {
    await become(page, admin.email);
    await post(page.request, `/admin/accounts/${shut.code}/lift-request`, { reason: "Uji selesai" });
    await become(page, admin2.email);
    await post(page.request, `/admin/accounts/${shut.code}/lift`, {});
  }
});
