import type { Duplex } from "node:stream";
import pg from "pg";
import { pageSize } from "#app/catalogue/catalogue.ts";
import { flood } from "./clients.ts";
import { pagesBehindDistance } from "./distance.ts";
import type { System, Store } from "./system.ts";
import { type Line, median, milliseconds, percent, perSecond } from "./table.ts";

const clients = 10;

/**
 * Catalogue pages through RLS at the model layer, in turns with the same SQL sent bare. `far`: how many, at most, are
 * read on a database far away.
 */
export async function measureCatalogue(
  system: System,
  { rounds = 9, roundMs = 1500, far: pagesFar = Infinity } = {},
): Promise<Line[]> {
  // Imported now: the web's connections read their settings when they are loaded.
  const { closePool, readTogether } = await import("#app/db/transaction.server.ts");
  const { listProducts } = await import("#app/catalogue/catalogue.server.ts");
  const { brandShelves, categoryShelves } = await import("#app/catalogue/shelves.server.ts");
  const shelves = [brandShelves, categoryShelves("id")].map(({ text, values }, index) => ({
    name: `shelves-${index}`,
    text,
    values,
  }));
  const filters = await mixedFilters(system);
  const stores = system.stores.slice(0, 40);
  // Prepared is meant in earnest: planned once, whatever the statement looks like to the planner.
  const bare = new pg.Pool({
    connectionString: system.stack.at.admin,
    max: clients,
    pipeline: true,
    options: "-c plan_cache_mode=force_generic_plan",
  } as pg.PoolConfig);
  bare.on("error", () => undefined); // What its server says while it ends is nobody's answer.
  const statements = await bareStatements(filters);

  const throughModel = async (index: number) => {
    const { accountId, sessionId } = storeOf(stores, index);
    const [page] = await readTogether({ userId: accountId, sessionId }, [
      (db) => listProducts(db, filterOf(filters, index), "id", true),
    ]);
    if (page?.status !== "fulfilled") throw page?.reason;
    if ((page.value as { products: unknown[] }).products.length === 0) throw new Error("A page came back empty.");
  };
  const withoutUs = async (index: number) => {
    const { name, text, values } = filterOf(statements, index);
    const client = await bare.connect();
    const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
    stream.cork();
    const answers = Promise.all([
      client.query({ name, text, values: [...values, storeOf(stores, index).tier] }),
      ...shelves.map((shelf) => client.query(shelf)),
    ]);
    stream.uncork();
    const [{ rows }] = await answers;
    client.release();
    if (rows.length === 0) throw new Error("A page came back empty.");
  };
  try {
    await flood(clients, roundMs, throughModel);
    await flood(clients, roundMs, withoutUs);
    const ours: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await flood(clients, roundMs, throughModel));
      floor.push(await flood(clients, roundMs, withoutUs));
    }
    const ratio = median(ours.map((pages, round) => pages / floor[round]!));
    const far = await pagesBehindDistance(system, filters.slice(0, pagesFar));
    return [
      {
        what: `Catalogue page of ${pageSize} for a store, through RLS, model layer`,
        figure: `${perSecond(median(ours), "pages")}, ${percent(ratio)} of the floor`,
        limit: ">= 60 % of the floor",
        floor:
          `${perSecond(median(floor), "pages")}: same SQL (products, brands, categories), bare pg, pipelined, ` +
          "prepared, no RLS",
        meets: ratio >= 0.6,
      },
      {
        what: `Catalogue page with the database ${far.distance} ms away: one round trip`,
        figure: milliseconds(far.ms),
        limit: `< ${far.distance * 1.5} ms`,
        floor: `${milliseconds(far.bareMs)}: select 1 over the same connection`,
        meets: far.ms < far.distance * 1.5,
      },
    ];
  } finally {
    await bare.end();
    await closePool();
  }
}

const storeOf = (stores: Store[], index: number) => stores[index % stores.length]!;
const filterOf = <T>(filters: T[], index: number) => filters[index % filters.length]!;

/**
 * Prime in number, so that they do not march in step with the stores: first pages, later ones, shelves and searches.
 */
async function mixedFilters({ admin }: System) {
  const { encodeCursor } = await import("#app/db/cursor.ts");
  const all = { q: "", brand: null, category: null, sort: null, after: null, before: null };
  const { rows: places } = await admin.query<{ name: string; id: number }>(
    "select name, id from app.products where active order by name, id",
  );
  const { rows: brands } = await admin.query<{ slug: string }>("select slug from app.brands order by id limit 5");
  const { rows: categories } = await admin.query<{ slug: string }>(
    "select slug from app.categories order by id limit 5",
  );
  const later = Array.from({ length: 10 }, (_, page) => places[(page + 1) * pageSize]!);
  return [
    ...Array.from({ length: 13 }, () => all),
    ...later.map(({ name, id }) => ({ ...all, after: encodeCursor([name, Number(id)]) })),
    ...brands.map(({ slug }) => ({ ...all, brand: slug })),
    ...categories.map(({ slug }) => ({ ...all, category: slug })),
    ...["shampoo", "ALF-0042", "250ml", "4/66"].map((q) => ({ ...all, q })),
  ];
}

/** The model's own statements with the tier as a value, which is what RLS and its helpers find out. */
async function bareStatements(filters: Awaited<ReturnType<typeof mixedFilters>>) {
  const { productPage } = await import("#app/catalogue/catalogue.server.ts");
  const asked = "(select tier from viewer)";
  const names = new Map<string, string>();
  return filters.map((filter) => {
    const { text, values } = productPage(filter, true);
    if (!text.includes(asked))
      throw new Error("The page no longer asks for the tier in the way that is replaced here.");
    const bareText = text.replaceAll(asked, `$${values.length + 1}`);
    if (!names.has(bareText)) names.set(bareText, `page-${names.size}`);
    return { name: names.get(bareText)!, text: bareText, values };
  });
}
