import { expect, test } from "vitest";
import { decisionForm, pickedOrders, readReconcileFilter } from "#app/reconcile/reconcile.ts";
import { outcomeText } from "#app/reconcile/store-message.ts";
import { writeMail } from "#emails/mails.ts";

const checked = "2026-11-22 01:40:11.123456+00";

test("a decision needs what its resolution needs, and names the comparison that was looked at", () => {
  const wrong = (form: object) =>
    decisionForm.safeParse(form).error?.issues.map(({ path, message }) => [path.join("."), message]) ?? [];
  expect(wrong({ checked })).toEqual([["resolution", "RESOLUTION"]]);
  expect(wrong({ resolution: "CUT", checked })).toEqual([]);
  expect(wrong({ resolution: "CANCEL", note: "x", checked })).toEqual([["note", "REASON_REQUIRED"]]);
  expect(wrong({ resolution: "KEYED", note: "Diketik di gudang", document: "M 17", checked })).toEqual([
    ["document", "ERP_NUMBER"],
  ]);
  expect(wrong({ resolution: "KEYED", note: "Diketik di gudang", document: "M/17-a" })).toEqual([]);
  expect(wrong({ resolution: "CUT", checked: "yesterday" })).toEqual([["checked", "STALE"]]);
  expect(
    decisionForm.parse({ resolution: "KEYED", note: "Diketik di gudang", document: " M-17 ", checked: "" }),
  ).toMatchObject({ document: "M-17", checked: null });
});

test("orders ticked in a list are read from the names of fields, bounded, and nothing else is", () => {
  const fields: Array<[string, string]> = [
    ["o-ORD-2026-000001", checked],
    ["o-ORD-2026-000002", "'; drop"],
    ["o-x", checked],
    ["to", "CUT"],
    ["__proto__", checked],
    ["o-ORD-2026-000001", checked],
  ];
  expect(pickedOrders(fields)).toEqual([{ number: "ORD-2026-000001", checked }]);
  expect(
    pickedOrders(Array.from({ length: 80 }, (_, n) => [`o-ORD-2026-${String(n).padStart(6, "0")}`, checked])),
  ).toHaveLength(50);
});

test("what a link asks for beyond the known is the open ones", () => {
  expect(readReconcileFilter(new URLSearchParams("state=SHORT&after=x"))).toEqual({ state: "SHORT", after: "x" });
  expect(readReconcileFilter(new URLSearchParams("state=toString"))).toEqual({ state: "open", after: null });
});

test("the message to the store says what changes, in its language", () => {
  const lines = [
    { sku: "A", name: "Sampo", from: 10, to: 7 },
    { sku: "B", name: "Masker", from: 2, to: 0 },
  ];
  const told = { number: "ORD-2026-000001", store: "Salon Budi", total: 700_000 };
  expect(outcomeText("id", { ...told, outcome: "CUT", lines })).toBe(
    [
      "Halo Salon Budi, order *ORD-2026-000001* sudah kami periksa.",
      "Maaf, stok tidak cukup untuk semuanya. Perubahannya:",
      "- Sampo: 7 dari 10",
      "- Masker: tidak dikirim (dipesan 2)",
      "Total: Rp 700.000",
      "Terima kasih sudah menunggu.",
    ].join("\n"),
  );
  expect(
    outcomeText("en", { ...told, outcome: "PREORDER", lines: [{ sku: "A", name: "Shampoo", from: 1, to: 4 }] }),
  ).toContain("- Shampoo: 3 waiting for stock");
  expect(outcomeText("id", { ...told, outcome: "CANCEL", lines: [] })).not.toContain("Total");
});

test("the mail says the outcome, the new total of a cut, and nothing of the ERP", async () => {
  const facts = {
    store: "Salon Budi",
    order: "ORD-2026-000001",
    total: 700_000,
    path: "/orders/ORD-2026-000001",
    appUrl: "https://b2b.example",
    whatsapp: "628110000001",
  };
  const cut = await writeMail("ORDER_RECONCILED", "id", { ...facts, outcome: "CUT" });
  expect(cut.subject).toBe("Ada perubahan pada order ORD-2026-000001");
  for (const part of [
    "Stok tidak cukup untuk semuanya",
    "Total baru",
    "Rp 700.000",
    "https://b2b.example/orders/ORD-2026-000001",
  ])
    expect(cut.text).toContain(part);
  const cancelled = await writeMail("ORDER_RECONCILED", "en", { ...facts, outcome: "CANCEL" });
  expect(cancelled.subject).toBe("Order ORD-2026-000001 is cancelled");
  expect(cancelled.text).not.toContain("Rp");
  for (const outcome of ["CONFIRMED", "ACCEPT", "KEYED", "PREORDER"])
    expect((await writeMail("ORDER_RECONCILED", "id", { ...facts, outcome })).text).not.toMatch(/ERP|DUPLICATE|CREDIT/);

  // What waits for a credit decision does not go on, and the mail does not say so.
  for (const outcome of ["CONFIRMED", "ACCEPT", "KEYED"]) {
    const waits = await writeMail("ORDER_RECONCILED", "id", { ...facts, outcome, approval: "waits" });
    expect(waits.text).toContain("baru diproses setelah disetujui admin");
    expect(waits.subject + waits.text).not.toContain("diteruskan");
  }
});
