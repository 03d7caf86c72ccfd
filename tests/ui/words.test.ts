import { renderToStaticMarkup } from "react-dom/server";
import { createElement } from "react";
import { expect, test } from "vitest";
import { errorText, messages, ofEveryRoom } from "#app/words.ts";
import { type BannerState, Banners, type Reader } from "#app/ui/banners.tsx";
import { keysOf } from "#app/ui/keys.ts";
import { LanguageProvider } from "#app/ui/language.tsx";
import { readSchema } from "#supabase/local/schema.ts";
import { wordFor } from "#app/ui/word.ts";

test("what the business fixed word for word is said word for word", () => {
  const t = messages("id");
  expect(t.ui.banners.degraded.store).toBe(
    "Sistem sedang maintenance. Order Anda akan diproses manual oleh Admin. Mohon tunggu konfirmasi WA.",
  );
  expect(t.ui.banners.stockAge(42)).toBe("Data stok terakhir diperbarui 42 menit lalu.");
  expect(t.carts.saving("Rp 150.000", "Gold")).toBe("ANDA HEMAT: Rp 150.000 (Benefit Gold)");
  expect([t.carts.marketTotal, t.carts.partnerTotal]).toEqual(["Harga Pasar", "Harga Spesial Partner"]);
  expect([t.carts.checkout.send, t.carts.checkout.ask]).toEqual(["Kirim Order", "Ajukan Approval"]);
  expect(Object.values(t.catalogue.stock)).toEqual(["Tersedia", "Terbatas", "Pre-Order"]);
  expect(t.carts.codes.NO_REGION).toBe("Wilayah Anda belum terdaftar. Hubungi Admin untuk aktivasi.");
  expect(t.carts.stockShort(5)).toBe("Stok tinggal 5. Kurangi jumlah atau centang pre-order.");
  expect(t.orders.noSubdistributor).toBe("Tidak ada Sub-Distributor aktif di wilayah Anda.");
});

test("the acting bar reads as one sentence and ends the session by a plain form", () => {
  const bar = createElement(Banners, {
    degraded: false,
    stockAgeMinutes: null,
    acting: { storeName: "Salon Budi", minutesLeft: 42, until: "2026-11-30T12:05:00Z" },
  });
  const html = renderToStaticMarkup(createElement(LanguageProvider, { lang: "id", children: bar }));
  expect(html.replace(/<[^>]+>/g, "")).toBe(
    "Anda bertindak sebagai Salon Budi · 42 menit lagi (19.05 WIB) · Akhiri · Ganti toko",
  );
  expect(html).toMatch(/<form method="post"[^>]* action="\/acting\/end"/);
});

test("notices come in one order, and the stock's age only when it is old", () => {
  const all = createElement(Banners, {
    degraded: true,
    reader: "salesman",
    stockAgeMinutes: 31,
    acting: { storeName: "Salon Budi", minutesLeft: 0, until: "2026-11-30T12:05:00Z" },
    bypassUntil: "2026-11-21T07:05:00Z",
  });
  const text = renderToStaticMarkup(all).replace(/<[^>]+>/g, "|");
  const order = ["Sistem sedang", "CREDIT_CHECK_BYPASS", "Data stok", "kurang dari 1 menit lagi"].map((word) =>
    text.indexOf(word),
  );
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(-1);
  expect(renderToStaticMarkup(createElement(Banners, { degraded: false, stockAgeMinutes: 30, acting: null }))).toBe("");
});

const readers = keysOf(messages("id").ui.banners.degraded);
const read = (reader: Reader, more: Partial<BannerState> & { path?: string } = {}) =>
  renderToStaticMarkup(
    createElement(Banners, { degraded: true, reader, stockAgeMinutes: null, acting: null, ...more }),
  ).replaceAll("&amp;", "&");

test("each reader is told what a dead ERP means for him; a promise for orders of theirs only to stores", () => {
  const t = messages("id").ui.banners;
  for (const reader of readers) {
    expect(read(reader)).toContain(t.degraded[reader]);
    expect(read(reader).includes("Order Anda"), reader).toBe(reader === "store");
    expect(read(reader).includes('<a href="/admin/erp">'), reader).toBe(reader === "admin" || reader === "auditor");
    expect(read(reader, { degraded: false, stockUnknown: true })).toContain(t.stockUnknown[reader]);
  }
  expect(new Set(Object.values(t.degraded)).size).toBe(readers.length);
});

test("in degraded mode stock has its age from the first minute, wherever one buys by it", () => {
  const shop = ["/products", "/products?q=a", "/products/SHA-001", "/cart", "/cart/items", "/checkout"];
  for (const path of shop) {
    expect(read("store", { stockAgeMinutes: 1, path }), path).toContain("Data stok terakhir diperbarui 1 menit lalu.");
    expect(read("store", { stockAgeMinutes: 0, path }), path).toContain("diperbarui kurang dari 1 menit lalu.");
    expect(read("store", { stockAgeMinutes: 1, path, degraded: false }), path).toBe("");
    expect(read("store", { stockAgeMinutes: null, path }), "nobody's to know").not.toContain("Data stok");
  }
  for (const path of ["/dashboard", "/orders", "/productsx"])
    expect(read("store", { stockAgeMinutes: 30, path }), path).not.toContain("Data stok");
});

test("a code without a sentence is never shown raw", () => {
  expect(errorText("id", "toString")).toBe(messages("id").http.codes.BAD_INPUT);
  expect(errorText("en", "EMPTY_CART")).toBe(messages("en").carts.codes.EMPTY_CART);
});

test("no two rooms have a sentence for one refusal, or a name for one act", () => {
  for (const name of ["codes", "trail", "trailFacts"] as const) {
    const rooms: Array<Record<string, unknown>> = Object.values(messages("id"));
    const named = rooms.flatMap((room) => Object.keys(room[name] ?? {}));
    expect(named.filter((each, at) => named.indexOf(each) !== at)).toEqual([]);
    expect(named.length).toBeGreaterThan(25);
  }
});

test("every act that the database writes into the trail has a name in both languages", () => {
  const schema = readSchema().sql;
  // private.audit('X', …), and the acts that stand in a case.
  const acts = new Set(
    [...schema.matchAll(/private\.audit\(\s*((?:case when [^;]*? end|'[A-Z_]+'))/g)].flatMap(([, first]) =>
      [...first!.matchAll(/'([A-Z]+_[A-Z_]+)'/g)].map(([, act]) => act!),
    ),
  );
  expect(acts.size).toBeGreaterThan(40);
  for (const lang of ["id", "en"] as const) {
    const names = ofEveryRoom(messages(lang), "trail");
    expect([...acts].filter((act) => !wordFor(names, act))).toEqual([]);
  }
});

test("every code that the database writes in place of a note has words in both languages", () => {
  const noted =
    /(?:finish_task|close_incident|fail_alert|accept_alert|note_attempt)\(.*?, ('\w+'|case .*? end)(?:, \S+)?\)/g;
  const codes = [...readSchema().sql.matchAll(noted)].flatMap(([, code]) =>
    [...code!.matchAll(/^'(\w+)'$|(?:then|else) '(\w+)'/g)].map(([, one, either]) => one ?? either!),
  );
  expect(codes).toEqual(expect.arrayContaining(["WHATSAPP_OPENED", "SMS_ACCEPTED", "SENDER_ENDED"]));
  for (const lang of ["id", "en"] as const) {
    const { incidents, alerts } = messages(lang);
    const words = { ...incidents.tasks.notes, ...alerts.details, ...alerts.outcomes };
    expect(codes.filter((code) => !wordFor(words, code))).toEqual([]);
  }
});
