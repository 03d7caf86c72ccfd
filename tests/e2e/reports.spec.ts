import { messages } from "#app/words.ts";
import { admin } from "#supabase/seed/people.ts";
import { personOf } from "./support/credit.ts";
import { signIn, store } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const { incidents } = messages("id");
const words = incidents.reports;
const shop = store("PTR-0018");

test("from any page a store tells what is wrong, staff answers, and it stands where it was asked @nojs", async ({
  page,
  browser,
  sound,
}) => {
  await signIn(page, shop.email);
  await page.goto("/orders");
  await page.getByRole("contentinfo").getByRole("link", { name: words.link }).click();
  await page.getByRole("button", { name: words.submit }).click();
  await expect(page.getByRole("alert")).toContainText(incidents.codes.REPORT_KIND);
  await page.getByText(words.kinds.PROBLEM, { exact: true }).click();
  await page.getByLabel(words.words, { exact: true }).fill("Order saya belum datang\nsudah tiga hari");
  await sound();
  await page.getByRole("button", { name: words.submit }).click();
  const told = page.getByRole("status").filter({ hasText: "INC-" });
  const ref = /INC-\d{4}-\d+/.exec(await told.innerText())![0];
  await expect(page.getByRole("article").filter({ hasText: ref })).toContainText(words.waits);
  await sound();

  const staff = await personOf(browser, admin.email);
  await staff.goto(`/admin/incidents/${ref}`);
  await staff.getByRole("button", { name: words.read }).click();
  await expect(staff.getByText("Order saya belum datang")).toBeVisible();
  await expect(staff.getByText("/orders", { exact: true })).toBeVisible();
  await staff.getByLabel(words.write, { exact: true }).fill("Barang sudah di jalan, sampai besok pagi");
  await staff.getByRole("button", { name: words.send }).click();
  await expect(staff.getByRole("status").filter({ hasText: words.answered })).toBeVisible();
  await staff.context().close();

  await page.goto("/lapor");
  await expect(page.getByRole("article").filter({ hasText: ref })).toContainText("sampai besok pagi");
  await expect(page.getByRole("article").filter({ hasText: ref })).not.toContainText("ADM-");
});

test("a guest says where the answer goes", async ({ page, sound }) => {
  await page.goto("/products");
  await page.getByRole("contentinfo").getByRole("link", { name: words.link }).click();
  await page.getByText(words.kinds.QUESTION, { exact: true }).click();
  await page.getByLabel(words.words, { exact: true }).fill("Bagaimana caranya jadi mitra?");
  await page.getByRole("button", { name: words.submit }).click();
  await expect(page.getByRole("alert")).toContainText(/e-mail/i);
  await expect(page.getByLabel(words.words, { exact: true })).toHaveValue("Bagaimana caranya jadi mitra?");
  await sound();
  await page.getByLabel(words.email, { exact: true }).fill("tamu@demo.test");
  await page.getByRole("button", { name: words.submit }).click();
  await expect(page.getByRole("status").filter({ hasText: "INC-" })).toBeVisible();
});
