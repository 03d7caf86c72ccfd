import { messages } from "#app/words.ts";
import { admin } from "#supabase/seed/people.ts";
import { signIn, store } from "./support/people.ts";
import { row } from "./support/system.ts";
import { expect, test } from "./support/test.ts";
import { openIncident } from "./support/troubles.ts";

const { privacy: t } = messages("id");
const shop = store("PTR-0039");

test("a store asks for its data; who asks is found out, the copy is taken, the answer goes out @nojs", async ({
  page,
  sound,
  javaScriptEnabled,
}) => {
  const name = javaScriptEnabled === false ? "Ibu Tanpa Skrip" : "Ibu Dengan Skrip";
  await page.goto("/privasi");
  await page.getByRole("link", { name: t.ask.title }).click();
  await page.getByLabel(t.ask.words, { exact: true }).fill("Saya minta salinan semua data saya");
  await page.getByRole("button", { name: t.ask.submit }).click();
  await expect(page.getByRole("alert")).toContainText(t.codes.PRIVACY_KIND);
  await expect(page.getByLabel(t.ask.words, { exact: true })).toHaveValue("Saya minta salinan semua data saya");
  await sound();
  await page.getByLabel(t.ask.kind).selectOption("ACCESS");
  await page.getByLabel(t.ask.name, { exact: true }).fill(name);
  await page.getByLabel(t.ask.address, { exact: true }).fill(shop.email);
  await page.getByRole("button", { name: t.ask.submit }).click();
  const { ref } = await row<{ ref: string }>("select ref from app.privacy_cases where name = $1", [name]);
  await expect(page.getByRole("status").filter({ hasText: ref })).toBeVisible();

  await signIn(page, admin.email);
  await page.goto("/admin/privacy");
  await sound();
  await page.getByRole("link", { name: ref }).click();
  await expect(page.getByText(shop.name)).toBeVisible();
  await expect(page.getByText(t.copyAs.json)).toHaveCount(0);
  await sound();
  await page.getByLabel(t.note, { exact: true }).fill("Ditelepon kembali di nomor toko");
  await page.getByRole("button", { name: t.prove }).click();
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: t.copyAs.html }).click();
  expect((await file).suggestedFilename()).toBe(`${ref}.html`);
  await page.getByText(t.outcomes.GRANTED, { exact: true }).click();
  await page.getByLabel(t.answer, { exact: true }).fill("Salinannya kami serahkan lewat e-mail");
  await sound();
  await page.getByRole("button", { name: t.send }).click();
  await expect(page.getByRole("status").filter({ hasText: t.answered })).toBeVisible();
  await expect(page.getByText("Salinannya kami serahkan lewat e-mail")).toBeVisible();
  await sound();
});

test("data leaked: marked on the incident's page, the letters say it, both sent end the 72 hours", async ({
  page,
  sound,
}) => {
  await signIn(page, admin.email);
  await openIncident(2, "uji/bocor");
  const { ref } = await row<{ ref: string }>("select ref from app.incidents where dedup_key = 'uji/bocor'");
  await page.goto(`/admin/incidents/${ref}`);
  await page.getByLabel(messages("id").incidents.note, { exact: true }).fill("Daftar toko ada di internet");
  await page.getByRole("button", { name: t.breach.open }).click();
  await page.getByLabel(t.breach.data, { exact: true }).fill("Nama toko dan nomor WhatsApp");
  await page.getByLabel(t.breach.happened, { exact: true }).fill("Tadi malam lewat VPN kantor");
  await page.getByLabel(t.breach.measures, { exact: true }).fill("Akses ditutup, kata sandi diganti");
  await page.getByLabel(t.breach.persons, { exact: true }).fill("1.200");
  await page.getByRole("button", { name: t.breach.mark }).click();
  await expect(page.getByText(t.breach.due)).toBeVisible();
  await sound();
  await page.getByRole("link", { name: t.breach.letter.persons }).click();
  await expect(page.getByRole("heading", { name: t.breach.pages.persons.subject })).toBeVisible();
  await expect(page.getByText("Tadi malam lewat VPN kantor")).toBeVisible();
  await sound();
  await sound("english");
  for (const step of ["AUTHORITY", "PERSONS"]) {
    await page.goto(`/admin/incidents/${ref}/breach`);
    await page.getByLabel(t.breach.step, { exact: true }).selectOption(step);
    await page.getByLabel(t.breach.note, { exact: true }).fill("Surat nomor 12/2026");
    await page.getByRole("button", { name: t.breach.doStep }).click();
    await expect(page.getByRole("status").filter({ hasText: t.breach.stepDone })).toBeVisible();
  }
  expect(
    await row("select met_at is not null as met from app.timers where kind = 'BREACH_NOTICE' and about = $1", [ref]),
  ).toEqual({
    met: true,
  });
});
