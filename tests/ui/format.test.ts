import fs from "node:fs";
import { expect, test } from "vitest";
import { formatDecimal, formatRupiah, formatWib } from "#app/ui/format.ts";
import { formatRelative } from "#app/ui/relative.ts";
import { typedNumber } from "#app/ui/typed-number.ts";
import { productPicture } from "#app/routes/pictures.$file/picture.ts";

test("money reads as rupiah in the reader's language, whatever its size or sign", () => {
  const amounts = [0, 999, 1_350_000, -2_500_000, -250_000];
  expect(amounts.map((n) => formatRupiah(n, "id"))).toEqual([
    "Rp 0",
    "Rp 999",
    "Rp 1.350.000",
    "−Rp 2.500.000",
    "−Rp 250.000",
  ]);
  expect(amounts.map((n) => formatRupiah(n, "en"))).toEqual([
    "Rp 0",
    "Rp 999",
    "Rp 1,350,000",
    "−Rp 2,500,000",
    "−Rp 250,000",
  ]);
});

test("numbers have the signs of the reader's language, and are understood when they are typed back", () => {
  const numbers = [0, 12.5, 1_234_567, -1_200, 0.005, -0.001, 1_000.25];
  expect(numbers.map((n) => formatDecimal(n, "id"))).toEqual([
    "0",
    "12,5",
    "1.234.567",
    "−1.200",
    "0,01",
    "0",
    "1.000,25",
  ]);
  expect(numbers.map((n) => formatDecimal(n, "en"))).toEqual([
    "0",
    "12.5",
    "1,234,567",
    "−1,200",
    "0.01",
    "0",
    "1,000.25",
  ]);
  for (const n of [1, 1_000, 12_345_678, 12.5, 1_000.25])
    for (const lang of ["id", "en"] as const) expect(typedNumber(formatDecimal(n, lang))).toBe(n);
});

test("nobody else writes numbers: app/ui/format.ts alone knows their signs", () => {
  const sources = fs.globSync("app/**/*.{ts,tsx}").filter((file) => file !== "app/ui/format.ts");
  expect(sources.length).toBeGreaterThan(300);
  const own = /toLocaleString|Intl\.NumberFormat|`Rp |"Rp "|\.replace\("\.", ","\)/;
  expect(sources.filter((file) => own.test(fs.readFileSync(file, "utf8")))).toEqual([]);
});

test("moments are told in Jakarta's time", () => {
  expect(formatWib("2026-11-21T07:05:00Z", "id")).toBe("21 Nov 2026 14.05 WIB");
  expect(formatWib("2026-12-31T17:00:00Z", "id")).toBe("1 Jan 2027 00.00 WIB");
  expect(formatWib("2026-08-09T18:30:00Z", "en")).toBe("10 Aug 2026 01:30 WIB");
});

test("an age is told in the largest unit that is not nought", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  expect(formatRelative("2026-11-21T11:59:40Z", "id", now)).toBe("baru saja");
  expect(formatRelative("2026-11-21T11:55:00Z", "id", now)).toBe("5 menit lalu");
  expect(formatRelative("2026-11-20T13:00:00Z", "en", now)).toBe("23 h ago");
  expect(formatRelative("2026-11-18T12:00:00Z", "id", now)).toBe("3 hari lalu");
  // What is to come: as much as is surely left. A clock that is a little ahead is none.
  expect(formatRelative("2026-11-21T12:00:40Z", "id", now)).toBe("baru saja");
  expect(formatRelative("2026-11-21T12:14:59Z", "id", now)).toBe("14 menit lagi");
  expect(formatRelative("2026-11-21T13:30:00Z", "en", now)).toBe("in 1 h");
  expect(formatRelative("2026-12-05T12:00:00Z", "id", now)).toBe("14 hari lagi");
});

test("a picture is the same for the same slug, and nothing a slug says gets into it", () => {
  expect(productPicture("shampoo-3-17")).toBe(productPicture("shampoo-3-17"));
  expect(productPicture("shampoo-3-17")).not.toBe(productPicture("shampoo-3-18"));
  for (const bad of ["", "shampoo", "shampoo-3", 'x"><script>-1-1', "../etc-1-1", "Shampoo-1-1", "shampoo-3-17.svg"])
    expect(productPicture(bad)).toBeNull();
});
