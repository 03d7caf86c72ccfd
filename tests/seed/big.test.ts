import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ThrowAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { seedBig } from "#supabase/seed/big.ts";
import { TestDb } from "#tests/support/rolled-back.ts";
import { emptyServer } from "#tests/support/server.ts";
import { namingRows, strayShapes } from "#supabase/tests/trail.ts";

const size = { orders: 2_000, partners: 60, products: 650, batch: 400 };
let database: ThrowAwayDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await emptyServer();
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await seedBig(database.adminUrl, { ...size, orders: 1_500 });
});

afterAll(async () => {
  await client.end();
  await database.remove();
});

test("started again, it goes on to the number that was asked for and no further", async () => {
  await seedBig(database.adminUrl, size);
  const report = await seedBig(database.adminUrl, size);
  expect(report.orders).toBe(size.orders);
  const { rows } = await client.query(`
      select (select count(*)::int from app.orders) as orders, (select count(*)::int from app.partners) as partners,
    (select count(*)::int from app.products) as products, (select count(*)::int from app.prices) as prices`);
  expect(rows).toEqual([{ orders: 2_000, partners: 60, products: 650, prices: 1_950 }]);
});

test("its orders are as those of checkout: summed, with points, alerts and numbers that go on", async () => {
  const { rows } = await client.query(`select
    (select count(*)::int from app.orders o where total <> (select sum(quantity * unit_price) from app.order_lines
      where order_id = o.id)) as sums,
    (select count(*)::int from app.orders where points <> private.points_for(tier, total)) as points,
    (select count(*)::int from app.orders o where acting_session_id is not null
      and not exists (select from app.shadow_alerts where order_id = o.id)) as untold,
    (select private.next_order_number() > max(number) from app.orders) as rises`);
  expect(rows).toEqual([{ sums: 0, points: 0, untold: 0, rises: true }]);
});

test("its rows are of the shapes that the functions write, and its trail names nobody", async () => {
  expect(await namingRows(client)).toEqual([]);
  await client.query("begin");
  try {
    expect(await strayShapes(new TestDb(client))).toEqual({
      stray: [],
      found: expect.toSatisfy((n: number) => n > 12),
    });
  } finally {
    await client.query("rollback");
  }
});
