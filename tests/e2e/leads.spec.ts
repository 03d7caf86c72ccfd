import { messages } from "#app/words.ts";
import { admin } from "#supabase/seed/people.ts";
import { signIn } from "./support/people.ts";
import { row } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const { leads: t, company } = messages("id");

test("somebody asks to become a partner, is handed over, and is forgotten @nojs", async ({
  page,
  sound,
  javaScriptEnabled,
}) => {
  const business = `Salon Uji ${javaScriptEnabled === false ? "Tanpa" : "Dengan"} Skrip`;
  await page.goto("/");
  await sound();
  await page.getByRole("link", { name: company.home.become }).first().click();
  await page.getByLabel(t.form.business_name).fill(business);
  await page.getByRole("button", { name: t.form.submit }).click();
  await expect(page.getByLabel(t.form.business_name)).toHaveValue(business);
  await expect(page.getByText(t.codes.CONSENT).first()).toBeVisible();
  await sound();
  await page.getByLabel(t.form.contact_name).fill("Ibu Rahayu");
  await page.getByLabel(t.form.phone_whatsapp).fill(javaScriptEnabled === false ? "081299990001" : "081299990002");
  await page.getByLabel(t.form.city).fill("Bandung");
  await page.getByLabel(t.form.salon_type).selectOption({ label: t.salonTypes.SALON });
  await page.getByLabel(t.form.consent).check();
  // A person takes three seconds; a program is asked to look again, and nothing is lost.
  await expect(async () => {
    await page.getByRole("button", { name: t.form.submit }).click();
    await expect(page.getByRole("heading", { name: t.form.thanksTitle })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await sound();

  const { ref } = await row<{ ref: string }>("select ref from app.leads where business_name = $1", [business]);
  await signIn(page, admin.email);
  await page.goto("/admin/leads");
  await sound();
  await page.getByRole("link", { name: ref }).click();
  await sound();
  await page.getByRole("button", { name: t.moves.HANDED_OVER }).click();
  await expect(page.getByText(t.moved(ref, t.states.HANDED_OVER))).toBeVisible();
  await page.goto("/admin/leads/export");
  await sound();

  await page.goto("/admin/leads/erasures");
  await sound();
  const { phone } = await row<{ phone: string }>("select phone from app.leads where ref = $1", [ref]);
  await page.getByLabel(t.erasures.address).fill(phone);
  await page.getByLabel(t.erasures.askedBy).selectOption("WHATSAPP");
  await page.getByRole("button", { name: t.erasures.save }).click();
  await sound();
  await page.getByRole("button", { name: t.erasures.erase }).click();
  await expect(page.getByRole("heading", { name: t.erasures.receipt })).toBeVisible();
  await sound();
  await page.goto(`/admin/leads/${ref}`);
  await expect(page.getByText(t.erased)).toBeVisible();
  await expect(page.getByText(business)).toHaveCount(0);
});

test("the company's pages, in both languages by their address", async ({ page, sound }) => {
  for (const path of ["/tentang", "/kontak", "/privasi", "/ketentuan", "/mitra"]) {
    await page.goto(path);
    await sound();
    await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", new RegExp(`${path}$`));
    await page.goto(`${path}?lang=en`);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.locator("link[hreflang=id]")).toHaveAttribute("href", new RegExp(`${path}$`));
    await page.getByRole("button", { name: messages("en").ui.switchLanguage }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "id");
    await expect(page.getByRole("link", { name: company.links.privacy }).last()).toBeVisible();
  }
  expect(await (await page.request.get("/robots.txt")).text()).toMatch(/Disallow: \/\nSitemap: http/);
  expect(await (await page.request.get("/sitemap.xml")).text()).toContain("/mitra?lang=en</loc>");
});
