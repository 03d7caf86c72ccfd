import { expect, test } from "vitest";
import { normaliseWhatsapp, orderText, whatsappLink } from "#app/ui/whatsapp.ts";

const order = {
  number: "ORD-2026-000123",
  storeName: "Salon Budi & Anak",
  storeCode: "PTR-0001",
  light: "GREEN" as const,
  total: 1_350_000,
  note: "",
  over: 0,
  lines: [{ sku: "ALF-0001", name: "Shampoo 1 L", quantity: 12, preorder: 2, unitPrice: 112_500 }],
};

test.each(["081234567890", "+62 812-3456-7890", "6281234567890", "81234567890", "0062 81234567890"])(
  "%s is one number",
  (typed) => {
    expect(normaliseWhatsapp(typed)).toBe("6281234567890");
  },
);

test.each(["", "halo", "0812", "+1 555 0100", "62812345678901234567"])("%j is no number", (typed) => {
  expect(normaliseWhatsapp(typed)).toBeNull();
});

test("the text tells number, store, lines, what waits for stock, and the total", () => {
  const text = orderText(order);
  for (const part of [
    "ORD-2026-000123",
    "Salon Budi & Anak (PTR-0001)",
    "Shampoo 1 L (ALF-0001) x 12 @ Rp 112.500 [pre-order 2]",
    "Total: Rp 1.350.000",
  ])
    expect(text).toContain(part);
  expect(text).not.toContain("PERINGATAN");
});

test("an order over the limit carries the warning with the difference; one not checked claims no difference", () => {
  expect(orderText({ ...order, light: "AMBER", over: 2_500_000 })).toContain(
    "[PERINGATAN SISTEM: KREDIT MELEBIHI LIMIT | SELISIH: Rp -2.500.000]",
  );
  const unknown = orderText({ ...order, light: "AMBER", over: 0 });
  expect(unknown).toContain("[PERINGATAN SISTEM: KREDIT BELUM DAPAT DIPERIKSA");
  expect(unknown).not.toContain("MELEBIHI");
});

test("the link survives ampersands, line breaks and emoji", () => {
  const link = new URL(whatsappLink("6281234567890", "a & b\n✂️ #1"));
  expect(link.pathname).toBe("/6281234567890");
  expect(link.searchParams.get("text")).toBe("a & b\n✂️ #1");
});
