import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { emptyCarts, signIn, store } from "./support/people.ts";
import { addToCart, send } from "./support/shop.ts";
import { erpDocumentsOf, row, rows, setErp } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const { high } = facts;
const buyer = store("PTR-0015");
const maintenance =
  "Sistem sedang maintenance. Order Anda akan diproses manual oleh Admin. Mohon tunggu konfirmasi WA.";
const circuit = () => row<{ state: string; since: Date }>("select state, since from app.erp_circuit");
const orderOf = (number: string) =>
  row<{ sync_status: string; degraded: boolean; erp_document: string | null }>(
    "select sync_status, degraded, erp_document from app.orders where number = $1",
    [number],
  );

// The whole system is degraded meanwhile: the others begin when all is well again.
test.afterEach(async () => {
  await setErp("up");
  await rows(
    `
      update app.erp_circuit set beat = '2.5 seconds',
        next_probe_at = least(next_probe_at, now() + interval '2.5 seconds')`,
  );
  await rows("update app.feeds set as_of = now() where as_of < now() - interval '10 minutes'");
  await expect.poll(async () => (await circuit()).state, { timeout: 90_000, intervals: [500] }).toBe("CLOSED");
});

test("the ERP dies: the shop goes on, says so, and delivers once the ERP is back", async ({ page, sound, browser }) => {
  test.setTimeout(180_000);
  const banner = (on: Page) => on.getByRole("status").filter({ hasText: maintenance });
  await emptyCarts(buyer.code);
  await signIn(page, buyer.email);
  await page.goto("/products");
  await expect(banner(page)).toHaveCount(0);

  await setErp("down");
  await expect(async () => {
    await page.reload();
    await expect(banner(page)).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 30_000, intervals: [250] });
  const { opened } = await row<{ opened: Date }>(
    "select max(at) as opened from app.erp_circuit_events where state = 'OPEN'",
  );
  const { now } = await row<{ now: Date }>("select now()");
  expect(now.getTime() - opened.getTime(), "ms from the breaker's opening to the banner").toBeLessThan(15_000);
  await sound();

  // The shop goes on from the last good snapshot, and says how old that is.
  await rows("update app.feeds set as_of = as_of - interval '40 minutes' where name = 'stock'");
  await addToCart(page, high, 5);
  await expect(page.getByText(/Data stok terakhir diperbarui 4\d menit lalu\./)).toBeVisible();
  await page.goto("/checkout");
  await expect(banner(page)).toBeVisible();
  await sound();
  const number = await send(page);
  await expect(page.getByText("Menunggu Sinkronisasi"), "what no store can do anything about").toHaveCount(0);
  await expect(page.getByText(t.orders.placedDegradedOwn)).toBeVisible();
  expect(await orderOf(number)).toEqual({ sync_status: "PENDING_SYNC", degraded: true, erp_document: null });
  expect(
    await rows("select t.kind, t.done_at from app.tasks t join app.orders o on o.id = t.order_id where o.number = $1", [
      number,
    ]),
    "whoever is asked to wait for word is somebody's duty",
  ).toEqual([{ kind: "TELL_STORE", done_at: null }]);
  expect(await erpDocumentsOf(number)).toEqual([]);
  await sound();

  const context = await browser.newContext();
  const adminPage = await context.newPage();
  await signIn(adminPage, admin.email);
  await adminPage.goto("/admin/erp");
  await expect(
    adminPage.locator("section").filter({ has: adminPage.getByRole("heading", { name: t.erp.now }) }),
  ).toContainText(/Terputus|Sedang dicoba/);
  await adminPage.goto("/admin/orders?sync=PENDING_SYNC");
  await expect(adminPage.getByRole("row").filter({ hasText: number })).toBeVisible();
  await context.close();

  await setErp("up");
  await expect
    .poll(async () => (await orderOf(number)).sync_status, { timeout: 90_000, intervals: [500] })
    .toBe("SYNCED");
  await page.reload();
  await expect(banner(page)).toHaveCount(0);
  await expect(page.getByText(t.orders.placedDegradedOwn)).toHaveCount(0);
  const documents = await erpDocumentsOf(number);
  expect(documents.map(({ document }) => document)).toEqual([(await orderOf(number)).erp_document]);
  // The pull that follows brings fresh stock, and with it the notice goes.
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/Data stok terakhir diperbarui/)).toHaveCount(0, { timeout: 100 });
  }).toPass({ timeout: 30_000, intervals: [500] });
});

test("an answer that got lost does not make a second document", async ({ page }) => {
  test.setTimeout(180_000);
  await emptyCarts(buyer.code);
  await signIn(page, buyer.email);
  await addToCart(page, high, 1);
  await page.goto("/checkout");
  // In this mode the ERP books the order and answers with something unreadable. No heartbeat finds it out before the
  // order does.
  await rows("update app.erp_circuit set beat = '1 hour', next_probe_at = now() + interval '1 hour'");
  await setErp("garbage");
  const number = await send(page);
  await expect.poll(async () => (await erpDocumentsOf(number)).length, { timeout: 20_000 }).toBe(1);
  expect((await orderOf(number)).sync_status).toBe("PENDING_SYNC");
  await setErp("up");
  await expect
    .poll(async () => (await orderOf(number)).sync_status, { timeout: 90_000, intervals: [500] })
    .toBe("SYNCED");
  expect(await erpDocumentsOf(number)).toHaveLength(1);
});
