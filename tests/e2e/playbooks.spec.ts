import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { paper } from "#app/playbooks/paper.ts";
import { admin, sari, staff } from "#supabase/seed/people.ts";
import { expectRefusal, post } from "./support/http.ts";
import { signIn, store } from "./support/people.ts";
import { row, rows, setErp } from "./support/system.ts";
import { expect, test } from "./support/test.ts";
import { openIncident } from "./support/troubles.ts";

const t = messages("id");
const { playbooks: words } = t;
const auditor = staff.find(({ role }) => role === "AUDITOR")!;
const banner = t.ui.banners.degraded.store;
const bypass = t.settings.names.CREDIT_CHECK_BYPASS;

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const step = (page: Page, name: string) => page.locator(`li#${name}`);
/** The one button of a step that is not done yet. */
const tick = (page: Page, name: string) => step(page, name).getByRole("button", { name: words.run.done }).click();
const opens = async (page: Page, name: string, button: keyof typeof words.buttons) =>
  step(page, name).getByRole("button", { name: words.buttons[button], exact: true }).click();
const back = (page: Page) => page.getByRole("link", { name: words.run.way }).click();

// The whole system is degraded meanwhile: the others begin when all is well again.
test.afterEach(async () => {
  await setErp("up");
  await rows(
    `with noted as (select private.audit('SETTING_CHANGED', 'setting', 'CREDIT_CHECK_BYPASS'))
     update app.settings set value = 'false', expires_at = null from noted where key = 'CREDIT_CHECK_BYPASS'`,
  );
  await rows(
    `update app.erp_circuit set beat = '2.5 seconds',
       next_probe_at = least(next_probe_at, now() + interval '2.5 seconds')`,
  );
  await expect
    .poll(async () => (await row<{ state: string }>("select state from app.erp_circuit")).state, { timeout: 90_000 })
    .toBe("CLOSED");
});

test("playbook A in an outage of the ERP, from its incident until what came in is reconciled @nojs", async ({
  page,
  browser,
  sound,
}) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, admin.email);
  await setErp("down");
  const outage = () =>
    rows<{ ref: string }>(
      "select ref from app.incidents where cause = 'ERP_DOWN' and state not in ('RESOLVED', 'CLOSED')",
    );
  await expect.poll(outage, { timeout: 60_000 }).toHaveLength(1);
  const [{ ref } = { ref: "" }] = await outage();

  // Offered where the outage is told of.
  await page.goto(`/admin/incidents/${ref}`);
  await page.getByLabel(t.incidents.note, { exact: true }).fill("Sudah ditelepon tim TI");
  await press(page, words.offers.startOf(words.books["erp-heartattack"].title));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^A\. ERP Heartattack/);
  const address = page.url();
  await sound();
  await sound("dark");
  await expect(step(page, "degraded")).toContainText(t.erp.breaker.states.OPEN);
  await tick(page, "degraded");
  await expect(step(page, "degraded").getByRole("status")).toContainText(words.run.ticked);
  await expect(step(page, "degraded")).toContainText(admin.code);

  // The button leads to the switch, and from what it did back to the step, where it is seen.
  await expect(step(page, "bypass")).toContainText(words.now.off);
  await opens(page, "bypass", "bypass");
  await expect(page.getByRole("heading", { level: 1, name: bypass })).toBeVisible();
  await page.getByLabel(t.settings.reason, { exact: true }).fill("ERP mati");
  await press(page, t.settings.turnOn);
  await sound();
  await back(page);
  await expect(page).toHaveURL(`${address}#bypass`);
  await expect(step(page, "bypass")).toContainText(words.now.onUntil);
  // What was typed at one step is kept by the button of another.
  await step(page, "bypass").getByRole("textbox").fill("Menyala empat jam");
  await tick(page, "snapshot");
  await expect(step(page, "bypass").getByRole("textbox")).toHaveValue("Menyala empat jam");
  await tick(page, "bypass");
  await expect(step(page, "bypass")).toContainText("Menyala empat jam");

  // What stores see is what the step says that they see.
  await expect(step(page, "banner")).toContainText(banner);
  const shop = await browser.newContext();
  const theirs = await shop.newPage();
  await signIn(theirs, store("PTR-0013").email);
  await theirs.goto("/dashboard");
  await expect(theirs.getByRole("status").filter({ hasText: banner })).toBeVisible();
  await tick(page, "banner");

  await setErp("up");
  await tick(page, "bridge");
  await expect(async () => {
    await page.goto(address);
    await expect(step(page, "bridge")).toContainText(t.erp.breaker.states.CLOSED, { timeout: 100 });
  }).toPass({ timeout: 90_000, intervals: [1_000] });
  await expect(step(page, "banner")).toContainText(words.now.notSeen);
  // What is typed at a step is there again for whoever comes back from its page, and for a colleague.
  await step(page, "reconcile").getByRole("textbox").fill("Ditunggu Eko");
  await opens(page, "reconcile", "reconcile");
  await back(page);
  await expect(step(page, "reconcile")).toContainText("Ditunggu Eko");
  await expect(step(page, "reconcile").getByRole("button", { name: words.run.done })).toBeVisible();
  await tick(page, "reconcile");
  await opens(page, "bypass-off", "bypass");
  await page.getByLabel(t.settings.reason, { exact: true }).fill("ERP kembali");
  await press(page, t.settings.turnOff);
  await back(page);
  await tick(page, "bypass-off");
  await theirs.goto("/dashboard");
  await expect(theirs.getByRole("status").filter({ hasText: banner })).toHaveCount(0);
  await shop.close();

  // Taken back with a reason, and done again.
  await step(page, "reconcile").getByText(words.run.undo, { exact: true }).first().click();
  await step(page, "reconcile").getByRole("button", { name: words.run.undo }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  await sound();
  await page.getByLabel(words.run.undoReason).and(page.locator("#reason-reconcile")).fill("Masih ada yang menunggu");
  await step(page, "reconcile").getByRole("button", { name: words.run.undo }).click();
  await tick(page, "reconcile");
  await page.getByLabel(words.run.outcome).fill("Pulih, semua order masuk");
  await page.getByRole("button", { name: words.run.end, exact: true }).click();
  await expect(page.getByText(words.run.results.DONE, { exact: true })).toBeVisible();
  await expect(page.getByText(words.runs.progress(7, 7))).toBeVisible();
  await expect(page.getByRole("button", { name: words.run.done })).toHaveCount(0);
  await sound();

  await page.goto(`/admin/incidents/${ref}`);
  await expect(page.getByText("Menyala empat jam").last()).toBeVisible();
  await expect(page.getByText("Sudah ditelepon tim TI").last(), "filled in when it was begun").toBeVisible();
  await expect(page.getByText(words.did.UNDONE).last()).toBeVisible();
  await expect(page.getByRole("link", { name: words.offers.was(7, 7) })).toBeVisible();
});

test("on paper a playbook has its steps, a box and a line for a pen at each, and no button", async ({ page }) => {
  await signIn(page, admin.email);
  await page.goto("/admin/playbooks/kiamat-digital");
  await expect(page.getByText(words.pen).first(), "control: only on paper").toBeHidden();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 }); // A4.
  await expect(page.getByText(words.pen)).toHaveCount(5);
  await expect(page.getByText(words.pen).first()).toBeVisible();
  await expect(page.locator(".print-only")).toContainText("Simpan kertasnya");
  await expect(page.locator(".print-only")).toBeVisible();
  for (const name of [words.drill.start, words.buttons.photos, words.start.otherGo])
    await expect(page.getByText(name, { exact: true })).toBeHidden();
});

test("everything is down: the text to salesmen is copied by a button or opened in WhatsApp", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page, admin.email);
  await page.goto("/admin/playbooks/kiamat-digital");
  const office = await page.getByRole("link", { name: words.buttons.photos }).getAttribute("href");
  const number = /^https:\/\/wa\.me\/(62\d+)$/.exec(office!)![1]!;
  await step(page, "tell-salesmen").getByRole("button", { name: t.ui.actions.copy }).click();
  await expect(page.getByRole("button", { name: t.ui.actions.copied })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(paper(number));
  const link = new URL((await page.getByRole("link", { name: words.buttons.tellSalesmen }).getAttribute("href"))!);
  expect([link.host, link.pathname, link.searchParams.get("text")]).toEqual(["wa.me", "/", paper(number)]);
});

test("an auditor reads a run and ticks nothing; an admin may, who finds its salesman and the pages for him", async ({
  page,
  browser,
  sound,
}) => {
  const { ref } = await openIncident(2, "uji/playbook");
  await signIn(page, admin.email);
  await page.goto("/admin/playbooks/agent-abuse");
  await sound();
  await page.getByLabel(words.start.other).fill("INC-2020-99999");
  await press(page, words.start.otherGo);
  await expect(page.getByRole("alert")).toContainText(words.codes.NO_INCIDENT);
  await sound();
  await page.getByLabel(words.start.other).fill(ref.toLowerCase());
  await press(page, words.start.otherGo);
  await expect(step(page, "force-logout")).toContainText(sari.code);
  await expect(step(page, "suspend")).toContainText(t.accounts.statuses.ACTIVE);
  await opens(page, "suspend", "suspend");
  await expect(page).toHaveURL(
    new RegExp(`/admin/accounts/${sari.code}/suspension\\?playbook=agent-abuse\\.\\d+\\.suspend$`),
  );
  await back(page);
  await sound();
  await sound("english");
  const address = new URL(page.url()).pathname;

  const context = await browser.newContext();
  const reader = await context.newPage();
  await signIn(reader, auditor.email);
  await reader.goto(address);
  await expect(reader.getByText(words.run.adminOnly)).toBeVisible();
  await expect(reader.getByRole("button", { name: words.run.done })).toHaveCount(0);
  await expect(step(reader, "evidence").getByRole("link", { name: words.buttons.export })).toBeVisible();
  const form = { step: "trail", "note-trail": "" };
  await expectRefusal(await post(reader.request, `${address}/tick`, form), 403, t.http.codes.DENIED);
  await expectRefusal(
    await post(reader.request, "/admin/playbooks/rollback", { drill: "yes" }),
    403,
    t.http.codes.DENIED,
  );
  await context.close();
  const ticks = () => rows("select step from app.playbook_ticks where run_id = $1", [address.split("/").at(-1)]);
  expect(await ticks()).toEqual([]);
  expect((await post(page.request, `${address}/tick`, form)).status(), "control: an admin may").toBe(303);
  expect(await ticks()).toEqual([{ step: "trail" }]);
});

test("a drill is started, done and passed, and the list says when", async ({ page, sound }) => {
  await signIn(page, admin.email);
  await page.goto("/admin/playbooks/whatsapp-link");
  await press(page, words.drill.start);
  await expect(page.getByText(words.drill.lead)).toBeVisible();
  await page.getByLabel(words.run.resultTitle).selectOption("PASSED");
  await page.getByLabel(words.run.outcome).fill("Semua bisa menyalin");
  await press(page, words.run.endDrill);
  await expect(page.getByRole("alert")).toContainText(words.codes.STEPS_LEFT);
  await expect(page.getByLabel(words.run.outcome)).toHaveValue("Semua bisa menyalin");
  await sound();
  await tick(page, "copy");
  await expect(page.getByLabel(words.run.outcome), "kept by another button").toHaveValue("Semua bisa menyalin");
  await tick(page, "paste");
  await expect(page.getByLabel(words.run.resultTitle)).toHaveValue("PASSED");
  await press(page, words.run.endDrill);
  await expect(page.getByText(words.run.results.PASSED, { exact: true })).toBeVisible();
  await page.goto("/admin/playbooks");
  await expect(page.getByRole("row").filter({ hasText: words.books["whatsapp-link"].title })).toContainText(
    words.drill.states.GOOD,
  );
  await sound();
});
