import { expect, test } from "vitest";
import { orderText, wholeOrderText, whatsappLink } from "#app/ui/whatsapp.ts";

const order = {
  number: "ORD-2026-000123",
  storeName: "Salon Budi & Anak",
  storeCode: "PTR-0001",
  light: "GREEN" as const,
  creditApproved: null,
  total: 1_350_000,
  note: "",
  over: 0,
  lines: [{ sku: "ALF-0001", name: "Shampoo 1 L", unit: "botol", quantity: 12, preorder: 2, unitPrice: 112_500 }],
};

const page = "https://b2b.example/orders/ORD-2026-000123";
const many = (n: number, name: string) =>
  Array.from({ length: n }, (_, i) => ({ ...order.lines[0]!, sku: `ALF-${1000 + i}`, name: `${name} ${i + 1}` }));

test("number, store and total come first, then each line with its unit and what waits for stock", () => {
  const lines = [
    ...order.lines,
    { sku: "ALF-0002", name: "Sisir", unit: "pcs", quantity: 1, preorder: 0, unitPrice: 1 },
    { sku: "ALF-0003", name: "Cat 7/43", unit: "tube", quantity: 1_200, preorder: 0, unitPrice: 65_000 },
  ];
  expect(orderText({ ...order, lines, note: "Kirim pagi\nlewat belakang" }, page).split("\n")).toEqual([
    "*Order ORD-2026-000123*",
    "Toko: Salon Budi & Anak (PTR-0001)",
    "Total: Rp 1.350.000",
    "Catatan: Kirim pagi lewat belakang",
    "",
    "1. Shampoo 1 L (ALF-0001): 12 botol @ Rp 112.500 [pre-order 2 botol]",
    "2. Sisir (ALF-0002): 1 pcs @ Rp 1",
    "3. Cat 7/43 (ALF-0003): 1.200 tube @ Rp 65.000",
  ]);
});

test("an order over the limit carries the warning with the difference; one not checked claims no difference", () => {
  expect(
    orderText({ ...order, light: "AMBER", over: 2_500_000 }, page)
      .split("\n")
      .slice(2, 4),
  ).toEqual(["Total: Rp 1.350.000", "[PERINGATAN SISTEM: KREDIT MELEBIHI LIMIT | SELISIH: Rp -2.500.000]"]);
  const unknown = orderText({ ...order, light: "AMBER", over: 0 }, page);
  expect(unknown).toContain("[PERINGATAN SISTEM: KREDIT BELUM DAPAT DIPERIKSA");
  expect(unknown).not.toContain("MELEBIHI");
});

test("once an admin has agreed, the text says so and when, and warns no more", () => {
  const creditApproved = new Date("2026-11-21T07:05:00Z");
  const text = orderText({ ...order, light: "AMBER", over: 2_500_000, creditApproved }, page);
  expect(text).toContain("Kredit: disetujui admin, 21 Nov 2026 14.05 WIB");
  expect(text).not.toContain("PERINGATAN");
});

test.each([
  ["plain names", "Shampoo Anti Rontok 1 L", 15],
  ["names with signs of an address", "Cat & Developer #7/43 100% + ?", 15],
  ["names in other letters", "シャンプー 洗发水 شامبو", 5],
  ["emoji", "✂️💇🏽‍♀️".repeat(12), 1],
  ["names with line ends", "Sampo\r\n2. Palsu", 15],
])("200 lines, %s: the first that fit, how many are left, and the page that has them", (_, name, least) => {
  const text = orderText({ ...order, light: "AMBER", over: 2_500_000, lines: many(200, name) }, page);
  expect(text.length).toBeLessThanOrEqual(1_800);
  expect(whatsappLink("6281234567890", text).length).toBeLessThanOrEqual(6_100);
  const shown = text.split("\n").filter((line) => /^\d+\. /.test(line)).length;
  expect(shown).toBeGreaterThanOrEqual(least);
  expect(text).toContain(`\n… dan ${200 - shown} lainnya. Teks lengkapnya ada pada pengirim`);
  expect(text.endsWith(`(perlu masuk dengan akun): ${page}`)).toBe(true);
  expect(text).toContain("PERINGATAN SISTEM");
});

test("the text to copy holds every line, since whom it goes to may have no account", () => {
  const long = { ...order, lines: many(200, "Sampo") };
  expect(orderText(long, page), "control: the message of the link does not").not.toContain("\n200. ");
  expect(wholeOrderText(long)).toMatch(/\n200\. Sampo 200 \(ALF-1199\): .*$/);
  expect(wholeOrderText(long)).not.toMatch(/lainnya|perlu masuk/);
});

test("a long note is cut by whole characters, and leaves room for lines", () => {
  const text = orderText({ ...order, note: "💇🏽".repeat(125), lines: many(200, "Sampo") }, page);
  expect(text).toMatch(/\nCatatan: (💇|🏽)+…\n/u);
  expect(text).toContain("\n1. Sampo 1 (ALF-1000)");
  expect(whatsappLink("6281234567890", text).length).toBeLessThanOrEqual(6_100);
});

test("the link survives ampersands, line breaks and emoji", () => {
  const link = new URL(whatsappLink("6281234567890", "a & b\n✂️ #1"));
  expect(link.pathname).toBe("/6281234567890");
  expect(link.searchParams.get("text")).toBe("a & b\n✂️ #1");
});
