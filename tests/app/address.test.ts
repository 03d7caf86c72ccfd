import { expect, test } from "vitest";
import { loggedPath, safePath } from "#app/http/address.ts";
import { pageFrom } from "#app/incidents/report.ts";

test.each(["/orders", "/products?q=a%20b&brand=x", "/orders/ORD-2026-000001"])("goes on to %s", (path) => {
  expect(safePath(path, "/home")).toBe(path);
});

test.each([
  "https://evil.test",
  "//evil.test",
  "/\\evil.test",
  "\\\\evil.test",
  "/\t/evil.test",
  "javascript:alert(1)",
  "orders",
  "",
  "/a\nb",
  "/\u0000",
  "/x\\..\\y",
  "/..//evil.test",
  "/.//evil.test",
  "/%2e%2e//evil.test",
  "/a/..//evil.test",
  "/%2E//evil.test",
  `/${"a".repeat(600)}`,
  null,
  undefined,
  7,
  ["/orders"],
])("never leaves our site for %j", (value) => {
  expect(safePath(value, "/home")).toBe("/home");
});

test("a log says which page, and neither what was searched for nor the key in a mail's link", () => {
  expect(loggedPath("/orders?q=private")).toBe("/orders");
  expect(loggedPath("/bukan-saya/12.1800000000.abc?x=1")).toBe("/bukan-saya/…");
  expect(loggedPath("/b/12345k3m9qhx0v7w2n4tp?x=1")).toBe("/b/…");
  expect(loggedPath("//B/12345")).toBe("//B/…");
  expect(loggedPath("/%62/12345")).toBe("/b/…");
  expect(loggedPath("/x/12345K3M9QHX0V7W2N4TP")).toBe("/x/…");
  expect(loggedPath("/status/unsubscribe/7.KEY")).toBe("/status/unsubscribe/…");
  expect(loggedPath("/orders/ORD-2026-000001/dispute")).toBe("/orders/ORD-2026-000001/dispute");
});

test("whoever reports something tells which page he was on, and not the key in its address", () => {
  for (const page of ["/bukan-saya/12.1800000000.abc", "/%62ukan-saya/KEY", "/bukan-saya"])
    expect(pageFrom(page)).toBe("/bukan-saya");
  expect(pageFrom("/b/12345k3m9qhx0v7w2n4tp?x=1")).toBe("/b");
  expect(pageFrom("/status/confirm/7.KEY")).toBe("/status/confirm");
  expect(pageFrom("/12345k3m9qhx0v7w2n4tp")).toBe("/");
  expect(pageFrom("/orders/ORD-2026-000001?x=1")).toBe("/orders/ORD-2026-000001");
});

test.each([
  "/%62ukan-saya/KEY",
  "/bukan%2dsaya/KEY",
  "/BUKAN-SAYA/KEY",
  "/%62%75%6B%61%6E-saya/KEY",
  "/%2562ukan-saya/KEY",
  "//bukan-saya//KEY",
  "/./bukan-saya/KEY",
  "/bukan-saya\\KEY",
  "/bukan-saya%2FKEY",
  "/bukan-saya/%E0%A4%A/KEY",
  "/bukan-saya/KEY%",
  "/x/KEY",
  "/KEY.data",
  "/%62ukan-saya/KEY/x?next=KEY",
  "http://127.0.0.1/%62ukan-saya/KEY",
  "/bukan-saya/\u2028KEY",
])("no spelling of a link leaves its key in a log: %s", (path) => {
  const key = `12.1800000000.${"aB3_-".repeat(8)}xyz`;
  const encoded = [...key].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
  for (const written of [
    key,
    encoded,
    encoded.toUpperCase(),
    encoded.replaceAll("%", "%25"),
    key.replace(".", "%2e"),
  ]) {
    const logged = loggedPath(path.replaceAll("KEY", written));
    expect(logged).toContain("…");
    expect(logged).not.toContain("aB3");
    expect(logged).not.toMatch(/%(25)?6[12]/);
  }
});

test("any other path is logged as it came", () => {
  for (const path of ["/products/%C3%9Cmlaut%20x", "/%", "/%zz", "/a%2Fb", "/orders/12.1800000000.short"])
    expect(loggedPath(path)).toBe(path);
});
