import { type Browser, type CDPSession, chromium, devices, type Page } from "playwright";
import { trueClock } from "#supabase/local/clock.ts";
import type { Visitor } from "./clients.ts";

/** A browser while this work lasts. */
export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    env: trueClock(),
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/**
 * A phone's first visit to this page, as this person: nothing is cached. `before`: what is set up first. `read`: what
 * is asked of the page when nothing more comes.
 *
 * @throws Error when another page opens.
 */
export async function firstVisit<T>(
  browser: Browser,
  { base, visitor, path }: { base: string; visitor: Visitor; path: string },
  before: (session: CDPSession, page: Page) => Promise<unknown>,
  read: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ ...devices["Pixel 7"], baseURL: base });
  try {
    await context.addCookies(visitor.cookies.map(([name, value]) => ({ name, value, url: base })));
    const page = await context.newPage();
    await before(await context.newCDPSession(page), page);
    const answer = await page.goto(path, { waitUntil: "networkidle" });
    if (answer?.status() !== 200 || new URL(page.url()).pathname !== path) throw new Error(`${path} did not open.`);
    return await read(page);
  } finally {
    await context.close();
  }
}
