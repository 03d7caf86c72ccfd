import { expect, test } from "vitest";
import { pageSize, searchMost } from "#app/catalogue/catalogue.ts";
import { bigProducts } from "#supabase/seed/big-sql.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { page, search, shelve } from "./support/shelves.ts";

const found = async (db: TestDb, q: string, more: Record<string, string> = {}) => {
  const { products, missing } = await search(db, q, more);
  return { skus: products.map(({ sku }) => sku), missing };
};
const alf = (n: number) => `ALF-${String(n).padStart(4, "0")}`;

test.each([
  ["spaces", "ALF-0012 ALF-0001 ALF-0100 ALF-0005"],
  ["commas", "ALF-0012,ALF-0001, ALF-0100 ,ALF-0005,"],
  ["semicolons", ";ALF-0012;ALF-0001; ALF-0100;;ALF-0005"],
  ["tabs", "ALF-0012\tALF-0001\tALF-0100\tALF-0005"],
  ["ends of lines", "ALF-0012\nALF-0001\r\nALF-0100\r\nALF-0005\n"],
  ["spaces that do not break", "ALF-0012\u00a0ALF-0001\u00a0ALF-0100\u00a0ALF-0005"],
  ["small, without hyphens", "alf0012 alf0001 Alf0100 aLF0005"],
  ["spaces for hyphens", "ALF 0012 alf 0001, ALF  0100;ALF\u00a00005"],
  ["other hyphens", "ALF–0012 ALF‑0001 ALF−0100 ALF-0005"],
  ["without their zeros", "alf-12 ALF 1 alf100, ALF-5"],
  ["all of it at once, one of them twice", "ALF-0012 alf0001, alf-0012;ALF 0100\nalf-5"],
])("several SKUs are exactly these articles, in the order typed: %s", (_, typed) =>
  rolledBack(async (db) => {
    expect(await found(db, typed)).toEqual({ skus: [12, 1, 100, 5].map(alf), missing: [] });
  })(),
);

test.each([
  ["ALF-0001 XYZ-9 ALF-0012", [1, 12], ["XYZ-9"]],
  ["xyz 9, ALF-0001; shampoo\nALF-0012 xyz 9", [1, 12], ["xyz 9", "shampoo"]],
  ["ALF-0001 XYZ-9", [1], ["XYZ-9"]],
  ["250ml ALF-0001, 4,66 alf12", [1, 12], ["250ml", "4", "66"]],
] as const)("what is no article is said as it was typed, the rest is shown: %s", (typed, skus, missing) =>
  rolledBack(async (db) => {
    expect(await found(db, typed)).toEqual({ skus: skus.map(alf), missing });
  })(),
);

test(
  "words with one SKU among them, and words that are none, are looked for as words",
  rolledBack(async (db) => {
    expect(await found(db, "shampoo ALF-0001")).toEqual({ skus: ["ALF-0001"], missing: [] });
    expect((await search(db, "shampoo keratin")).products.length).toBeGreaterThan(1);
    expect(await search(db, "XYZ-9 XYZ-10")).toMatchObject({ total: 0, products: [], missing: [] });
    expect(await search(db, "shmpoo")).toMatchObject({ missing: [], meant: "shampoo" });
  }),
);

test(
  "an article that is not sold, or has no price for this store, is none to be found",
  rolledBack(async (db) => {
    await shelve(db, { sku: "NEW-001", name: "Tanpa Harga" }, { sku: "OLD-001", name: "Zyxwel Malam" });
    await db.rows("update app.products set active = false where sku = 'OLD-001'");
    const q = "ALF-0001 NEW-001 OLD-001 ALF-0012";
    expect(await found(db, q)).toEqual({ skus: ["ALF-0001", "NEW-001", "ALF-0012"], missing: ["OLD-001"] });
    const own = await page(db, { q }, people.budi);
    expect(own.products.map(({ sku, price }) => [sku, price !== null])).toEqual([
      ["ALF-0001", true],
      ["ALF-0012", true],
    ]);
    expect(own.missing).toEqual(["NEW-001", "OLD-001"]);
  }),
);

test(
  "on one shelf, and by price: what stands elsewhere is missing, and counted where nothing is left",
  rolledBack(async (db) => {
    await shelve(db, { sku: "NEW-001", name: "Lain Merek" });
    const q = "ALF-0001 NEW-001 ALF-0012";
    expect(await found(db, q, { brand: "loreal-test" })).toEqual({
      skus: ["NEW-001"],
      missing: ["ALF-0001", "ALF-0012"],
    });
    expect(await search(db, q, { category: "nail-care" })).toMatchObject({ total: 0, elsewhere: 3 });
    const dear = await page(db, { q: "ALF-0001 ALF-0033 ALF-0005", sort: "price-desc" }, people.budi);
    expect(dear.products.map(({ sku }) => sku)).toEqual(["ALF-0033", "ALF-0005", "ALF-0001"]);
  }),
);

test(
  "as many as the field holds: a page of them fits, and of more there is a next page, in the order typed",
  rolledBack(async (db) => {
    const many = Array.from({ length: 44 }, (_, index) => alf(440 - index * 10));
    expect(many.slice(0, pageSize).join(", ").length).toBeLessThanOrEqual(searchMost);
    const q = many.join(" ");
    expect(q.length).toBeLessThanOrEqual(searchMost);
    const first = await search(db, q);
    const second = await search(db, q, { after: first.next! });
    expect([first.total, first.products.length, first.missing, second.missing]).toEqual([44, pageSize, [], []]);
    expect([...first.products, ...second.products].map(({ sku }) => sku)).toEqual(many);
    expect((await search(db, q, { before: second.previous! })).products).toEqual(first.products);
  }),
);

test(
  "each is looked up in an index, with 2,000 articles",
  rolledBack(async (db) => {
    await db.rows(bigProducts, [2000]);
    await db.rows("analyze app.products, app.prices");
    await db.rows("set local plan_cache_mode = force_generic_plan"); // As the web's connections have it.
    const source = await db.value<string>("select prosrc from pg_proc where proname = 'find_articles'");
    const statement = /return query\s+(.+?);\s+if not found/s.exec(source)![1]!.replaceAll("p_typed", "$1");
    await db.rows(`prepare listing (text) as ${statement}`);
    const plan = (await db.rows<{ "QUERY PLAN": string }>("explain execute listing ('')"))
      .map((line) => line["QUERY PLAN"])
      .join("\n");
    expect(plan).toContain("products_exact_sku_idx");
    expect(plan).not.toContain("Seq Scan");
  }),
);
