import { messages } from "#app/words.ts";
import { staffLists } from "#app/ui/back.ts";
import { staff } from "#supabase/seed/people.ts";
import { signIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const fold = t.ui.filters;
const auditor = staff.find(({ role }) => role === "AUDITOR")!;

test("on a small phone a list begins on the first screen; where there is room its filters are open @nojs", async ({
  page,
  sound,
}) => {
  await signIn(page, auditor.email);
  const folded: string[] = [];
  for (const list of [...staffLists, "/admin/audit"]) {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.goto(list);
    const main = page.getByRole("main");
    const filters = main.locator(".filter-fold");
    if ((await filters.count()) === 0) continue;
    folded.push(list);
    await expect(filters.locator("summary"), list).toHaveText(fold.none);
    await expect(filters.locator("a, input").first(), list).toBeHidden();
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(filters.locator("a, input").first(), list).toBeVisible();
    await expect(filters.locator("summary"), list).toBeHidden();
  }
  expect(folded).toEqual(expect.arrayContaining(["/admin/orders", "/admin/approvals", "/admin/tasks", "/admin/audit"]));

  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto("/admin/orders");
  const main = page.getByRole("main");
  const first = await main.getByRole("row").nth(1).boundingBox();
  expect(first!.y, "the first order").toBeLessThan(480);
  await main.getByText(fold.none).click();
  await main.getByRole("link", { name: t.orders.list.shadowOnly }).click();
  await page.goto(`${new URL(page.url()).pathname}?shadow=yes&sort=total`);
  const summary = main.locator("summary");
  await expect(summary).toContainText(fold.set(2));
  await expect(summary).toContainText(t.orders.list.sorts.total);
  await sound();
  // What has to be mended is in sight.
  await page.goto("/admin/orders?from=31/02/2026");
  await expect(main.getByLabel(t.orders.list.from)).toBeVisible();
});
