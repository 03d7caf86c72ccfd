import { expect, test } from "vitest";
import { loggedPath, safePath } from "#app/http/address.ts";

test.each(["/orders", "/products?q=a%20b&brand=x", "/orders/ORD-2026-000001"])("goes on to %s", (path) => {
  expect(safePath(path, "/home")).toBe(path);
});

test.each([
  "https://evil.test", "//evil.test", "/\\evil.test", "\\\\evil.test", "/\t/evil.test", "javascript:alert(1)", "orders", "", "/a\nb", "/\u0000", "/x\\..\\y", "/..//evil.test", "/.//evil.test", "/%2e%2e//evil.test", "/a/..//evil.test", "/%2E//evil.test",
  `/${"a".repeat(600)}`, null, undefined, 7, ["/orders"],
])("never leaves our site for %j", (value) => {
  expect(safePath(value, "/home")).toBe("/home");
});

test("a log says which page, and neither what was searched for nor the key in a letter's link", () => {
  expect(loggedPath("/orders?q=private")).toBe("/orders");
  expect(loggedPath("/bukan-saya/12.1800000000.abc?x=1")).toBe("/bukan-saya/…");
  expect(loggedPath("/orders/ORD-2026-000001/dispute")).toBe("/orders/ORD-2026-000001/dispute");
});
