import { expect, test } from "vitest";
import { listProducts, productPage } from "#app/catalogue/catalogue.server.ts";
import { readFilter } from "#app/catalogue/catalogue.ts";
import { bigProducts } from "#supabase/seed/big-sql.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack } from "#tests/support/rolled-back.ts";
import { dbOf, page, search, shelve } from "./support/shelves.ts";

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
    const variables = ["v_keys", "v_name", "v_whole", "v_begins", "v_part"];
    const statement = variables.reduce(
      (text, name, index) => text.replaceAll(name, `$${index + 1}`),
      /return query\s+([^;]+);/.exec(source)![1]!,
    );
    await db.rows(`prepare finding (text[], text, tsquery, tsquery, text) as ${statement}`);
    const finding = await explained("execute finding ('{ALF0042}', '', 'shampoo', 'shampoo:*', '%0042%')");
    expect(finding).toContain("on products_search_idx");
    expect(finding).toContain("on products_sku_key_idx");
    expect(finding).not.toContain("Seq Scan");
    const { text, values } = productPage(readFilter(new URLSearchParams({ sort: "price" })), true);
    expect(await db.as(people.budi, () => explained(text, values))).toContain("using prices_tier_price_product_id_idx");
  }),
);
