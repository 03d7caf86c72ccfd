import { afterAll, expect, test } from "vitest";
import { closePool, Db } from "#app/db/door.server.ts";
import { listProducts, productPage } from "#app/catalogue/catalogue.server.ts";
import { readFilter } from "#app/catalogue/catalogue.ts";
import { bigProducts } from "#supabase/seed/big-sql.ts";
import { catalogue } from "#supabase/seed/catalogue.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

afterAll(closePool);

const dbOf = ({ sql }: TestDb) => new Db((text, values) => sql.query(text, values));
/** What an address of the catalogue shows to a person; null: a guest. */
const page = (db: TestDb, query: Record<string, string>, who: string | null = null) =>
  db.as(who, () => listProducts(dbOf(db), readFilter(new URLSearchParams(query)), "id", who !== null));
const search = (db: TestDb, q: string, more: Record<string, string> = {}) => page(db, { q, ...more });
const names = async (db: TestDb, q: string) => (await search(db, q)).products.map(({ name }) => name);

/** Articles of a brand that people write in more ways than one. */
async function shelve(db: TestDb, ...articles: Array<{ sku: string; name: string }>) {
  const brand = await db.value<number>(
    "insert into app.brands (slug, name) values ('loreal-test', 'L''Oréal Professionnel') returning id",
  );
  for (const { sku, name } of articles) {
    await db.rows(
      `
        insert into app.products (sku, brand_id, category_id, name, picture)
          values ($1, $2, (select id from app.categories where slug = 'hair-colour'), $3, 'shampoo-1-0')`,
      [sku, brand, name],
    );
  }
}

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
])("what finds nothing for its spelling is answered with what was meant: %s", (typed, meant) =>
  rolledBack(async (db) => {
    const found = await search(db, typed);
    expect(found.meant).toBe(meant);
    expect([found.total, found.products]).toEqual([0, []]);
    expect((await search(db, meant)).total).toBeGreaterThan(0);
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

test(
  "the best comes first: whole words before beginnings, the name before the shelf",
  rolledBack(async (db) => {
    await shelve(db, { sku: "AAA-001", name: "Abc Matteo" }, { sku: "ZZZ-001", name: "Zz Matte" });
    const found = (await search(db, "matte")).products.map(({ sku }) => sku);
    expect(found.indexOf("ZZZ-001")).toBeGreaterThanOrEqual(0);
    expect(found.indexOf("AAA-001")).toBeGreaterThan(found.indexOf("ZZZ-001"));
  }),
);

test.each([
  [{}, null],
  [{ q: "shampoo" }, null],
  [{ q: "rambut", sort: "price" }, people.budi],
  [{ sort: "price-desc" }, people.budi],
  [{ sort: "price", brand: "kukelia" }, people.maya],
  [{ q: "0", sort: "name" }, null],
] as const)("every row once forwards, the same pages backwards: %j", (query, who) =>
  rolledBack(async (db) => {
    const forwards: string[][] = [];
    let at: Record<string, string> = {};
    for (;;) {
      const { products, next, previous, total } = await page(db, { ...query, ...at }, who);
      expect(previous === null).toBe(forwards.length === 0);
      forwards.push(products.map(({ sku }) => sku));
      if (next === null) {
        expect(new Set(forwards.flat()).size).toBe(forwards.flat().length);
        expect(forwards.flat()).toHaveLength(total);
        at = previous ? { before: previous } : {};
        break;
      }
      at = { after: next };
    }
    const backwards = [forwards.at(-1)!];
    while (at.before) {
      const { products, previous, next } = await page(db, { ...query, ...at }, who);
      expect(next).not.toBeNull();
      backwards.unshift(products.map(({ sku }) => sku));
      at = previous ? { before: previous } : {};
    }
    expect(backwards).toEqual(forwards);
    expect(forwards.length).toBeGreaterThan(1);
  })(),
);

test(
  "prices sort for whoever has prices, in his own; for a guest the sort says nothing",
  rolledBack(async (db) => {
    const own = (products: Array<{ price: { own: number } | null }>) => products.map(({ price }) => price?.own ?? 0);
    const dear = own((await page(db, { sort: "price-desc" }, people.budi)).products);
    expect(dear).toEqual([...dear].sort((a, b) => b - a));
    const cheap = own((await page(db, { sort: "price", q: "shampoo" }, people.maya)).products);
    expect(cheap).toEqual([...cheap].sort((a, b) => a - b));
    expect((await page(db, { sort: "price" })).products).toEqual((await page(db, {})).products);
  }),
);

test(
  "a cursor that is none, or of another order, starts the list over",
  rolledBack(async (db) => {
    const first = (await search(db, "shampoo")).products.map(({ sku }) => sku);
    const { next } = await page(db, {});
    const big = Buffer.from(JSON.stringify([Number.MAX_SAFE_INTEGER, "a", 1])).toString("base64url");
    for (const cursor of ["x", next!, Buffer.from("[1,2]").toString("base64url")]) {
      expect((await search(db, "shampoo", { after: cursor })).products.map(({ sku }) => sku)).toEqual(first);
      expect((await search(db, "shampoo", { before: cursor })).products.map(({ sku }) => sku)).toEqual(first);
    }
    expect((await search(db, "shampoo", { after: big })).products).toEqual([]);
  }),
);

test(
  "the function behind it tells numbers of what is for everybody, to a login that has ended nothing through the page",
  rolledBack(async (db) => {
    await shelve(db, { sku: "OLD-001", name: "Zyxwel Malam" });
    await db.rows("update app.products set active = false where sku = 'OLD-001'");
    expect(await db.as(null, () => db.rows("select * from private.find_products('OLD-001')"))).toEqual([]);
    expect(await db.as(null, () => db.rows("select * from private.find_products('ALF-0001')"))).toHaveLength(1);
    const ended = crypto.randomUUID();
    const found = await db.as(
      people.budi,
      () => listProducts(dbOf(db), readFilter(new URLSearchParams({ q: "shampoo" })), "id", true),
      ended,
    );
    expect(found).toMatchObject({ total: 0, products: [] });
  }),
);

test(
  "words and parts of a SKU are looked up in an index, with 2,000 articles, and prices in theirs",
  rolledBack(async (db) => {
    await db.rows(bigProducts, [2000]);
    await db.rows("analyze app.products, app.prices");
    await db.rows("set local plan_cache_mode = force_generic_plan"); // As the web's connections have it.
    const explained = async (text: string, values: unknown[] = []) =>
      (await db.rows<{ "QUERY PLAN": string }>(`explain ${text}`, values)).map((line) => line["QUERY PLAN"]).join("\n");
    // The function's own statement, its variables as parameters.
    const source = await db.value<string>("select prosrc from pg_proc where proname = 'find_products'");
    const variables = ["v_sku", "v_name", "v_whole", "v_begins", "v_part", "v_zeros"];
    const statement = variables.reduce(
      (text, name, index) => text.replaceAll(name, `$${index + 1}`),
      /return query\s+([^;]+);/.exec(source)![1]!,
    );
    await db.rows(`prepare finding (text, text, tsquery, tsquery, text, text[]) as ${statement}`);
    const finding = await explained("execute finding ('', '', 'shampoo', 'shampoo:*', '%0042%', '{ALF0042}')");
    expect(finding).toContain("on products_search_idx");
    expect(finding).toContain("on products_sku_key_idx");
    expect(finding).not.toContain("Seq Scan");
    const { text, values } = productPage(readFilter(new URLSearchParams({ sort: "price" })), true);
    expect(await db.as(people.budi, () => explained(text, values))).toContain("using prices_tier_price_product_id_idx");
  }),
);
