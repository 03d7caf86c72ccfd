import type { APIRequestContext } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, sari, staff } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { checkoutKey, post } from "./support/http.ts";
import { emptyCarts, signIn, signInBy, store } from "./support/people.ts";
import { mailsTo, mailProviderSays, row, setSms, textsTo } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const words = t.alerts;
const client = store("PTR-0004");
const auditor = staff.find(({ role }) => role === "AUDITOR")!;
const phoneOf = async () =>
  (
    await row<{ number: string }>(
      `
        select owner_whatsapp as number from app.partner_contacts c join app.partners p on p.id = c.partner_id
          where p.code = $1`,
      [client.code],
    )
  ).number;

/** Sari orders for a store. @returns the order's number. */
async function shadowOrder(request: APIRequestContext): Promise<string> {
  await emptyCarts(client.code);
  await signInBy(request, sari.email);
  await post(request, "/acting/end", {});
  expect((await post(request, `/clients/${client.code}/acting`, { reason: "Pemilik minta tolong" })).status()).toBe(
    303,
  );
  await post(request, "/cart/items", { sku: facts.high.sku, quantity: "3" });
  const sent = await post(request, "/checkout", { checkout_key: await checkoutKey(request), note: "" });
  expect(sent.status()).toBe(303);
  await post(request, "/acting/end", {});
  return sent.headers().location!.split("/").at(-1)!;
}
const mailAbout = async (number: string) =>
  (await mailsTo(client.email)).filter(({ subject }) => subject.includes(number));
const alertOf = (number: string) =>
  row<{ state: string; sms: string | null; open: number }>(
    `select max(a.state) filter (where channel = 'EMAIL') as state, max(a.state) filter (where channel = 'SMS') as sms,
            (select count(*)::int from app.tasks where dedup_key = 'phone-owner/' || o.number
              and done_at is null) as open
       from app.shadow_alerts a join app.orders o on o.id = a.order_id where o.number = $1 group by o.number`,
    [number],
  );

test("an owner reads each line by e-mail, the order by SMS; a bounce is seen, with no call if the SMS arrived", async ({
  page,
  request,
  sound,
}) => {
  const number = await shadowOrder(request);
  await expect.poll(() => mailAbout(number)).toHaveLength(1);
  const [mail] = await mailAbout(number);
  expect(mail!.text).toContain(facts.high.name);
  expect(mail!.text).toContain(
    `Salesman ${sari.name} baru saja membuat order atas nama Anda. Hubungi kami jika ini tidak sah. Order ` +
      `${number}, total`,
  );
  expect(mail!.html).toMatch(/\/bukan-saya\/\d+\.\d+\.[\w-]{43}"/);
  const phone = await phoneOf();
  const { code } = await row<{ code: string }>(
    "select private.dispute_code(id) as code from app.orders where number = $1",
    [number],
  );
  await expect
    .poll(async () => (await textsTo(phone)).filter(({ text }) => text.endsWith(`/b/${code}`)))
    .toHaveLength(1);

  await signIn(page, admin.email);
  await page.goto("/admin/alerts");
  await page.getByRole("link", { name: number, exact: true }).click();
  await expect(page).toHaveURL(`/admin/alerts/${number}`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("table", { name: words.tries })).toContainText(words.outcomes.DELIVERED, {
      timeout: 200,
    });
  }).toPass();
  await expect(page.getByText(t.alerts.delivery.SENT).first()).toBeVisible();
  await sound();

  // The SMS arrived, so a bounce alone makes nobody phone.
  expect(await mailProviderSays(mail!.id, "email.bounced", { eventId: `msg_${number}` })).toBe(204);
  expect(await mailProviderSays(mail!.id, "email.bounced", { eventId: `msg_${number}` })).toBe(204);
  expect(await alertOf(number)).toEqual({ state: "BOUNCED", sms: "SENT", open: 0 });
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: words.outcomes.BOUNCED })).toHaveCount(1);
});

test("neither road reaches the owner: staff phones, notes it, fixes the address, resends; auditors watch", async ({
  page,
  request,
  sound,
}) => {
  const phone = await phoneOf();
  await setSms("reject");
  let number: string;
  try {
    number = await shadowOrder(request);
    // The e-mail is enough.
    await expect.poll(() => alertOf(number)).toEqual({ state: "SENT", sms: "FAILED", open: 0 });
  } finally {
    await setSms("up");
  }
  const [first] = await mailAbout(number);
  expect(await mailProviderSays(first!.id, "email.bounced")).toBe(204);
  expect(await alertOf(number)).toEqual({ state: "BOUNCED", sms: "FAILED", open: 1 });

  await signIn(page, admin.email);
  await page.goto("/admin/alerts?state=PHONE");
  await expect(page.getByRole("row").filter({ hasText: number })).toContainText(`+${phone}`);
  await sound();
  await page.goto(`/admin/alerts/${number}`);
  await expect(page.getByText(`+${phone}`).first()).toBeVisible();
  await page.getByRole("button", { name: words.phoned }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  await sound();
  await page.getByLabel(words.note, { exact: true }).fill("Pemilik membenarkan ordernya");
  await page.getByRole("button", { name: words.phoned }).click();
  await expect(page).toHaveURL(`/admin/alerts/${number}`);
  await expect(page.getByRole("status").filter({ hasText: words.phonedDone(number) })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: words.outcomes.REACHED })).toContainText(
    `${admin.name} (${admin.code}): Pemilik membenarkan ordernya`,
  );
  expect((await alertOf(number)).open).toBe(0);

  await page.getByLabel(words.address.EMAIL).fill("bukan alamat");
  const mail = page.locator("form").filter({ has: page.getByLabel(words.address.EMAIL) });
  await mail.getByLabel(words.againReason, { exact: true }).fill("Alamat salah ketik");
  await mail.getByRole("button", { name: words.again }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.ADDRESS);
  await expect(page.getByLabel(words.address.EMAIL)).toHaveValue("bukan alamat");
  await page.getByLabel(words.address.EMAIL).fill(client.email);
  await mail.getByRole("button", { name: words.again }).click();
  await expect(page.getByRole("status").filter({ hasText: words.againDone(words.channels.EMAIL) })).toBeVisible();
  await expect.poll(() => mailAbout(number)).toHaveLength(2);

  await signIn(page, auditor.email);
  await page.goto(`/admin/alerts/${number}`);
  await expect(page.getByRole("table", { name: words.tries })).toContainText(words.outcomes.SENT_AGAIN);
  await expect(page.getByRole("button", { name: words.phoned })).toHaveCount(0);
  expect((await post(page.request, `/admin/alerts/${number}/phoned`, { note: "sudah ditelepon" })).status()).toBe(403);
  expect((await page.goto("/admin/alerts/ORD-2026-999999"))!.status()).toBe(404);
  expect((await page.goto(`/admin/alerts/${number}/nothing`))!.status()).toBe(404);
});
