import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, secondAdmin } from "#supabase/seed/people.ts";
import { signIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";
import { openIncident } from "./support/troubles.ts";

const t = messages("id");
const words = t.incidents;
const review = words.postMortems;

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const said = (page: Page, text: string) => expect(page.getByRole("status").filter({ hasText: text })).toBeVisible();

test("a SEV-1 from «Saya tangani» to closed, its post-mortem approved by a second admin @nojs", async ({
  page,
  browser,
  sound,
  javaScriptEnabled,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const { ref } = await openIncident(1, "uji/gawat", "AUDIT_BROKEN");
  await signIn(page, admin.email);
  await page.goto("/admin/incidents?state=untaken");
  await sound();
  await page.getByRole("link", { name: ref }).click();
  const take = page.getByRole("button", { name: words.take });
  const heights = await page
    .locator("#tangani button:visible")
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
  expect((await take.boundingBox())!.height).toBe(Math.max(...heights));
  await sound();
  await sound("dark");
  await take.click();
  await said(page, words.taken(ref));
  await expect(take).toHaveCount(0);

  await page.getByLabel(words.note, { exact: true }).fill("Segel tidak cocok sejak semalam");
  await press(page, words.moves.CLASSIFY);
  await said(page, words.moved.CLASSIFY(ref));
  await page.getByLabel(words.note, { exact: true }).fill("Ekspor dihentikan");
  await press(page, words.moves.CONTAIN);
  await said(page, words.moved.CONTAIN(ref));
  // A step needs a word; the page comes back with its mistake.
  await press(page, words.moves.RESOLVE);
  await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  await sound();
  await page.getByText(words.besideTitle, { exact: true }).click();
  await page.getByLabel(words.link).fill("ptr-0001");
  await page.getByLabel(words.note, { exact: true }).fill("Dipulihkan dari salinan");
  await press(page, words.moves.RESOLVE);
  await said(page, words.moved.RESOLVE(ref));
  await expect(page.getByRole("complementary").getByRole("link", { name: "PTR-0001" })).toBeVisible();
  await expect(page.getByRole("button", { name: words.moves.CLOSE })).toHaveCount(0);
  await expect(page.getByText(words.needsPostMortem)).toBeVisible();

  // On paper: its story, and no form.
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("#tangani")).toBeHidden();
  await expect(page.getByRole("heading", { name: words.timeline })).toBeVisible();
  await page.emulateMedia({ media: "screen" });

  await page.getByLabel(words.note, { exact: true }).fill("Dicek dua orang");
  await press(page, review.title);
  await expect(page.getByLabel(review.timeline)).toHaveValue(/Dipulihkan dari salinan[^]*Dicek dua orang/);
  await page.getByLabel(review.summary).fill("Jejak audit tidak utuh selama semalam.");
  await press(page, review.submit);
  await expect(page.getByRole("alert")).toContainText(review.missing(review.rootCause));
  await expect(page.getByLabel(review.summary)).toHaveValue("Jejak audit tidak utuh selama semalam.");
  await sound();
  await page.getByLabel(review.why(1), { exact: true }).fill("Disk penuh");
  await page.getByLabel(review.rootCause).fill("Disk penuh dan tidak ada yang memantau.");
  await page.getByLabel(review.what).fill("Pasang pemantauan disk");
  await page.getByLabel(review.owner).fill("Tim TI");
  await page.getByLabel(review.due).fill("2099-01-01");
  await press(page, review.submit);
  await said(page, review.submitted);
  await expect(page.getByRole("button", { name: review.approve })).toHaveCount(0); // Own work.
  await sound();

  const second = await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 740 } });
  const other = await second.newPage();
  await signIn(other, secondAdmin.email);
  await other.goto("/admin/tasks?kind=POST_MORTEM");
  await other.getByRole("row").filter({ hasText: ref }).getByRole("link").first().click();
  await other.getByRole("link", { name: words.tasks.go.POST_MORTEM }).click();
  await press(other, review.approve);
  await said(other, review.approved);
  await second.close();

  await page.goto(`/admin/incidents/${ref}/post-mortem`);
  await page.getByLabel(review.doneNote).fill("Sudah terpasang di semua server");
  await page.getByRole("button", { name: review.doneOf("Pasang pemantauan disk") }).click();
  await said(page, review.actionDone);
  await sound();
  await page.goto(`/admin/incidents/${ref}`);
  await page.getByLabel(words.note, { exact: true }).fill("Sudah dilihat bersama");
  await press(page, words.moves.CLOSE);
  await said(page, words.moved.CLOSE(ref));
  await sound();
});

test("who is told, the known errors and their forms are sound in both languages", async ({ page, sound }) => {
  await signIn(page, admin.email);
  for (const path of ["duty", "duty/person", "duty/rota", "known-errors", "known-errors/add"]) {
    await page.goto(`/admin/incidents/${path}`);
    await sound();
    await sound("english");
  }
});
