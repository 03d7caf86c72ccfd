import { expect, test } from "vitest";
import { disputeResolved } from "#emails/dispute-mails.tsx";
import { orderChanged, orderReceived } from "#emails/order-mails.tsx";

const { example } = orderReceived;

test("taken while the ERP is away, the confirmation carries the banner's promise word for word", async () => {
  const promise = "Sistem sedang maintenance. Order Anda akan diproses manual oleh Admin. Mohon tunggu konfirmasi WA.";
  expect((await orderReceived("id", { ...example, degraded: "yes" })).text).toContain(promise);
  expect((await orderReceived("id", example)).text).not.toContain("konfirmasi WA");
  expect((await orderReceived("en", { ...example, degraded: "yes" })).text).toContain(
    "Please wait for a confirmation by WhatsApp",
  );
});

test("each line with its pieces on pre-order and its sum, the total, the moment; and what it waits for", async () => {
  const { text } = await orderReceived("id", {
    ...example,
    light: "AMBER",
    lines: [{ name: "<b>Sampo</b>", quantity: 3, preorder: 2, price: 450_000 }],
  });
  for (const part of [
    "<b>Sampo</b> (3 x Rp 450.000, 2 pre-order)",
    "Rp 1.350.000",
    "21 Nov 2026 14.05 WIB",
    "baru diproses setelah disetujui admin. Hasilnya kami kirim lewat e-mail",
  ])
    expect(text).toContain(part);
});

test("why an order is held is said only where the owner can do something about it", async () => {
  const held = async (because: string, lang: "id" | "en") =>
    (await orderChanged(lang, { ...orderChanged.example, what: "HELD", because })).text;
  expect(await held("ACCOUNT", "id")).toContain("akun toko Anda sedang dibekukan");
  expect(await held("ACCOUNT", "id"), "no link to where he cannot get in").not.toContain("/orders/ORD-");
  expect(await held("", "id")).toContain("/orders/ORD-");
  expect(await held("", "id")).not.toContain("dibekukan");
  expect(await held("ACCOUNT", "en")).toContain("your store's account is suspended");
});

test("let go while it waits for approval, it is not said to go on", async () => {
  const { text } = await orderChanged("id", { ...orderChanged.example, what: "RELEASED", waits: "yes" });
  expect(text).toContain("setelah disetujui admin");
  expect(text).not.toContain("dilanjutkan.");
});

test("an owner who was right is told what is done on his report, and nothing that somebody must do first", async () => {
  for (const lang of ["id", "en"] as const) {
    const { text } = await disputeResolved(lang, { ...disputeResolved.example, outcome: "ABUSE" });
    expect(text).toContain(lang === "id" ? "tercatat pada salesman" : "stays on the record");
    expect(text).not.toMatch(/menindak|We act/);
  }
});
