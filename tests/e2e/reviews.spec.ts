import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, staff } from "#supabase/seed/people.ts";
import { post } from "./support/http.ts";
import { signIn } from "./support/people.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const words = t.reviews;
const auditor = staff.find(({ role }) => role === "AUDITOR")!;

type Line = { month: string; code: string; name: string };
/** The worker makes the review of the demo's last month as it starts. */
async function lines(): Promise<Line[]> {
  const made = () =>
    rows<Line>(
      `
        select to_char(month, 'YYYY-MM') as month, code, name from app.salesman_reviews
          where month = (select max(month) from app.review_months where salesmen > 0) order by rank`,
    );
  await expect.poll(async () => (await made()).length).toBeGreaterThan(1);
  return made();
}

const card = (page: Page, { code }: Line) => page.locator(`section[id="${code}"]`);

test("an auditor signs the review of a month line by line, and the last signature ends what was overdue", async ({
  page,
  sound,
}) => {
  const all = await lines();
  const [first, ...rest] = all as [Line, ...Line[]];
  const address = `/admin/reviews/${first.month}`;
  // Ten days on, as far as the sweep is concerned.
  await rows("select private.sweep_reviews(now() + interval '10 days')");
  const { ref } = await row<{ ref: string }>("select ref from app.incidents where dedup_key = $1", [
    `review/${first.month}`,
  ]);

  await signIn(page, auditor.email);
  await page.goto("/admin/reviews");
  await sound();
  await page.getByRole("link", { name: t.ui.month(first.month) }).click();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole("table", { name: words.top }).getByRole("row")).toHaveCount(all.length + 1);
  await expect(page.getByRole("img", { name: `${words.top}, ${t.ui.month(first.month)}` })).toBeVisible();
  await expect(page.getByRole("link", { name: ref })).toBeVisible();
  await sound();
  await sound("dark");

  // Each line is decided on its own page: nothing is typed beside what another button would forget.
  const mine = card(page, first);
  await expect(page.getByLabel(words.note)).toHaveCount(0);
  await mine.getByRole("link", { name: `${words.sign}: ${first.name}` }).click();
  await sound();
  await mine.getByLabel(words.note).fill("ok");
  await mine.getByRole("button", { name: words.sign }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.DECISION);
  await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  await expect(mine.getByLabel(words.note), "what was typed stays").toHaveValue("ok");
  await page.getByRole("alert").getByRole("link").last().click();
  await expect(mine.getByLabel(words.note)).toBeFocused();
  await sound();
  await mine.getByLabel(words.decision).selectOption("WATCH");
  await mine.getByLabel(words.note).fill("Kunjungan sering, semua order diakui toko");
  await mine.getByRole("button", { name: words.sign }).click();
  await expect(
    page.getByRole("status").filter({ hasText: words.signed(first.code, words.decisions.WATCH) }),
  ).toBeVisible();
  await expect(mine).toContainText("Kunjungan sering, semua order diakui toko");
  await expect(mine).toContainText(auditor.code);
  await expect(mine.locator("form")).toHaveCount(0);

  const again = await post(page.request, `${address}/${first.code}`, {
    decision: "NO_ACTION",
    note: "Berubah pikiran",
  });
  expect(again.status()).toBe(409);
  expect(
    (await post(page.request, `${address}/SLS-999`, { decision: "NO_ACTION", note: "Tidak dikenal" })).status(),
  ).toBe(404);
  for (const line of rest)
    expect(
      (
        await post(page.request, `${address}/${line.code}`, { decision: "NO_ACTION", note: "Wajar untuk wilayahnya" })
      ).status(),
    ).toBe(303);
  await page.goto(address);
  await expect(page.getByText(words.states.DONE)).toBeVisible();
  await sound();
  expect(await row("select state from app.incidents where ref = $1", [ref])).toEqual({ state: "CLOSED" });
  expect(await row("select done_by from app.tasks where dedup_key = $1", [`review/${first.month}`])).toEqual({
    done_by: auditor.code,
  });
});

test("an admin reads reviews and signs nothing; a month without one is not there", async ({ page }) => {
  const [first] = (await lines()) as [Line];
  await signIn(page, admin.email);
  await page.goto(`/admin/reviews/${first.month}`);
  await expect(page.getByText(words.auditorOnly)).toBeVisible();
  await expect(page.getByRole("main").locator("form[method=post]")).toHaveCount(0);
  expect(
    (
      await post(page.request, `/admin/reviews/${first.month}/${first.code}`, {
        decision: "WATCH",
        note: "Mencoba saja",
      })
    ).status(),
  ).toBe(403);
  for (const path of ["/admin/reviews/2001-01", "/admin/reviews/kemarin"])
    expect((await page.request.get(path)).status(), path).toBe(404);
});
