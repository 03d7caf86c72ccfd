import fs from "node:fs";
import type { CDPSession, Page } from "@playwright/test";
import { agus, admin, budi, staff } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { siteMap } from "../routes/support/whole-app.ts";
import { entries, misfits } from "./support/fit.ts";
import { post } from "./support/http.ts";
import { emptyCarts, signIn } from "./support/people.ts";
import { violations } from "./support/sound.ts";
import { row } from "./support/system.ts";
import { expect, test } from "./support/test.ts";
import { openDrill, openIncident, openLead, openPrivacy } from "./support/troubles.ts";

// Every kind of page that a person can open, from the site map and from where its pages lead, with letters of 100 % and
// 200 % on a phone: all can be read and pressed without scrolling sideways, and the main bar is where it was. Letters
// grow as they do for who asks his browser for larger ones. What screen readers are told is looked at in English: the
// journeys do so in Indonesian. No page runs its scripts; they are allowed while the checker looks.
// Generous, for a busy machine: a walk takes half a minute.
test.describe.configure({ mode: "parallel", timeout: 300_000 });
test.use({ viewport: { width: 360, height: 740 } });

const kindOf = (path: string) =>
  path
    .split("?")[0]!
    .replace(/\/[A-Z]{2,4}-[\d-]+/g, "/:code")
    .replace(/\/\d[\d-]*(?=\/|$)/g, "/:id")
    .replace(/(settings|feeds|bukan-saya|playbooks)\/[\w.-]+/, "$1/:key");
const fixed = siteMap().flatMap(({ path = "" }) =>
  /[:*]|^(?:api\/|webhooks\b)|\.(?:txt|xml|yaml)$/.test(path) ? [] : [`/${path}`],
);
const download = /evidence\.zip|\/export\/|\/copy\/|\.atom|\.yaml|\.json/;
const starts = [...fixed, "/not-there", "/bukan-saya/x", "/admin/tasks?state=done", "/admin/disputes?state=all"];
/** Each is opened once; what a walk leaves out was seen by another. */
type Sizes = Array<[width: number, letters: number]>;
type Walk = { id: Sizes; en: Sizes; without?: RegExp; also?: string[] };

/** Pages of the site for such people to which no walk among these kinds came. */
function unseen(people: RegExp, ...walks: Array<{ kinds: Set<string> }>): string[] {
  const plain = (kind: string) => kind.replace(/:\w+/g, ":");
  const seen = new Set(walks.flatMap(({ kinds }) => [...kinds].map(plain)));
  const rows = fs.readFileSync("docs/addresses.md", "utf8").matchAll(/^\| `(\/[^`?]*)[^|]*\| ([^|]+?) *\|$/gm);
  return [...rows].flatMap(([, address = "", whom = ""]) =>
    people.test(whom) && !download.test(address) && !seen.has(plain(address)) ? [address] : [],
  );
}
const feed = "/admin/erp/feeds/stock";
/** Pages for which something has to have happened first: journeys look at them, in English as well. */
const opened = {
  reset: "/password/reset",
  hold: "/admin/accounts/:code/holds/:number",
  dispute: "/admin/disputes/:number",
  evidence: "/admin/exports/:ref",
  letter: "/admin/incidents/:ref/letter/:to",
  report: "/admin/incidents/:ref/report",
  signature: "/admin/reviews/:month/:code",
  confirm: "/status/confirm/:token",
  unsubscribe: "/status/unsubscribe/:token",
};

async function letters(cdp: CDPSession, size: number) {
  await cdp.send("Page.setFontSizes", { fontSizes: { standard: size, fixed: size } });
}

/** @returns what was wrong, and what kinds of pages there are. */
async function walk(page: Page, { without, also = [], ...sizes }: Walk) {
  const cdp = await page.context().newCDPSession(page);
  const scripts = (value: "on" | "off") => cdp.send("Emulation.setScriptExecutionDisabled", { value: value === "off" });
  await scripts("off");
  const tried = new Set<string>();
  const kinds = new Set<string>();
  const wrong: string[] = [];
  const places: Record<string, string> = {};
  const waiting = [...starts, ...also];
  for (let path = waiting.shift(); path; path = waiting.shift()) {
    if (
      tried.has(kindOf(path)) ||
      download.test(path) ||
      /^\/(?:dev|assets|pictures)/.test(path) ||
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
      if (lang === "en") {
        await scripts("on");
        wrong.push(...(await violations(page, { colours: false })).map((fault) => `en, ${path}: ${fault}`));
        await scripts("off");
      }
      const current = page.locator(`.nav a[href="${own.pathname}"]`).first();
      if ((await current.count()) > 0) await expect(current, path).toHaveAttribute("aria-current", "page");
    }
    // Some ways on are buttons, which save what was typed first.
    const ways = page.locator("a[href^='/'], button[name='go'][value^='/']");
    waiting.push(
      ...(await ways.evaluateAll((all) => all.map((a) => (a.getAttribute("href") ?? a.getAttribute("value"))!))),
    );
  }
  return { wrong, kinds, places };
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
  expect(unseen(/everyone/, guest)).toEqual([opened.reset, opened.confirm, opened.unsubscribe]);
  await emptyCarts(budi.code);
  await signIn(page, budi.email);
  for (const sku of [facts.high.sku, facts.dear.sku]) await post(page.request, "/cart/items", { sku, quantity: "3" });
  const store = await walk(page, phones);
  expect(store.wrong).toEqual([]);
  expect(unseen(/stores|signed in/, store)).toEqual([]);
  await emptyCarts(budi.code);
});

test("large letters and small phones: a salesman, for himself and acting, whose main bar stays", async ({ page }) => {
  await signIn(page, agus.email);
  await page.goto("/dashboard");
  const own = await walk(page, { ...phones, also: ["/clients/PTR-0002/acting"] });
  expect(own.wrong).toEqual([]);
  await post(page.request, "/clients/PTR-0002/acting", { reason: "Kunjungan rutin" });
  await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "3" });
  const acting = await walk(page, phones);
  expect(acting.wrong).toEqual([]);
  expect(unseen(/salesmen|signed in/, own, acting)).toEqual([]);
  expect(acting.places).toMatchObject(own.places);
  await emptyCarts("PTR-0002");
  await post(page.request, "/acting/end", {});
});

test("large letters and small phones: an admin", async ({ page }) => {
  await signIn(page, admin.email);
  await page.goto("/admin");
  await openIncident(3, "uji/huruf");
  await openLead();
  await openDrill();
  await openPrivacy();
  const { number } = await row<{ number: string }>("select number from app.orders order by id limit 1");
  const also = ["lift", "lift-request", "logout", "suspension"].map((act) => `/admin/accounts/${agus.code}/${act}`);
  const seen = await walk(page, { ...phones, also: [...also, `/admin/orders/${number}/told`, feed] });
  expect(seen.wrong).toEqual([]);
  const { hold, dispute, evidence, letter, report, signature } = opened;
  expect(unseen(/admin/, seen)).toEqual([hold, dispute, evidence, letter, report, signature]);
});

test("large letters and small phones: an auditor", async ({ page }) => {
  await signIn(page, staff.find(({ role }) => role === "AUDITOR")!.email);
  await page.goto("/admin");
  await openIncident(3, "uji/huruf");
  await openLead();
  await openDrill();
  await openPrivacy();
  const seen = await walk(page, { id: [], en: [[360, 32]], without: /^\/(?!admin)/, also: [feed] });
  expect(seen.wrong).toEqual([]);
  const { dispute, evidence, letter, report } = opened;
  expect(unseen(/auditor/, seen)).toEqual([dispute, evidence, letter, report]);
});

// With letters a little larger the bar has rows too, and a phone is high enough for it to stay: it must not.
for (const [width, height, size] of [
  [360, 800, 20],
  [360, 800, 24],
  [360, 740, 32],
  [360, 480, 16],
] as const)
  test(`a bar of several rows covers nothing, and its menu opens in sight: ${width}×${height}, ${size} px`, async ({
    page,
  }) => {
    await signIn(page, admin.email);
    const cdp = await page.context().newCDPSession(page);
    await page.setViewportSize({ width, height });
    await letters(cdp, size);
    await page.goto("/admin");
    const bar = page.locator(".nav--thumb");
    expect(await bar.evaluate((nav) => getComputedStyle(nav).position)).not.toBe("fixed");
    await page.locator("details.more > summary").click();
    await expect(page.locator(".more__sheet").getByRole("link").first()).toBeInViewport();
    const [above, below] = [await bar.boundingBox(), await page.locator(".more__sheet").boundingBox()];
    expect(below!.y).toBeGreaterThanOrEqual(above!.y + above!.height - 1);
  });
