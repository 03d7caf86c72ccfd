import { expect, test } from "vitest";
import { rupiah, wib } from "#emails/format.ts";
import { shadowAlert } from "#emails/shadow-alert.tsx";

const example = shadowAlert.example;

test("the owner reads the agreed sentence, in HTML and in text", async () => {
  const { subject, html, text } = await shadowAlert("id", example);
  const sentence =
    "Halo Salon Budi Surabaya, Salesman Sari baru saja membuat order atas nama Anda. Hubungi kami jika ini tidak " +
    "sah. Order ORD-2026-000123, total Rp 1.350.000.";

  expect(html).toContain(sentence);
  expect(text).toContain(sentence);
  expect(subject).toContain("ORD-2026-000123");
});

test("in English the same facts, the order's link and a way to reach us", async () => {
  const { html, text } = await shadowAlert("en", example);

  for (const version of [html, text]) {
    expect(version).toContain(
      "Hello Salon Budi Surabaya, salesman Sari has just placed an order in your name. Contact us if this is not " +
        "authorised. Order ORD-2026-000123, total Rp 1.350.000.",
    );
    expect(version).toContain("Rp 1.350.000");
    expect(version).toContain(example.orderUrl);
    expect(version).toContain(`https://wa.me/${example.whatsapp}`);
    expect(version).toContain("21 Nov 2026 14.05 WIB");
  }
  expect(html).not.toContain('lang="id"');
});

test("each line with its sum, the total, the credit light and the ERP state in words, and how to say no", async () => {
  const { html, text } = await shadowAlert("id", example);
  expect(html).toContain(`href="${example.disputeUrl}"`);
  for (const version of [html.replace(/<[^>]+>/g, ""), text]) {
    for (const part of [
      "Sampo Kondisioner 1 L (2 x Rp 450.000)",
      "Rp 900.000",
      "Masker Rambut 500 ml (1 x Rp 450.000)",
      "Rp 1.350.000",
      "masih dalam batas kredit",
      "order diterima dan diteruskan ke gudang",
      "Bukan saya",
      "order ini langsung ditahan",
    ])
      expect(version).toContain(part);
  }
  const waiting = await shadowAlert("id", { ...example, light: "AMBER", degraded: true });
  expect(waiting.text).toContain("menunggu keputusan admin");
  expect(waiting.text).toContain(
    "Sistem sedang maintenance. Order Anda akan diproses manual oleh Admin. Mohon tunggu konfirmasi WA.",
  );
  const english = await shadowAlert("en", { ...example, degraded: true });
  expect(english.text).toContain("under maintenance");
  expect(english.text).toContain("“Not me”");
});

test("an order that waits for a credit decision is not said to be on its way to the warehouse", async () => {
  const sent = (light: "GREEN" | "AMBER") => shadowAlert("id", { ...example, light });
  const promise = "diteruskan ke gudang";
  expect((await sent("AMBER")).text).not.toContain(promise);
  expect((await sent("AMBER")).text).toContain("setelah admin menyetujui");
  expect((await sent("GREEN")).text, "control").toContain(promise);
});

test("the same order is the same mail to the byte, whenever it is written", async () => {
  expect(await shadowAlert("id", { ...example })).toEqual(await shadowAlert("id", { ...example }));
});

test("an article's name is text too", async () => {
  const { html } = await shadowAlert("id", {
    ...example,
    lines: [{ name: "<i>Sampo</i>\u202E", quantity: 1, price: 1_350_000 }],
  });
  expect(html).toContain("&lt;i&gt;Sampo&lt;/i&gt;");
  expect(html).not.toMatch(/\u202E/u);
});

test("without a number of ours the mail names none", async () => {
  const { html } = await shadowAlert("id", { ...example, whatsapp: null });

  expect(html).not.toContain("wa.me");
  expect(html).not.toContain("null");
});

test("a store's name is text, never markup, and cannot turn the reading direction or split the subject", async () => {
  const nasty = { ...example, storeName: '<b>Salon</b> "Tiga" & 💇', salesmanName: "\u202Eiras\u202C\r\nBcc: x@y.z" };
  const { subject, html, text } = await shadowAlert("id", nasty);

  expect(html).not.toContain("<b>");
  expect(html).toContain("&lt;b&gt;Salon&lt;/b&gt;");
  expect(text).toContain('Halo <b>Salon</b> "Tiga" & 💇, Salesman iras Bcc: x@y.z baru saja');
  for (const part of [subject, html, text]) expect(part).not.toMatch(/[\u202A-\u202E\u2066-\u2069\r]/u);
  expect(subject).not.toContain("\n");
});

test("money is whole rupiah with dots, moments are on Jakarta's clock", () => {
  expect([0, 999, 1_000, 1_350_000, -2_500_000].map(rupiah)).toEqual([
    "Rp 0",
    "Rp 999",
    "Rp 1.000",
    "Rp 1.350.000",
    "Rp -2.500.000",
  ]);
  expect(wib(new Date("2026-12-31T17:30:00Z"), "id")).toBe("1 Jan 2027 00.30 WIB");
  expect(wib(new Date("2026-08-01T00:05:00Z"), "id")).toBe("1 Agu 2026 07.05 WIB");
});
