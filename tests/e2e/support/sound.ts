import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const phone = { width: 360, height: 740 };

/**
 * A page that everybody can use on a small phone: no violation of WCAG 2.1 AA, light or dark as asked, and nothing
 * sticks out sideways, on the screen of the test either. The document is the same without scripts, where the checker
 * cannot run: there only the width is looked at.
 */
export async function expectSound(page: Page, { scripts, dark }: { scripts: boolean; dark: boolean }) {
  await expectFits(page);
  if (!scripts) return;
  const screen = page.viewportSize()!;
  await page.setViewportSize(phone);
  // Without motion: a button half-way from one colour to the other is nobody's to judge.
  await page.emulateMedia({ reducedMotion: "reduce", ...(dark ? { colorScheme: "dark" } : {}) });
  await expectFits(page);
  // Legacy mode: in the page itself, which has no frames, instead of by way of a second page.
  const { violations, passes } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze();
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, any }) => `${target.join(" ")} ${any[0]?.message ?? ""}`).join(", ")}`,
  );
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
  expect(passes.length, "rules that looked at something").toBeGreaterThan(5);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(screen);
}

async function expectFits(page: Page) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `width of ${page.url()}`).toBeLessThanOrEqual(page.viewportSize()!.width);
}
