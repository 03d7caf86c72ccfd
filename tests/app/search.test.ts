import { afterAll, expect, test } from "vitest";
import { closePool, Db } from "#app/db/door.server.ts";
import { listProducts, productPage } from "#app/catalogue/catalogue.server.ts";
import { readFilter } from "#app/catalogue/catalogue.ts";
import { bigProducts } from "#supabase/seed/big-sql.ts";
import { catalogue } from "#supabase/seed/catalogue.ts";
import { onStage, people, type Stage } from "#supabase/tests/support.ts";

afterAll(closePool);

const dbOf = ({ sql }: Stage) => new Db((text, values) => sql.query(text, values));
/** What an address of the catalogue shows to a person; null: a guest. */
const page = (stage: Stage, query: Record<string, string>, who: string | null = null) =>
  stage.as(who, () => listProducts(dbOf(stage), readFilter(new URLSearchParams(query)), "id", who !== null));
const search = (stage: Stage, q: string, more: Record<string, string> = {}) => page(stage, { q, ...more });
const names = async (stage: Stage, q: string) => (await search(stage, q)).products.map(({ name }) => name);

/** Articles of a brand that people write in more ways than one. */
async function shelve(stage: Stage, ...articles: Array<{ sku: string; name: string }>) {
  const brand = await stage.value<number>(
    "insert into app.brands (slug, name) values ('loreal-test', 'L''Oréal Professionnel') returning id",
  );
  for (const { sku, name } of articles) {
    await stage.rows(
      `
        insert into app.products (sku, brand_id, category_id, name, picture)
          values ($1, $2, (select id from app.categories where slug = 'hair-colour'), $3, 'shampoo-1-0')`,
      [sku, brand, name],
    );
  }
}

test(
  "every article is found first by its SKU: whole, small, without its hyphen, with a space for it",
  onStage(async (stage) => {
    const missed: string[] = [];
    for (const { sku } of catalogue()) if ((await search(stage, sku)).products[0]?.sku !== sku) missed.push(sku);
    expect(missed).toEqual([]);
    expect(
      await stage.rows(`
        select typed from app.products p,
          unnest(array[lower(sku), replace(sku, '-', ''), replace(sku, '-', ' '), ' ' || sku || ' ']) typed
    where (select array_agg(f.id) from private.find_products(typed) f where f.rank = 0) is distinct from array[p.id]`),
    ).toEqual([]);
  }),
);

test(
  "every article is found first by its name",
  onStage(async (stage) => {
    const missed: string[] = [];
    for (const { sku, name } of catalogue())
      if ((await search(stage, name)).products[0]?.sku !== sku) missed.push(name);
    expect(missed).toEqual([]);
  }),
);

test.each(["0042", "ALF-004", "alf004", "F-0042", "lf0042", "042", "alf-42", "ALF 42", "alf42"])(
  "a part of a SKU is enough, and its zeros need not be said: %s",
  (typed) =>
    onStage(async (stage) => {
      const found = await stage.as(null, () =>
        stage.rows<{ sku: string }>("select p.sku from private.find_products($1) f join app.products p using (id)", [
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
  onStage(async (stage) => {
    const found = await names(stage, typed);
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
  onStage(async (stage) => {
    const { products, total } = await search(stage, typed);
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
  onStage(async (stage) => {
    const found = await names(stage, typed);
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
  onStage(async (stage) => {
    await shelve(stage, { sku: "CRM-12-345", name: "Crème Brûlée 6/35 250ml" });
    expect((await search(stage, typed)).products.map(({ sku }) => sku)).toContain("CRM-12-345");
  })(),
);

test(
  "an article that goes by another name, brand or shelf is found by that, and no longer by the old one",
  onStage(async (stage) => {
    await shelve(stage, { sku: "OLD-001", name: "Zyxwel Malam" });
    await stage.rows("update app.products set name = 'Qorvane Siang' where sku = 'OLD-001'");
    expect((await search(stage, "zyxwel")).total).toBe(0);
    expect((await search(stage, "qorvane")).total).toBe(1);
    await stage.rows("update app.brands set name = 'Mirandel' where slug = 'loreal-test'");
    expect((await search(stage, "loreal")).total).toBe(0);
    expect((await search(stage, "mirandel")).total).toBe(1);
    await stage.rows("update app.categories set name_en = 'Vornatics' where slug = 'hair-colour'");
    expect((await search(stage, "vornatics siang")).total).toBe(1);
    await stage.rows("update app.products set active = false where sku = 'OLD-001'");
    expect((await search(stage, "qorvane")).total).toBe(0);
  }),
);

test(
  "a synonym and a unit are rows of a table",
  onStage(async (stage) => {
    await shelve(stage, { sku: "OLD-001", name: "Zyxwel Malam 3 galon" });
    expect([(await search(stage, "tengahmalam")).total, (await search(stage, "11355 ml")).total]).toEqual([0, 0]);
    await stage.rows("insert into app.search_synonyms values ('tengahmalam', 'malam', null), ('galon', 'ml', 3785)");
    expect([(await search(stage, "tengahmalam")).total, (await search(stage, "11355 ml")).total]).toEqual([1, 1]);
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
  onStage(async (stage) => {
    const found = await search(stage, typed);
    expect(found.meant).toBe(meant);
    expect([found.total, found.products]).toEqual([0, []]);
    expect((await search(stage, meant)).total).toBeGreaterThan(0);
  })(),
);

test(
  "nothing is meant by what resembles nothing, and words that exist but not together are not explained away",
  onStage(async (stage) => {
    for (const typed of ["xqzwv", "%%%", "---", "😀", "shampoo 4.66", "999 kg"])
      expect(await search(stage, typed)).toMatchObject({ total: 0, products: [], meant: null });
  }),
);

test(
  "what is only on other shelves is said",
  onStage(async (stage) => {
    expect(await search(stage, "kuteks", { brand: "bravonto" })).toMatchObject({
      total: 0,
      elsewhere:
        44 - catalogue().filter(({ name }) => /^(Aseton|Lulur|Kikir)/.test(name) && name.includes("Kukelia")).length,
    });
    expect(await search(stage, "kuteks", { brand: "kukelia" })).toMatchObject({ elsewhere: 0 });
  }),
);

test(
  "the best comes first: whole words before beginnings, the name before the shelf",
  onStage(async (stage) => {
    await shelve(stage, { sku: "AAA-001", name: "Abc Matteo" }, { sku: "ZZZ-001", name: "Zz Matte" });
    const found = (await search(stage, "matte")).products.map(({ sku }) => sku);
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
  onStage(async (stage) => {
    const forwards: string[][] = [];
    let at: Record<string, string> = {};
    for (;;) {
      const { products, next, previous, total } = await page(stage, { ...query, ...at }, who);
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
      const { products, previous, next } = await page(stage, { ...query, ...at }, who);
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
  onStage(async (stage) => {
    const own = (products: Array<{ price: { own: number } | null }>) => products.map(({ price }) => price?.own ?? 0);
    const dear = own((await page(stage, { sort: "price-desc" }, people.budi)).products);
    expect(dear).toEqual([...dear].sort((a, b) => b - a));
    const cheap = own((await page(stage, { sort: "price", q: "shampoo" }, people.maya)).products);
    expect(cheap).toEqual([...cheap].sort((a, b) => a - b));
    expect((await page(stage, { sort: "price" })).products).toEqual((await page(stage, {})).products);
  }),
);

test(
  "a cursor that is none, or of another order, starts the list over",
  onStage(async (stage) => {
    const first = (await search(stage, "shampoo")).products.map(({ sku }) => sku);
    const { next } = await page(stage, {});
    const big = Buffer.from(JSON.stringify([Number.MAX_SAFE_INTEGER, "a", 1])).toString("base64url");
    for (const cursor of ["x", next!, Buffer.from("[1,2]").toString("base64url")]) {
      expect((await search(stage, "shampoo", { after: cursor })).products.map(({ sku }) => sku)).toEqual(first);
      expect((await search(stage, "shampoo", { before: cursor })).products.map(({ sku }) => sku)).toEqual(first);
    }
    expect((await search(stage, "shampoo", { after: big })).products).toEqual([]);
  }),
);

test(
  "the function behind it tells numbers of what is for everybody, to a login that has ended nothing through the page",
  onStage(async (stage) => {
    await shelve(stage, { sku: "OLD-001", name: "Zyxwel Malam" });
    await stage.rows("update app.products set active = false where sku = 'OLD-001'");
    expect(await stage.as(null, () => stage.rows("select * from private.find_products('OLD-001')"))).toEqual([]);
    expect(await stage.as(null, () => stage.rows("select * from private.find_products('ALF-0001')"))).toHaveLength(1);
    const ended = crypto.randomUUID();
    const found = await stage.as(
      people.budi,
      () => listProducts(dbOf(stage), readFilter(new URLSearchParams({ q: "shampoo" })), "id", true),
      ended,
    );
    expect(found).toMatchObject({ total: 0, products: [] });
  }),
);

test(
  "words and parts of a SKU are looked up in an index, with 2,000 articles, and prices in theirs",
  onStage(async (stage) => {
    await stage.rows(bigProducts, [2000]);
    await stage.rows("analyze app.products, app.prices");
    await stage.rows("set local plan_cache_mode = force_generic_plan"); // As the web's connections have it.
    const explained = async (text: string, values: unknown[] = []) =>
      (await stage.rows<{ "QUERY PLAN": string }>(`explain ${text}`, values))
        .map((line) => line["QUERY PLAN"])
        .join("\n");
    // The function's own statement, its variables as parameters.
    const source = await stage.value<string>("select prosrc from pg_proc where proname = 'find_products'");
    const variables = ["v_sku", "v_name", "v_whole", "v_begins", "v_part", "v_zeros"];
    const statement = variables.reduce(
      (text, name, index) => text.replaceAll(name, `$${index + 1}`),
      /return query\s+([^;]+);/.exec(source)![1]!,
    );
    await stage.rows(`prepare finding (text, text, tsquery, tsquery, text, text[]) as ${statement}`);
    const finding = await explained("execute finding ('', '', 'shampoo', 'shampoo:*', '%0042%', '{ALF0042}')");
    expect(finding).toContain("on products_search_idx");
    expect(finding).toContain("on products_sku_key_idx");
    expect(finding).not.toContain("Seq Scan");
    const { text, values } = productPage(readFilter(new URLSearchParams({ sort: "price" })), true);
    expect(await stage.as(people.budi, () => explained(text, values))).toContain(
      "using prices_tier_price_product_id_idx",
    );
  }),
);
