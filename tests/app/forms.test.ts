import { expect, test } from "vitest";
import { readInterrupted } from "#app/http/interrupted.server.ts";
import { quantity, quantityOrZero, readFilter, sku } from "#app/catalogue/catalogue.ts";
import { checkoutForm, mintKey } from "#app/carts/checkout.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";

test.each([
  ["1", 1],
  [" 12 ", 12],
  ["05", 5],
  ["1.000", 1000],
  ["1,000", 1000],
  ["9999", 9999],
])("%j is %i pieces", (typed, pieces) => {
  expect(quantity.parse(typed)).toBe(pieces);
});

test.each([
  "",
  "0",
  "-1",
  "1.5",
  "1,5",
  "1e3",
  "10000",
  "1000000000",
  "satu",
  "NaN",
  "Infinity",
  "٣",
  "0x10",
  "+5",
  "Rp 5",
  "1.0.0",
  "10.000",
])("%j is no quantity", (typed) => {
  expect(quantity.safeParse(typed).success).toBe(false);
});
test("zero takes a line out, nothing else does", () => {
  expect(quantityOrZero.parse("0")).toBe(0);
  expect(quantityOrZero.safeParse("-0").success).toBe(false);
});

test("an article number is read as people type it", () => {
  expect(sku.parse(" alf-0001 ")).toBe("ALF-0001");
  for (const typed of ["", "a b", "ALF'--", "x".repeat(40)]) expect(sku.safeParse(typed).success).toBe(false);
});

test("a minted key carries the digest of what was shown; a bare id carries none", () => {
  const digest = "0123456789abcdef0123456789abcdef";
  expect(checkoutForm.parse({ checkout_key: mintKey(digest) })).toMatchObject({
    next: "send",
    checkout_key: { digest },
  });
  expect(checkoutForm.parse({ checkout_key: crypto.randomUUID() })).toMatchObject({
    next: "send",
    checkout_key: { digest: null },
  });
  for (const key of ["", "1", `${crypto.randomUUID()}.x`, `${mintKey(digest)}'`])
    expect(checkoutForm.safeParse({ checkout_key: key }).success).toBe(false);
});

test("a cursor comes back as it went; a made-up one starts the list over", () => {
  expect(decodeCursor(encodeCursor(["Ümlaut 😀", 7]), "text", "id")).toEqual(["Ümlaut 😀", 7]);
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  for (const value of [
    null,
    "",
    "%%%",
    made({}),
    made([1]),
    made(["a", { b: 1 }]),
    made(["a\u0000", 1]),
    made(["a", 1.5]),
    made(["a", "1"]),
    made(["a", "1e30"]),
    made(["a", -1]),
    made([1, 1]),
    made(["a", 1, 1]),
  ]) {
    expect(decodeCursor(value, "text", "id")).toBeNull();
  }
});

test("a filter from a link is read or ignored, never an error", () => {
  const filter = readFilter(new URLSearchParams("q=%20sham%20&brand=../x&category=shampoo&after="));
  expect(filter).toMatchObject({ q: "sham", brand: null, category: "shampoo" });
  expect(readFilter(new URLSearchParams({ q: "x".repeat(500) })).q).toBe("");
});

test("an interrupted form leads to a page of ours or nowhere", () => {
  const kept = (path: string) => JSON.stringify({ path, fields: { note: "<b>", n: 1 } });
  expect(readInterrupted(kept("/checkout"))).toEqual({ path: "/checkout", fields: { note: "<b>" } });
  for (const path of ["https://evil.test", "//evil.test", "/logout", "/login"])
    expect(readInterrupted(kept(path))).toBeNull();
  for (const text of [undefined, "", "null", "{", "[]", '{"path":"/checkout"}'])
    expect(readInterrupted(text)).toBeNull();
});
