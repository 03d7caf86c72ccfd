import { messages } from "#app/words.ts";
import { admin } from "#supabase/seed/people.ts";
import { personOf } from "./support/credit.ts";
import { signIn, store } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id").status;
const words = t.admin;
const shop = store("PTR-0019");

test("the shop is closed and opened again: what a store reads meanwhile, and that staff goes on @nojs", async ({
  page,
  browser,
  sound,
}) => {
  await signIn(page, shop.email);
  const staff = await personOf(browser, admin.email);
  await staff.goto("/admin/status");
  const plan = staff.locator("#pemeliharaan");
  await plan.getByLabel(words.mode).selectOption("FULL");
  await plan.getByLabel(words.until).fill(inWib(60));
  await plan.getByLabel(words.textId).fill("Kami memindahkan gudang, pesanan menunggu.");
  await plan.getByLabel(words.textEn).fill("We move our warehouse, orders wait.");
  await plan.getByRole("button", { name: words.save }).click();
  // Without its reason it comes back, and nothing is closed.
  await expect(staff.getByRole("alert")).toBeVisible();
  await expect(plan.getByLabel(words.textId)).toHaveValue(/memindahkan gudang/);
  await plan.getByLabel(words.reason).fill("Pindah gudang");
  await plan.getByRole("button", { name: words.save }).click();
  try {
    await expect(staff.getByRole("status").filter({ hasText: words.saved })).toBeVisible();
    await expect.poll(async () => (await page.goto("/products"))!.status()).toBe(503);
    await expect(page.getByText("Kami memindahkan gudang")).toBeVisible();
    await sound();
    expect((await staff.goto("/admin/orders"))!.status()).toBe(200);

    await page.goto("/status");
    await expect(page.getByText("Kami memindahkan gudang")).toBeVisible();
    await sound();
  } finally {
    await staff.goto("/admin/status");
    const form = staff.locator("form").filter({ hasText: words.endReason });
    await form.getByLabel(words.endReason).fill("Sudah selesai");
    await form.getByRole("button", { name: words.end }).click();
    await expect(staff.getByRole("status").filter({ hasText: words.ended })).toBeVisible();
  }
  await expect.poll(async () => (await page.goto("/products"))!.status()).toBe(200);
  await page.goto("/orders");
  await page.getByRole("contentinfo").getByRole("link", { name: t.title }).click();
  await expect(page.getByRole("heading", { name: t.title })).toBeVisible();
  await staff.context().close();
});

/** So many minutes from now, as the browser's own field has it. */
const inWib = (minutes: number) => new Date(Date.now() + (7 * 60 + minutes) * 60_000).toISOString().slice(0, 16);
