import fs from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";

declare const axe: typeof import("axe-core");

// The checker of @axe-core/playwright, run in the page itself, which has no frames: its builder would take twice the
// time. What is well is counted and not described node by node; of files, only sounds and films are looked into.
const inBuilder = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright"));
const checker = fs.readFileSync(inBuilder.resolve("axe-core/axe.min.js"), "utf8");
const options = {
  runOnly: { type: "tag" as const, values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
  // Whoever speaks to his screen says what he sees: a name contains the words on its button.
  rules: { "label-content-name-mismatch": { enabled: true } },
  resultTypes: ["violations" as const],
  preload: { assets: ["media" as const] },
};
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
  expect(await violations(page), `accessibility of ${page.url()}`).toEqual([]);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(screen);
}

/** A page that can be asked for again, in English too. It stays as it was. */
export async function expectSoundInEnglish(page: Page) {
  await page.context().addCookies([{ name: "lang", value: "en", url: page.url() }]);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expectFits(page);
  expect(await violations(page, { colours: false }), `accessibility of ${page.url()} in English`).toEqual([]);
  await page.context().clearCookies({ name: "lang" });
  await page.reload();
}

/**
 * What of WCAG 2.1 AA the page as it stands breaks; its scripts are allowed. To look at colours takes longer than all
 * else, and they are the same in every language.
 */
export async function violations(page: Page, { colours = true } = {}): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(checker);
  const rules = { ...options.rules, "color-contrast": { enabled: colours } };
  const { found, passes } = await page.evaluate(
    async (options) => {
      const { violations, passes } = await axe.run(document, options);
      const found = violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ target, any }) => `${target.join(" ")} ${any[0]?.message ?? ""}`).join(", ")}`,
      );
      return { found, passes: passes.length };
    },
    { ...options, rules },
  );
  expect(passes, `rules that looked at something of ${page.url()}`).toBeGreaterThan(5);
  return found;
}

async function expectFits(page: Page) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `width of ${page.url()}`).toBeLessThanOrEqual(page.viewportSize()!.width);
}
