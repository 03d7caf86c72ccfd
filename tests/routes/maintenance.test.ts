import { afterEach, beforeEach, expect, test } from "vitest";
import { env } from "#app/env.server.ts";
import { askMaintenance } from "#app/http/maintenance.server.ts";
import { stampField } from "#app/leads/lead.ts";
import { stampNow } from "#app/leads/stamp.server.ts";
import { stores } from "#tests/support/cast.ts";
import { everybody } from "./support/everybody.ts";
import { personas, type Persona } from "./support/senders.ts";

// Who gets what while the shop is closed (FULL) or only looked at (READ_ONLY).

const { owner, send } = everybody();
const words = { id: "Pindah ke server <baru>.", en: "Moving to a new server." };

/** As an admin has set it; the process has asked since. */
async function set(mode: "READ_ONLY" | "FULL" | null) {
  await owner.query("begin");
  await owner.query(
    `update app.maintenance set state = case state when 'PLANNED' then 'CANCELLED' else 'ENDED' end, ended_at = now()
      where ended_at is null`,
  );
  await owner.query("select private.audit('MAINTENANCE_CHANGED', 'maintenance', id::text) from app.maintenance");
  if (mode)
    await owner.query(
      `with made as (
         insert into app.maintenance (mode, starts_at, ends_at, text_id, text_en, reason, set_by)
           values ($1, now(), now() + interval '1 hour', $2, $3, 'Pindah server', 'ADM-001') returning id)
       select private.audit('MAINTENANCE_CHANGED', 'maintenance', id::text) from made`,
      [mode, words.id, words.en],
    );
  await owner.query("commit");
  await askMaintenance();
}
beforeEach(() => set(null));
afterEach(() => {
  delete env.MAINTENANCE_MODE;
  delete env.OFFLINE_PACK_URL;
});

const cart = { sku: "ALF-0001", quantity: "2" };
const statusOf = (who: Persona, path: string, body?: Record<string, string>) =>
  send(who, path, body).then(({ status }) => status);
const staff: Persona[] = ["admin", "auditor"];
const others = personas.filter((who) => !staff.includes(who));

test("FULL: everybody but staff gets the page, whatever he asks for and sends; staff goes on", async () => {
  await set("FULL");
  for (const who of others)
    for (const path of ["/", "/products", "/orders", "/products/ALF-0001", "/nowhere", "/bukan-saya/a.b.c"]) {
      const answer = await send(who, path);
      expect([who, path, answer.status]).toEqual([who, path, 503]);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(60);
    }
  for (const who of others) expect(await statusOf(who, "/cart/items", cart), who).toBe(503);
  for (const who of staff) expect(await statusOf(who, "/admin/orders"), who).toBe(200);
  expect(await (await send("admin", "/admin/orders")).text()).toContain("Toko ditutup untuk pemeliharaan");
  expect(await statusOf("admin", "/admin/settings/nothing", { value: "1", reason: "uji coba" })).not.toBe(503);
});

test("FULL: the page says what goes on, in both languages, until when, and the ways on", async () => {
  await set("FULL");
  const page = await (await send("guest", "/products")).text();
  for (const part of [
    "Kami sedang tutup untuk pemeliharaan",
    "Pindah ke server &#60;baru&#62;.",
    "Moving to a new server.",
    "WIB",
    `https://wa.me/${env.HQ_WHATSAPP}`,
    'href="/mitra"',
    'href="/status"',
    'href="/login"',
  ])
    expect(page).toContain(part);
  expect(page).not.toContain("daftar harga");
  env.OFFLINE_PACK_URL = "https://pack.alfa.test/katalog";
  expect(await (await send("guest", "/products")).text()).toContain('href="https://pack.alfa.test/katalog"');
});

test("FULL: health, the status, signing in and out and the language stay; programs get their 503 as JSON", async () => {
  await set("FULL");
  for (const path of ["/api/health", "/status", "/status.atom", "/login"])
    expect([path, await statusOf("guest", path)]).toEqual([path, 200]);
  expect(await statusOf("guest", "/language", { lang: "en", next: "/" })).toBe(303);
  expect(await statusOf("guest", "/status", { email: "a@contoh.test" })).toBe(503);
  const products = await send("guest", "/api/products");
  expect([products.status, await products.json()]).toMatchObject([
    503,
    { status: 503, type: "urn:problem-type:alfa:unavailable" },
  ]);
  // Signed in as a store he comes to the closed shop; a wrong password is told as ever.
  expect(await statusOf("guest", "/login", { email: "budi@demo.test", password: "" })).toBe(400);
});

test.each(["READ_ONLY", "FULL"] as const)("%s: who wants to become a partner is taken, and told so", async (mode) => {
  const lead = {
    business_name: `Salon ${mode}`,
    contact_name: "Ibu Ratna",
    phone_whatsapp: mode === "FULL" ? "081200000001" : "081200000002",
    city: "Surabaya",
    salon_type: "SALON",
    consent: "yes",
  };
  const stored = (name: string) =>
    owner.query("select from app.leads where business_name = $1", [name]).then(({ rowCount }) => rowCount);
  await set(mode);
  expect(await statusOf("guest", "/tentang"), "is it closed").toBe(mode === "FULL" ? 503 : 200); // Control.
  const form = await (await send("guest", "/mitra")).text();
  expect(form).toContain('name="business_name"');
  expect(form, "it is as ever here").not.toMatch(/hanya dapat dilihat|ditutup untuk pemeliharaan/);
  for (const path of ["/mitra/terima-kasih", "/privasi"])
    expect([path, await statusOf("guest", path)]).toEqual([path, 200]);
  const shown = stampNow(Date.now() - 60_000);
  expect(await statusOf("guest", "/mitra", { ...lead, consent: "", [stampField]: shown }), "mistakes").toBe(400);
  const sent = await send("guest", "/mitra", { ...lead, [stampField]: shown });
  expect([sent.status, sent.headers.get("location")]).toEqual([303, "/mitra/terima-kasih"]);
  expect(await stored(lead.business_name)).toBe(1);
  const program = { ...lead, business_name: `Program ${mode}` };
  expect(await statusOf("guest", "/api/leads", program)).toBe(202);
  expect(await stored(program.business_name)).toBe(1);
});

test("READ_ONLY: everybody reads, with a banner; what he sends is handed back and nothing is done", async () => {
  await set("READ_ONLY");
  const count = () =>
    owner.query("select from app.cart_items where partner_id = $1", [stores.budi]).then((r) => r.rowCount);
  const before = await count();
  for (const who of personas) {
    const page = await send(who, "/products");
    expect([who, page.status]).toEqual([who, 200]);
    expect(await page.text(), who).toContain("untuk sementara hanya dapat dilihat");
  }
  for (const who of others) {
    const answer = await send(who, "/cart/items", { ...cart, note: "tolong <cepat>" });
    expect([who, answer.status]).toEqual([who, 503]);
    const page = await answer.text();
    expect(page).toContain("tolong &#60;cepat&#62;");
    expect(page).toContain("Aman dikirim lagi");
  }
  expect(await count()).toBe(before);
  expect(await statusOf("guest", "/password/forgot", { email: "" })).not.toBe(503);
  expect(await statusOf("guest", "/bukan-saya/a.b.c", { note: "" })).not.toBe(503);
  expect(await statusOf("guest", "/webhooks/resend", {})).not.toBe(503);
  expect(await statusOf("guest", "/login", { email: "budi@demo.test", password: "" })).toBe(400);
  expect(await statusOf("admin", "/admin/status/end", { id: "1", version: "1", reason: "" })).toBe(400);
});

test("the environment goes before the setting, both ways; without it the setting decides", async () => {
  await set("FULL");
  env.MAINTENANCE_MODE = "READ_ONLY";
  expect(await statusOf("guest", "/products")).toBe(200);
  expect(await statusOf("guest", "/cart/items", cart)).toBe(503);
  await set(null);
  env.MAINTENANCE_MODE = "FULL";
  expect(await statusOf("guest", "/products")).toBe(503);
  expect(await statusOf("admin", "/admin/orders")).toBe(200);
  env.MAINTENANCE_MODE = "OFF";
  expect(await statusOf("guest", "/products")).toBe(200);
});

test("only an admin closes the shop on the page; the process follows when it has asked", async () => {
  const form = {
    mode: "FULL",
    from: "",
    until: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 16),
    textId: words.id,
    textEn: words.en,
    reason: "Pindah server",
  };
  for (const who of ["budi", "sari", "auditor"] as const)
    expect(await statusOf(who, "/admin/status/maintenance", form), who).toBe(403);
  const wrong = await send("admin", "/admin/status/maintenance", { ...form, until: "" });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain("Pindah ke server &lt;baru&gt;.");
  expect(await statusOf("admin", "/admin/status/maintenance", form)).toBe(303);
  await askMaintenance();
  expect(await statusOf("budi", "/orders")).toBe(503);
  expect(await (await send("auditor", "/admin/status")).text()).toContain("Pindah server");
});
