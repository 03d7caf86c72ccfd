import { messages } from "#app/words.ts";
import { admin, sari, staff } from "#supabase/seed/people.ts";
import { post } from "./support/http.ts";
import { signIn } from "./support/people.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";
import { openIncident } from "./support/troubles.ts";

const t = messages("id");
const {
  incidents: troubles,
  ui: { nav },
} = t;
const auditor = staff.find(({ role }) => role === "AUDITOR")!;

const openTask = async (kind: string, key: string, incident: number | null, due: string, subject = sari.code) =>
  (
    await row<{ id: number }>("select private.open_task($1, $2, $3, null, $4::bigint, $5::interval)::int as id", [
      kind,
      key,
      subject,
      incident,
      due,
    ])
  ).id;

test("tasks come with the overdue first, and one is closed with a decision and a note", async ({ page, sound }) => {
  const incident = await openIncident(3, "uji/tugas");
  const late = await openTask("REVIEW_SALESMAN", "uji/periksa", incident.id, "-30 days");
  await openTask("STOP_ORDER_IN_ERP", "uji/erp", null, "30 days", "ORD-2026-000001");
  await signIn(page, admin.email);
  await page.goto("/admin");
  await expect(page.getByRole("link", { name: t.ui.overview.tasks, exact: true })).toBeVisible();
  await sound();
  await page.goto("/admin/tasks");
  await sound();
  const first = page.getByRole("table").getByRole("row").nth(1);
  await expect(first).toContainText(troubles.tasks.kinds.REVIEW_SALESMAN);
  await expect(first).toContainText(troubles.tasks.late);
  await page
    .getByRole("link", { name: new RegExp(`^${troubles.tasks.kinds.STOP_ORDER_IN_ERP}`) })
    .first()
    .click();
  await expect(page).toHaveURL("/admin/tasks?kind=STOP_ORDER_IN_ERP");
  for (const text of (await page.getByRole("table").getByRole("row").allTextContents()).slice(1))
    expect(text).toContain(troubles.tasks.kinds.STOP_ORDER_IN_ERP);

  await page.goto(`/admin/tasks/${late}`);
  await expect(page.getByText(troubles.tasks.what.REVIEW_SALESMAN)).toBeVisible();
  await expect(page.getByRole("link", { name: troubles.tasks.go.REVIEW_SALESMAN })).toHaveAttribute(
    "href",
    `/admin/cases/${sari.code}`,
  );
  await sound();
  await page.getByLabel(troubles.tasks.note).fill("Sudah dibandingkan dengan jadwal kunjungan");
  await page.getByRole("button", { name: troubles.tasks.close }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.DECISION);
  await expect(page.getByLabel(troubles.tasks.note)).toHaveValue("Sudah dibandingkan dengan jadwal kunjungan");
  await sound();
  await page.getByLabel(troubles.tasks.decision).selectOption("NO_ABUSE");
  await page.getByRole("button", { name: troubles.tasks.close }).click();
  await expect(page.getByRole("status").filter({ hasText: troubles.tasks.closed })).toBeVisible();
  await page.goto("/admin/tasks?state=done");
  await expect(page.getByRole("row").filter({ hasText: "Sudah dibandingkan" })).toContainText(
    troubles.tasks.decisions.NO_ABUSE,
  );
  await sound();
  expect(
    (await post(page.request, `/admin/tasks/${late}`, { note: "Sekali lagi saja", decision: "ABUSE" })).status(),
  ).toBe(409);
  await page.goto(`/admin/incidents/${incident.ref}`);
  await expect(page.getByRole("listitem").filter({ hasText: "Sudah dibandingkan" })).toContainText(
    troubles.tasks.decisions.NO_ABUSE,
  );
});

test("an auditor closes no task, and what is done elsewhere is not closed here", async ({ page }) => {
  const phone = await openTask("PHONE_OWNER", "uji/telepon", null, "1 hour", "PTR-0001");
  const dispute = await openTask("RESOLVE_DISPUTE", "uji/sengketa", null, "1 hour");
  await signIn(page, auditor.email);
  await page.goto(`/admin/tasks/${phone}`);
  await expect(page.getByText(troubles.tasks.adminOnly)).toBeVisible();
  expect((await post(page.request, `/admin/tasks/${phone}`, { note: "Sudah ditelepon" })).status()).toBe(403);
  await page.context().clearCookies();
  await signIn(page, admin.email);
  await page.goto(`/admin/tasks/${dispute}`);
  await expect(page.getByText(troubles.tasks.elsewhere)).toBeVisible();
  await expect(page.getByRole("main").locator("form[method=post]")).toHaveCount(0);
  expect((await post(page.request, `/admin/tasks/${dispute}`, { note: "Sudah beres semua" })).status()).toBe(409);
  await page.goto(`/admin/tasks/${phone}`);
  await expect(page.getByRole("link", { name: "WhatsApp" })).toBeVisible();
  await page.getByLabel(troubles.tasks.note).fill("Pemilik sudah tahu");
  await page.getByRole("button", { name: troubles.tasks.close }).click();
  await expect(page).toHaveURL("/admin/tasks");
});

test("an incident is noted, closed when its tasks are done, and kept open when it was SEV-1", async ({
  page,
  sound,
}) => {
  const { id, ref } = await openIncident(2, "uji/insiden");
  const task = await openTask("REVIEW_SALESMAN", "uji/insiden", id, "1 day");
  const worst = await openIncident(1, "uji/terburuk", "SOMETHING_UNHEARD_OF");
  await rows("update app.incidents set severity = 3 where id = $1", [worst.id]);
  await signIn(page, admin.email);
  await page.goto("/admin/incidents?severity=2");
  await expect(page.getByRole("row").filter({ hasText: ref })).toContainText(troubles.causes.ABUSE_SCORE!);
  await sound();
  await page.getByRole("link", { name: ref }).click();
  await page.getByRole("button", { name: troubles.save, exact: true }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  await page.getByLabel(troubles.note, { exact: true }).fill("Salesman sudah dihubungi");
  await page.getByRole("button", { name: troubles.save, exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Salesman sudah dihubungi" })).toContainText(admin.code);
  await sound();
  await sound("dark");
  const refused = await post(page.request, `/admin/incidents/${ref}/close`, { note: "Sudah selesai" });
  expect([refused.status(), (await refused.text()).includes(t.incidents.codes.TASKS_OPEN)]).toEqual([409, true]);
  expect(
    (await post(page.request, `/admin/tasks/${task}`, { note: "Tidak ada apa-apa", decision: "NO_ABUSE" })).status(),
  ).toBe(303);
  await page.goto(`/admin/incidents/${ref}`);
  // Only what leads on from where it is: an incident that lasts is resolved before it is closed.
  await expect(page.getByRole("button", { name: troubles.moves.CLOSE })).toHaveCount(0);
  await page.getByLabel(troubles.note, { exact: true }).fill("Sudah diperiksa, tidak ada penyalahgunaan");
  await page.getByRole("button", { name: troubles.moves.RESOLVE }).click();
  await expect(page.getByRole("status").filter({ hasText: troubles.moved.RESOLVE(ref) })).toBeVisible();
  await page.getByLabel(troubles.note, { exact: true }).fill("Tidak ada yang perlu diubah");
  await page.getByRole("button", { name: troubles.moves.CLOSE }).click();
  await expect(page.getByRole("status").filter({ hasText: troubles.moved.CLOSE(ref) })).toBeVisible();
  await expect(page.getByRole("button", { name: troubles.take })).toHaveCount(0);
  await sound();
  await page.goto("/admin/incidents?state=closed");
  await expect(page.getByRole("row").filter({ hasText: ref })).toContainText(troubles.states.CLOSED);

  await page.goto(`/admin/incidents/${worst.ref}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Something unheard of");
  expect((await post(page.request, `/admin/incidents/${worst.ref}/resolve`, { note: "Sudah selesai" })).status()).toBe(
    303,
  );
  await page.goto(`/admin/incidents/${worst.ref}`);
  await expect(page.getByText(troubles.needsPostMortem)).toBeVisible();
  await sound();
  expect((await post(page.request, `/admin/incidents/${worst.ref}/close`, { note: "Sudah selesai" })).status()).toBe(
    409,
  );
  expect((await page.request.get(`/admin/incidents/${ref}/lain`)).status()).toBe(404);
  for (const table of ["tasks", "notifications", "timers", "incident_events"])
    await rows(`select private.retire('app.${table}', $1, 'TEST')`, [`incident_id = ${worst.id}`]);
  for (const table of ["app.timers", "app.notifications"])
    await rows("select private.retire($1::regclass, $2, 'TEST')", [table, `incident_id = ${worst.id}`]);
  await rows("select private.retire('app.incidents', $1, 'TEST')", [`id = ${worst.id}`]);
});

test("the menu fits a phone: four ways and more behind the fifth, which says where one is", async ({ page, sound }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, admin.email);
  await page.goto("/admin/reviews");
  const menu = page.getByRole("navigation", { name: t.ui.nav.label });
  const here = menu.getByRole("link", { name: nav.reviews });
  await expect(here).toBeHidden();
  await menu.getByText(nav.more).click();
  await expect(here).toHaveAttribute("aria-current", "page");
  for (const label of [
    nav.disputes,
    t.ui.nav.alerts,
    nav.cases,
    nav.accounts,
    t.ui.nav.catalogue,
    t.ui.nav.erp,
    t.ui.nav.settings,
  ]) {
    // It scrolls where it is longer than the phone.
    await menu.getByRole("link", { name: label }).scrollIntoViewIfNeeded();
    await expect(menu.getByRole("link", { name: label })).toBeInViewport();
  }
  await sound();
  // Escape leads back to its button, a look elsewhere closes it.
  await here.focus();
  await page.keyboard.press("Escape");
  await expect(here).toBeHidden();
  await expect(menu.locator("summary")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(here).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click({ position: { x: 2, y: 2 } });
  await expect(here).toBeHidden();
  await menu.getByText(nav.more).click();
  await menu.getByRole("link", { name: t.ui.nav.settings }).click();
  await expect(page).toHaveURL("/admin/settings");
});
