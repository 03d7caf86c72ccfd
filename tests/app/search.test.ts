import { afterAll, expect, test } from "vitest";
import { closePool } from "#app/db/transaction.server.ts";
import { catalogue } from "#supabase/seed/catalogue.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { search, shelve } from "./support/shelves.ts";

afterAll(closePool);
const names = async (db: TestDb, q: string) => (await search(db, q)).products.map(({ name }) => name);

test(
  "every article is found first by its SKU: whole, small, without its hyphen, with a space for it",
  rolledBack(async (db) => {
    const missed: string[] = [];
    for (const { sku } of catalogue()) if ((await search(db, sku)).products[0]?.sku !== sku) missed.push(sku);
    expect(missed).toEqual([]);
    expect(
      await db.rows(`
        select typed from app.products p,
          unnest(array[lower(sku), replace(sku, '-', ''), replace(sku, '-', ' '), ' ' || sku || ' ']) typed
    where (select array_agg(f.id) from private.find_products(typed) f where f.rank = 0) is distinct from array[p.id]`),
    ).toEqual([]);
  }),
);

test(
  "every article is found first by its name",
  rolledBack(async (db) => {
    const missed: string[] = [];
    for (const { sku, name } of catalogue()) if ((await search(db, name)).products[0]?.sku !== sku) missed.push(name);
    expect(missed).toEqual([]);
  }),
);

test.each(["0042", "ALF-004", "alf004", "F-0042", "lf0042", "042", "alf-42", "ALF 42", "alf42"])(
  "a part of a SKU is enough, and its zeros need not be said: %s",
  (typed) =>
    rolledBack(async (db) => {
      const found = await db.as(null, () =>
        db.rows<{ sku: string }>("select p.sku from private.find_products($1) f join app.products p using (id)", [
          typed,
        ]),
      );
      expect(found.map(({ sku }) => sku)).toContain("ALF-0042");
      expect(found.length).toBeLessThan(600);
    })(),
);

test.each([
  ["a shade with a point", "4.66", "4.66"],
  ["with a comma", "4,66", "4.66"],
  ["with a slash", "4/66", "4.66"],
  ["with a hyphen", "4-66", "4.66"],
  ["its part behind the point", "pewarna 66", "4.66"],
  ["6.45 as 6/45", "6/45", "6.45"],
])("%s: %s", (_, typed, shade) =>
  rolledBack(async (db) => {
    const found = await names(db, typed);
    expect(found.length).toBeGreaterThan(0);
    for (const name of found) expect(name).toContain(` ${shade} `);
  })(),
);

test.each([
  ["250ml", "250 ml"],
  ["250 ML", "250 ml"],
  ["250 mililiter", "250 ml"],
  ["1 L", "1 L"],
  ["1 liter", "1 L"],
  ["1l", "1 L"],
  ["1000 ml", "1 L"],
  ["1.000 ml", "1 L"],
  ["1,000 ml", "1 L"],
  ["1 kg", "1 kg"],
  ["1000 gr", "1 kg"],
  ["5.5 inch", "5,5 inci"],
  ["5,5inci", "5,5 inci"],
  ["20vol", "20 Vol"],
  ["20 volume", "20 Vol"],
])("a quantity in any spelling: %s", (typed, size) =>
  rolledBack(async (db) => {
    const { products, total } = await search(db, typed);
    expect(products.length).toBeGreaterThan(0);
    for (const { name } of products) expect(name).toContain(size);
    expect(total).toBe(catalogue().filter(({ name }) => name.includes(` ${size}`)).length);
  })(),
);

test.each([
  ["sampo", "Shampoo"],
  ["SHAMPO keratin", "Shampoo Keratin"],
  ["creme", "Krim|Cream"],
  ["semir coklat", "Pewarna Rambut"],
  ["conditioner", "Kondisioner"],
  ["antiketombe", "Anti-Ketombe"],
])("another word for the same thing: %s", (typed, name) =>
  rolledBack(async (db) => {
    const found = await names(db, typed);
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each).toMatch(new RegExp(name));
  })(),
);

test.each([
  "loreal",
  "l'oreal",
  "L’Oréal",
  "LOREAL",
  "l oreal",
  "oreal",
  "Lo\u0301re\u0301al",
  "creme brulee",
  "crème brûlée",
  "Créme Brulee 6/35",
  "crm 12 345",
  "CRM-12-345",
  "crm12345",
  "6,35",
  "250 ml brulee",
])("accents, apostrophes and signs do not matter: %s", (typed) =>
  rolledBack(async (db) => {
    await shelve(db, { sku: "CRM-12-345", name: "Crème Brûlée 6/35 250ml" });
    expect((await search(db, typed)).products.map(({ sku }) => sku)).toContain("CRM-12-345");
  })(),
);

test(
  "an article that goes by another name, brand or shelf is found by that, and no longer by the old one",
  rolledBack(async (db) => {
    await shelve(db, { sku: "OLD-001", name: "Zyxwel Malam" });
    await db.rows("update app.products set name = 'Qorvane Siang' where sku = 'OLD-001'");
    expect((await search(db, "zyxwel")).total).toBe(0);
    expect((await search(db, "qorvane")).total).toBe(1);
    await db.rows("update app.brands set name = 'Mirandel' where slug = 'loreal-test'");
    expect((await search(db, "loreal")).total).toBe(0);
    expect((await search(db, "mirandel")).total).toBe(1);
    await db.rows("update app.categories set name_en = 'Vornatics' where slug = 'hair-colour'");
    expect((await search(db, "vornatics siang")).total).toBe(1);
    await db.rows("update app.products set active = false where sku = 'OLD-001'");
    expect((await search(db, "qorvane")).total).toBe(0);
  }),
);

test(
  "a synonym and a unit are rows of a table",
  rolledBack(async (db) => {
    await shelve(db, { sku: "OLD-001", name: "Zyxwel Malam 3 galon" });
    expect([(await search(db, "tengahmalam")).total, (await search(db, "11355 ml")).total]).toEqual([0, 0]);
    await db.rows("insert into app.search_synonyms values ('tengahmalam', 'malam', null), ('galon', 'ml', 3785)");
    expect([(await search(db, "tengahmalam")).total, (await search(db, "11355 ml")).total]).toEqual([1, 1]);
  }),
);

test.each([
  ["shmpoo", "shampoo"],
  ["kertin shampoo", "keratin shampoo"],
  ["lestvia 250ml", "lestavia 250ml"],
  ["cream bath", "creambath"],
  ["crea mbath", "creambath"],
  ["pomde matte", "pomade matte"],
  // As salons say it, which no article is called.
  ["sampho", "sampo"],
  ["samfo", "sampo"],
  ["shampho", "shampo"],
  ["samphoo keratin", "sampoo keratin"],
])("what finds nothing for its spelling is answered with what was meant: %s", (typed, meant) =>
  rolledBack(async (db) => {
    const found = await search(db, typed);
    expect(found.meant).toBe(meant);
    const right = await search(db, meant);
    expect(right.total).toBeGreaterThan(0);
    expect(right.meant).toBeNull();
    expect({ ...found, meant: null }).toEqual(right);
  })(),
);

test(
  "nothing is meant by what resembles nothing, and words that exist but not together are not explained away",
  rolledBack(async (db) => {
    for (const typed of ["xqzwv", "%%%", "---", "😀", "shampoo 4.66", "999 kg"])
      expect(await search(db, typed)).toMatchObject({ total: 0, products: [], meant: null });
  }),
);

test(
  "what is only on other shelves is said",
  rolledBack(async (db) => {
    expect(await search(db, "kuteks", { brand: "bravonto" })).toMatchObject({
      total: 0,
      elsewhere:
        44 - catalogue().filter(({ name }) => /^(Aseton|Lulur|Kikir)/.test(name) && name.includes("Kukelia")).length,
    });
    expect(await search(db, "kuteks", { brand: "kukelia" })).toMatchObject({ elsewhere: 0 });
  }),
);
