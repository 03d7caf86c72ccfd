import { expect, test } from "vitest";
import { formatRupiah, formatWib } from "#app/ui/format.ts";
import { formatRelative } from "#app/ui/relative.ts";
import { productPicture } from "#app/routes/pictures.$file/picture.ts";

test("money reads as rupiah, whatever its size or sign", () => {
  expect(formatRupiah(0)).toBe("Rp 0");
  expect(formatRupiah(999)).toBe("Rp 999");
  expect(formatRupiah(1_350_000)).toBe("Rp 1.350.000");
  expect(formatRupiah(-2_500_000)).toBe("Rp -2.500.000");
  expect(formatRupiah(-250_000)).toBe("Rp -250.000");
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
});

test("a picture is the same for the same slug, and nothing a slug says gets into it", () => {
  expect(productPicture("shampoo-3-17")).toBe(productPicture("shampoo-3-17"));
  expect(productPicture("shampoo-3-17")).not.toBe(productPicture("shampoo-3-18"));
  for (const bad of ["", "shampoo", "shampoo-3", 'x"><script>-1-1', "../etc-1-1", "Shampoo-1-1", "shampoo-3-17.svg"])
    expect(productPicture(bad)).toBeNull();
});
