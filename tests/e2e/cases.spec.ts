import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, agus, sari, staff } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { checkoutKey, post } from "./support/http.ts";
import { emptyCarts, signIn, signInBy, store } from "./support/people.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id").cases;
const auditor = staff.find(({ role }) => role === "AUDITOR")!;
const section = (page: Page, heading: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });

/** The worker has looked at everything that the demo's past holds. */
const inspected = () =>
  expect
    .poll(
      async () =>
        (
          await row<{ n: number }>(
            "select count(*)::int as n from app.shadow_traces where verdict is null or inspected_at is null",
          )
        ).n,
      { timeout: 40_000 },
    )
    .toBe(0);

test("a case tells where a salesman's orders came from, how sure that is, and that it was read", async ({
  page,
  sound,
}) => {
  await inspected();
  await signIn(page, admin.email);
  await page.goto("/admin/cases");
  await expect(page.getByRole("row").filter({ hasText: agus.code })).toBeVisible();
  await sound();
  await page.getByRole("link", { name: t.with.IMPLAUSIBLE }).click();
  await expect(page.getByRole("row").filter({ hasText: sari.code })).toHaveCount(0);
  await page.getByRole("link", { name: t.by.RECENT }).click();
  await page.getByRole("link", { name: t.all }).click();
  await page.getByRole("link", { name: agus.name }).click();

  await expect(page).toHaveURL(new RegExp(`/admin/cases/${agus.code}(\\?back=|$)`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(agus.name);
  const summary = section(page, t.summary);
  await expect(summary).toContainText(t.weakSentence);
  await expect(summary).toContainText(/DB-IP city ipv4, dibuat \d+ \w+ 20\d\d/);
  await expect(summary.getByRole("link", { name: "IP Geolocation by DB-IP" })).toHaveAttribute(
    "href",
    "https://db-ip.com",
  );
  await expect(page.getByRole("img", { name: t.mapTitle(agus.name) })).toBeVisible();
  await expect(page.getByRole("table", { name: t.places })).toContainText(/Jayapura|London/);
  const odd = page
    .getByRole("table", { name: t.ordersTitle })
    .getByRole("row")
    .filter({ hasText: t.verdicts.IMPLAUSIBLE })
    .first();
  await expect(odd).toContainText(/paling sedikit [\d.]+ km dalam [\d.]+ menit, yaitu [\d.]+ km\/jam/);
  await sound();
  await sound("dark");
  const { n } = await row<{ n: number }>(
    `
      select count(*)::int as n from app.audit_events where action = 'CASE_READ' and actor_id = $1 and entity_key = $2
        and at > now() - interval '5 minutes'`,
    [admin.id, agus.code],
  );
  expect(n).toBe(1);

  // Older orders, and back.
  await page.getByRole("link", { name: messages("id").ui.pager.next }).click();
  await expect(page.getByRole("table", { name: t.ordersTitle })).toBeVisible();
  await page.getByRole("link", { name: messages("id").ui.pager.previous }).click();
  await expect(page).toHaveURL(new RegExp(`/admin/cases/${agus.code}(\\?back=|$)`));

  // Of this browser alone: the switch would also choose for the account, and with it for everybody who signs in as this
  // admin.
  await page.context().addCookies([{ name: "lang", value: "en", url: page.url() }]);
  await page.goto(`/admin/cases/${agus.code}`);
  await expect(page.getByText(messages("en").cases.weakSentence)).toBeVisible();
  await sound();
  // A made-up place in the list is the beginning of the list.
  expect((await page.goto(`/admin/cases/${agus.code}?after=%27%3B--`))!.status()).toBe(200);
  expect((await page.goto("/admin/cases?with=x&by=y&after=z"))!.status()).toBe(200);
});

test("notes of staff stay: what is too short is handed back, what was written is read by the auditor", async ({
  page,
  sound,
}) => {
  const words = "Pemilik Salon Toba tidak mengenal kunjungan tanggal 16.";
  await signIn(page, admin.email);
  await page.goto(`/admin/cases/${agus.code}`);
  await page.getByLabel(t.noteLabel).fill("ya");
  await page.getByRole("button", { name: t.addNote }).click();
  await expect(page.getByRole("alert")).toContainText(messages("id").cases.codes.CASE_NOTE_REQUIRED);
  await expect(page.getByLabel(t.noteLabel)).toHaveValue("ya");
  await sound();
  await page.getByLabel(t.noteLabel).fill(words);
  await page.getByRole("button", { name: t.addNote }).click();
  await expect(page.getByRole("status").filter({ hasText: t.noteAdded })).toBeVisible();
  await expect(section(page, t.notes)).toContainText(words);

  await page.context().clearCookies();
  await signIn(page, auditor.email);
  await page.goto(`/admin/cases/${agus.code}`);
  await expect(section(page, t.notes)).toContainText(words);
  await expect(page.getByRole("link", { name: t.export })).toHaveAttribute("href", `/admin/cases/${agus.code}/export`);
});

test("cases are staff's: others are refused, and a code without a salesman is no case", async ({ request }) => {
  expect((await request.get("/admin/cases", { maxRedirects: 0 })).status()).toBe(303);
  for (const email of [sari.email, store("PTR-0001").email]) {
    await signInBy(request, email);
    for (const path of ["/admin/cases", `/admin/cases/${agus.code}`, "/admin/cases/SLS-999"])
      expect((await request.get(path)).status(), `${email} ${path}`).toBe(403);
    expect((await post(request, `/admin/cases/${agus.code}/notes`, { note: "catatan orang lain" })).status()).toBe(403);
  }
  await signInBy(request, admin.email);
  for (const code of ["SLS-999", "PTR-0001", admin.code, "%00"])
    expect((await request.get(`/admin/cases/${code}`)).status(), code).toBeGreaterThanOrEqual(400);
  expect((await request.get("/admin/cases/SLS-999")).status()).toBe(404);
});

test("a browser keeps its number from one account to the next, and a shadow order carries it, dropped or not", async ({
  page,
  context,
}) => {
  const device = async () => (await context.cookies()).find(({ name }) => name === "alfa-device");
  await page.goto("/login");
  expect(await device()).toBeUndefined();
  await signIn(page, agus.email);
  const first = (await device())!;
  expect(first).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  // Counted by the browser's clock, whatever the time is here.
  const now = await page.evaluate(() => Date.now());
  expect(first.expires).toBeGreaterThan(now / 1000 + 360 * 24 * 3600);
  expect(
    (await rows("select from private.login_devices where device = $1", [first.value])).length,
    "the login holds the number of its own answer",
  ).toBe(1);
  await post(page.request, "/logout", {});
  await signIn(page, sari.email);
  expect((await device())!.value).toBe(first.value);

  const client = store("PTR-0005");
  await emptyCarts(client.code);
  await post(page.request, "/acting/end", {});
  expect((await post(page.request, `/clients/${client.code}/acting`, { reason: "Kunjungan pagi" })).status()).toBe(303);
  await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "2" });
  await context.clearCookies({ name: "alfa-device" }); // Too late: his login has it.
  const sent = await post(page.request, "/checkout", { checkout_key: await checkoutKey(page.request), note: "" });
  const number = sent.headers().location!.split("/").at(-1)!;
  await post(page.request, "/acting/end", {});
  const trace = () =>
    row<{
      device: string;
      sent_device: string | null;
      ip: string;
      verdict: string | null;
      verdict_why: { nowhere: string } | null;
    }>(
      `
        select t.device, t.sent_device, t.ip, t.verdict, t.verdict_why from app.shadow_traces t
          join app.orders o on o.id = t.order_id where o.number = $1`,
      [number],
    );
  expect(await trace()).toMatchObject({ device: first.value, sent_device: null, ip: "127.0.0.1" });
  // This machine's own address has no place.
  await expect.poll(async () => (await trace()).verdict_why?.nowhere, { timeout: 20_000 }).toBe("PRIVATE_ADDRESS");
  expect((await rows("select from app.shadow_traces where device = $1", [first.value])).length).toBe(1);
});
