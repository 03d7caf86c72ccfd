import type pg from "pg";
import { totalOf } from "./basket.ts";
import { dayZero } from "./calendar.ts";
import type { Corpus } from "./corpus.ts";
import { priceOf } from "./basket.ts";
import { products, regions } from "./population.ts";

const id = (letter: string, n: number) => `${letter}0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
export const salesmanId = (n: number) => id("c", n);
const storeId = (n: number) => id("d", n);
const ownerId = (n: number) => id("e", n);

/**
 * Writes the corpus as the database would hold it: people, stores, orders, lines and traces as they are when the worker
 * has looked up places and not yet judged anything. What the triggers would do for each order is written in bulk.
 */
export async function loadCorpus(sql: pg.Client, { population, orders }: Corpus): Promise<void> {
  await sql.query("begin");
  const since = new Date(dayZero - 400 * 86_400_000);
  await sql.query(
    "insert into app.regions select 'R' || chr(65 + n), 'Wilayah ' || n from generate_series(0, $1::int - 1) n",
    [regions],
  );
  const people = [
    ...population.salesmen.map(({ n }) => ({
      id: salesmanId(n),
      code: `SLS-${1000 + n}`,
      role: "SALESMAN",
      name: `Sales ${n}`,
    })),
    ...population.stores.map(({ n }) => ({
      id: ownerId(n),
      code: `PTR-${10000 + n}`,
      role: "PARTNER",
      name: `Toko ${n}`,
    })),
    { id: id("f", 1), code: "ADM-001", role: "ADMIN", name: "Admin HQ" },
  ];
  await rows(
    sql,
    `insert into auth.users (id, aud, role, email, is_sso_user, is_anonymous, created_at, updated_at)
    select id, 'authenticated', 'authenticated', lower(code) || '@demo.test', false, false, $2, $2 from input`,
    "id uuid, code text",
    people,
    since,
  );
  await rows(
    sql,
    "insert into app.accounts (id, code, role, name, created_at) select id, code, role, name, $2 from input",
    "id uuid, code text, role text, name text",
    people,
    since,
  );
  await rows(
    sql,
    `insert into app.partners (id, account_id, code, name, region_code, credit_limit, created_at)
    select id, owner, code, 'Toko ' || code, region, 0, $2 from input`,
    "id uuid, owner uuid, code text, region text",
    population.stores.map(({ n, region }) => ({
      id: storeId(n),
      owner: ownerId(n),
      code: `PTR-${10000 + n}`,
      region: `R${String.fromCharCode(65 + region)}`,
    })),
    since,
  );
  await rows(
    sql,
    "insert into app.assignments (salesman_id, partner_id, since) select salesman, store, $2 from input",
    "salesman uuid, store uuid",
    population.stores.map(({ n, owner }) => ({ salesman: salesmanId(owner), store: storeId(n) })),
    since,
  );
  await sql.query("insert into app.brands (slug, name) values ('merek', 'Merek')");
  await sql.query("insert into app.categories (slug, name_id, name_en) values ('semua', 'Semua', 'All')");
  await sql.query(
    `insert into app.products (sku, brand_id, category_id, name, description_id, description_en, unit, picture)
    select 'ALF-' || lpad(n::text, 4, '0'), b.id, c.id, 'Artikel ' || n, '', '', 'pcs', 'x'
      from generate_series(1, $1::int) n, app.brands b, app.categories c order by n`,
    [products],
  );
  await sql.query("commit");

  for (const table of ["app.orders", "app.order_lines"]) await sql.query(`alter table ${table} disable trigger user`);
  for (let from = 0; from < orders.length; from += 10_000) {
    const batch = orders
      .slice(from, from + 10_000)
      .map((placed, i) => ({ ...placed, id: from + i + 1, total: totalOf(placed.basket) }));
    await rows(
      sql,
      `
        insert into app.orders (id, number, partner_id, placed_by, placed_by_name, status, credit_light, credit_inputs,
          tier, market_total, total,
        checkout_key, cart_digest, created_at) overriding system value
      select id, 'ORD-2026-' || lpad(id::text, 6, '0'), store, salesman, 'Sales', 'COMPLETED', 'GREEN', '{}', 'SILVER',
        total, total, gen_random_uuid(), '', at from input`,
      "id bigint, store uuid, salesman uuid, total bigint, at timestamptz",
      batch.map(({ id: order, store, salesman, total, at }) => ({
        id: order,
        store: storeId(store.n),
        salesman: salesmanId(salesman),
        total,
        at: new Date(at),
      })),
    );
    await rows(
      sql,
      `
        insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity,
          unit_price, market_price)
      select i.order_id, i.line, i.store, p.id, p.sku, p.name, p.unit, i.quantity, i.price, i.price from input i
        join app.products p on p.sku = i.sku`,
      "order_id bigint, line int, store uuid, sku text, quantity int, price bigint",
      batch.flatMap(({ id: order, store, basket }) =>
        [...new Map(basket.map((line) => line.split("x") as [string, string]))].map(([product, quantity], line) => ({
          order_id: order,
          line: line + 1,
          store: storeId(store.n),
          sku: `ALF-${product.padStart(4, "0")}`,
          quantity: Number(quantity),
          price: priceOf(Number(product)),
        })),
      ),
    );
    await rows(
      sql,
      `
        insert into app.shadow_traces (order_id, salesman_id, partner_id, at, assigned, device, verdict, distance_km,
          inspected_at, basket)
      select i.id, i.salesman, i.store, i.at, i.assigned, i.device, i.verdict, case when i.verdict = 'IMPLAUSIBLE'
        then 800 end, i.at + interval '2 seconds',
             (select md5(string_agg(l.product_id || ':' || l.quantity, ',' order by l.product_id, l.quantity))
               from app.order_lines l where l.order_id = i.id) from input i`,
      "id bigint, salesman uuid, store uuid, at timestamptz, assigned boolean, device text, verdict text",
      batch.map(({ id: order, salesman, store, at, assigned, device, verdict }) => ({
        id: order,
        salesman: salesmanId(salesman),
        store: storeId(store.n),
        at: new Date(at),
        assigned,
        device,
        verdict,
      })),
    );
  }
  for (const table of ["app.orders", "app.order_lines"]) await sql.query(`alter table ${table} enable trigger user`);
  await sql.query(
    `
      analyze app.orders; analyze app.order_lines; analyze app.shadow_traces; analyze app.accounts;
      analyze app.partners`,
  );
}

async function rows(sql: pg.Client, insert: string, shape: string, input: object[], moment?: Date): Promise<void> {
  const text = insert
    .replace(/\binput\b/, `jsonb_to_recordset($1::jsonb) as input (${shape})`)
    .replace(/as input \(([^)]*)\) i\b/, "as i ($1)");
  await sql.query(text, [JSON.stringify(input), ...(moment ? [moment] : [])]);
}
