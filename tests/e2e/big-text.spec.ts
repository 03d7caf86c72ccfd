import type { CDPSession, Page } from "@playwright/test";
import { agus, admin, budi, staff } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { siteMap } from "../routes/support/whole-app.ts";
import { entries, misfits } from "./support/fit.ts";
import { post } from "./support/http.ts";
import { emptyCarts, signIn } from "./support/people.ts";
import { expect, test } from "./support/test.ts";

// Every kind of page that a person can open, from the site map and from where its pages lead, with letters of 100 % and
// 200 % on a phone: all can be read and pressed without scrolling sideways, and the main bar is where it was. Letters
// grow as they do for who asks his browser for larger ones.
test.describe.configure({ mode: "parallel" });
test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

const kindOf = (path: string) =>
  path
    .split("?")[0]!
    .replace(/\/[A-Z]{2,4}-[\d-]+/g, "/:code")
    .replace(/\/\d[\d-]*(?=\/|$)/g, "/:id")
    .replace(/(settings)\/[\w.]+/, "$1/:key");
const fixed = siteMap().flatMap(({ path = "" }) => (/[:*]|^(?:api|webhooks)\b/.test(path) ? [] : [`/${path}`]));
const starts = [...fixed, "/not-there", "/bukan-saya/x", "/admin/tasks?state=done", "/admin/disputes?state=all"];
/** Each is opened once; what a walk leaves out was seen by another. */
type Sizes = Array<[width: number, letters: number]>;
type Walk = { id: Sizes; en: Sizes; without?: RegExp };

async function letters(cdp: CDPSession, size: number) {
  await cdp.send("Page.setFontSizes", { fontSizes: { standard: size, fixed: size } });
}

/** @returns what was wrong, and how many kinds of pages there are. */
async function walk(page: Page, { without, ...sizes }: Walk) {
  const cdp = await page.context().newCDPSession(page);
  await page.route(/\/pictures\//, (route) => route.fulfill({ contentType: "image/svg+xml", body: "" }));
  const tried = new Set<string>();
  const kinds = new Set<string>();
  const wrong: string[] = [];
  const places: Record<string, string> = {};
  const waiting = [...starts];
  for (let path = waiting.shift(); path; path = waiting.shift()) {
    if (
      tried.has(kindOf(path)) ||
      /evidence\.zip|\/export\/|^\/(?:dev|assets|pictures)/.test(path) ||
      without?.test(path)
    )
      continue;
    tried.add(kindOf(path));
    for (const lang of ["id", "en"] as const) {
      await page.context().addCookies([{ name: "lang", value: lang, url: new URL(page.url()).origin }]);
      const answer = await page.goto(path);
      if (!answer?.ok() && answer?.status() !== 404) break;
      const own = new URL(page.url());
      path = own.pathname + own.search;
      if (kinds.has(kindOf(path)) && lang === "id") break; // Led on to where we were.
      kinds.add(kindOf(path)).forEach((kind) => tried.add(kind));
      for (const [width, size] of sizes[lang]) {
        await page.setViewportSize({ width, height: 740 });
        await letters(cdp, size);
        for (const fault of await misfits(page))
          wrong.push(`${lang} ${width} px, letters of ${size} px, ${path}: ${fault}`);
      }
      if (sizes[lang].length > 0) await letters(cdp, 16);
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 740 });
        for (const [href, place] of Object.entries(await entries(page)))
          if ((places[`${lang} ${width} ${href}`] ??= place) !== place)
            wrong.push(`${lang} ${width} px, ${path}: ${href} is at ${place}, and was elsewhere`);
      }
      const current = page.locator(`.nav a[href="${own.pathname}"]`).first();
      if ((await current.count()) > 0) await expect(current, path).toHaveAttribute("aria-current", "page");
    }
    const hrefs = await page.locator("a[href^='/']").evaluateAll((links) => links.map((a) => a.getAttribute("href")!));
    waiting.push(...hrefs);
  }
  return { wrong, kinds: kinds.size, places };
}
const phones: Omit<Walk, "without"> = {
  id: [
    [360, 16],
    [320, 16],
    [360, 32],
  ],
  en: [[360, 32]],
};

test("large letters and small phones: a guest and a store", async ({ page }) => {
  await page.goto("/");
  const guest = await walk(page, phones);
  expect(guest.wrong).toEqual([]);
  expect(guest.kinds).toBeGreaterThan(6);
  await emptyCarts(budi.code);
  await signIn(page, budi.email);
  for (const sku of [facts.high.sku, facts.dear.sku]) await post(page.request, "/cart/items", { sku, quantity: "3" });
  const store = await walk(page, phones);
  expect(store.wrong).toEqual([]);
  expect(store.kinds).toBeGreaterThan(10);
  await emptyCarts(budi.code);
});

test("large letters and small phones: a salesman, for himself and acting, whose main bar stays", async ({ page }) => {
  await signIn(page, agus.email);
  await page.goto("/dashboard");
  const own = await walk(page, phones);
  expect(own.wrong).toEqual([]);
  await post(page.request, "/clients/PTR-0002/acting", { reason: "Kunjungan rutin" });
  await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "3" });
  const acting = await walk(page, phones);
  expect(acting.wrong).toEqual([]);
  expect(acting.kinds).toBeGreaterThan(own.kinds);
  expect(acting.places).toMatchObject(own.places);
  await emptyCarts("PTR-0002");
  await post(page.request, "/acting/end", {});
});

test("large letters and small phones: an admin", async ({ page }) => {
  await signIn(page, admin.email);
  await page.goto("/admin");
  const { wrong, kinds } = await walk(page, phones);
  expect(wrong).toEqual([]);
  expect(kinds).toBeGreaterThan(35);
});

test("large letters and small phones: an auditor", async ({ page }) => {
  await signIn(page, staff.find(({ role }) => role === "AUDITOR")!.email);
  await page.goto("/admin");
  const { wrong, kinds } = await walk(page, { id: [], en: [[360, 32]], without: /^\/(?!admin)/ });
  expect(wrong).toEqual([]);
  expect(kinds).toBeGreaterThan(30);
});
