// npm run screenshots: the pictures of the README, taken of a fresh demo data. Writes docs/screenshots/*.png.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type Browser, chromium, type Locator, type Page } from "playwright";
import { messages } from "#app/words.ts";
import playwrightConfig from "../playwright.config.ts";
import { buildWeb } from "#scripts/build.ts";
import { removeData } from "#supabase/local/data-dir.ts";
import { freePorts } from "#supabase/local/ports.ts";
import { type Stack, startStack } from "#scripts/stack.ts";
import { seedDemo } from "#supabase/seed/demo.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import { smallPng } from "./small-png.ts";

const folder = fileURLToPath(new URL("./screenshots/", import.meta.url));
const phone = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2 };
const screen = { viewport: { width: 1280, height: 1240 }, deviceScaleFactor: 1 };
const t = messages("id");

buildWeb();
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-screenshots-"));
fs.chmodSync(dataDir, 0o755);
const [postgres, auth, erp, mail, sms, web] = await freePorts(6);
const stack = await startStack({
  dataDir,
  ports: { postgres, auth, erp, mail, sms, web },
  mode: "test",
  prepare: async (adminUrl) => void (await seedDemo(adminUrl)),
});
const database = new pg.Pool({ connectionString: stack.at.admin, max: 1 });
const browser = await chromium.launch(playwrightConfig.use?.launchOptions);
try {
  await until("select bool_and(as_of is not null) from app.feeds");
  await walk(browser, stack);
} finally {
  await browser.close();
  await database.end();
  await stack.stop();
  removeData(dataDir);
}

/** A store orders, its salesman orders for it and its owner may object, staff looks, and the ERP goes away. */
async function walk(browser: Browser, { at }: Stack) {
  const guest = await open(browser, phone);
  await guest.goto("/");
  await shoot(guest, "guest");

  const budi = await open(browser, phone, "budi@demo.test");
  await budi.goto("/products");
  await shoot(budi, "catalogue", budi.locator(".products"));
  await fill(budi, { "ALF-0001": 24, "ALF-0033": 2 });
  await budi.goto("/checkout");
  await shoot(budi, "checkout", section(budi, t.carts.checkout.summary));
  const own = await send(budi);
  await until("select sync_status = 'SYNCED' from app.orders where number = $1", own);
  await budi.goto(`/orders/${own}`);
  await shoot(budi, "order");

  const sari = await open(browser, phone, "sari@demo.test");
  await sari.request.post("/clients/PTR-0001/acting", { form: { reason: "Pesanan rutin lewat telepon" } });
  await fill(sari, { "ALF-0002": 12, "ALF-0003": 6 });
  await sari.goto("/checkout");
  await shoot(sari, "shadow-mode");
  const shadow = await send(sari);

  await until(
    `
      select state = 'SENT' from app.shadow_alerts a join app.orders o on o.id = a.order_id where a.channel = 'EMAIL'
        and number = $1`,
    shadow,
  );
  const mails = await open(browser, { ...phone, baseURL: at.mailbox });
  await mails.goto("/dev/mailbox?to=budi@demo.test");
  await mails.locator("main li a").first().click();
  await shoot(mails, "mail");
  const {
    rows: [link],
  } = await database.query<{ token: string }>(
    "select private.dispute_token(id) as token from app.orders where number = $1",
    [shadow],
  );
  const owner = await open(browser, phone);
  await owner.goto(`/bukan-saya/${link!.token}`);
  await shoot(owner, "not-mine");

  await until("select sync_status = 'SYNCED' from app.orders where number = $1", shadow);
  const admin = await open(browser, screen, "admin@demo.test");
  await admin.request.post("/language", { form: { lang: "en", next: "/admin" } });
  await admin.goto(`/admin/orders/${shadow}`);
  await shoot(admin, "admin-order");
  await until("select bool_and(inspected_at is not null) from app.shadow_traces");
  await admin.goto("/admin/cases/SLS-002");
  await shoot(admin, "admin-case");

  await walkThroughOutage(budi, admin, at.erp);
}

/** Meanwhile the store orders again, and the ERP comes back. */
async function walkThroughOutage(budi: Page, admin: Page, erp: string) {
  const control = (address: string, body: object) =>
    fetch(`${erp}/control${address}`, { method: "POST", body: JSON.stringify(body) });
  await control("", { mode: "refuse" });
  await until("select state <> 'CLOSED' from app.erp_circuit");
  await fill(budi, { "ALF-0004": 6 });
  await budi.goto("/checkout");
  const meanwhile = await send(budi);
  await budi.goto(`/orders/${meanwhile}`);
  await shoot(budi, "degraded");
  await admin.goto("/admin/erp");
  await shoot(admin, "admin-erp");
  await admin.goto("/admin/approvals");
  await shoot(admin, "admin-approvals");

  // Meanwhile the warehouse sold most of it.
  await control("/rules", { stock: { "ALF-0004": 2 } });
  await control("", { mode: "up" });
  await until(
    "select exists (select from app.reconcile_results r join app.orders o on o.id = r.order_id where o.number = $1)",
    meanwhile,
  );
  await admin.goto(`/admin/reconcile/${meanwhile}`);
  await shoot(admin, "admin-reconcile");
}

/** A browser of its own, signed in when an address is given. */
async function open(browser: Browser, options: Parameters<Browser["newContext"]>[0], email?: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.at.app, ...options });
  if (email) await context.request.post("/login", { form: { email, password: demoPassword } });
  return context.newPage();
}

async function fill(page: Page, cart: Record<string, number>) {
  for (const [sku, quantity] of Object.entries(cart)) {
    const answer = await page.request.post("/cart/items", { form: { sku, quantity } });
    if (!answer.ok()) throw new Error(`${sku} did not go into the cart: ${answer.status()}`);
  }
  // The next page would begin with a message about it.
  await page.goto("/cart");
}

/** Sends the order of the checkout page; returns its number. */
async function send(page: Page): Promise<string> {
  await page.locator("form[action='/checkout'] button[type=submit]").click();
  await page.waitForURL(/\/orders\/ORD-/);
  return new URL(page.url()).pathname.split("/").at(-1)!;
}

function section(page: Page, heading: string): Locator {
  return page.locator("section").filter({ has: page.getByRole("heading", { name: heading }) });
}

/** What a person sees without scrolling, or having scrolled to `from`, with its pictures there. */
async function shoot(page: Page, name: string, from?: Locator) {
  await from?.evaluate((element) => scrollTo(0, element.getBoundingClientRect().top - 16));
  await page.waitForFunction(() =>
    [...document.images].every(
      (image) => image.getBoundingClientRect().top > innerHeight || (image.complete && image.naturalWidth > 0),
    ),
  );
  const file = path.join(folder, `${name}.png`);
  fs.writeFileSync(file, smallPng(await page.screenshot({ animations: "disabled" })));
  console.log(`${name}.png  ${Math.ceil(fs.statSync(file).size / 1024)} KB`);
}

/** Waits until a query answers true; two minutes at most, as long as a dead ERP may take to be found alive. */
async function until(question: string, ...values: string[]) {
  for (const end = Date.now() + 120_000; Date.now() < end; await pause(100)) {
    const { rows } = await database.query<unknown[]>({ text: question, values, rowMode: "array" });
    if (rows[0]?.[0] === true) return;
  }
  throw new Error(`never came true: ${question}`);
}
