import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ThrowAwayDatabase, throwAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { seedDemo } from "#supabase/seed/demo.ts";
import { facts, seedTest } from "#supabase/seed/test.ts";

type Seeded = { database: ThrowAwayDatabase; client: pg.Client };
let demo: Seeded;
let known: Seeded;

beforeAll(async () => {
  [demo, known] = (await Promise.all([fresh(), fresh()])) as [Seeded, Seeded];
  await Promise.all([seedDemo(demo.database.adminUrl, new Date(), { stock: true }), seedTest(known.database.adminUrl)]);
}, 60_000);

afterAll(async () => {
  for (const { database, client } of [demo, known]) {
    await client.end();
    await database.remove();
  }
});

async function fresh(): Promise<Seeded> {
  const database = await throwAwayDatabase();
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  return { database, client };
}

const one = async <T>({ client }: Seeded, text: string, values: unknown[] = []) =>
  Object.values((await client.query<pg.QueryResultRow>(text, values)).rows[0]!)[0] as T;

const standing = (seeded: Seeded, code: string) =>
  one<{ light: string; room: number }>(seeded, "select private.credit_decision(id, 0) from app.partners where code = $1", [code]);

test("seeding a second time changes nothing and tells the same world", async () => {
  const count = () => one<string>(demo, `select concat_ws(' ', (select count(*) from app.orders), (select count(*) from auth.users),
    (select max(number) from app.orders))`);
  const before = await count();
  const world = await seedDemo(demo.database.adminUrl);
  expect([world.skus.length, world.partners.length]).toEqual([600, 40]);
  expect(await count()).toBe(before);
});

test("the next order gets the next number and collides with none", async () => {
  const last = await one<string>(demo, "select max(number) from app.orders");
  const next = await one<string>(demo, "select private.next_order_number()");
  expect(next > last).toBe(true);
  for (const table of ["orders", "order_events", "invoices", "points_ledger", "products", "sub_distributors"]) {
    expect(await one<boolean>(demo, `select nextval(pg_get_serial_sequence('app.${table}', 'id')) > max(id) from app.${table}`)).toBe(true);
  }
});

test("every order is the sum of its lines, and every shadow order told its owner", async () => {
  expect(await one<string>(demo, `select count(*) from app.orders o where total <>
    (select sum(quantity * unit_price) from app.order_lines where order_id = o.id)`)).toBe("0");
  expect(await one<string>(demo, "select count(*) from app.shadow_alerts where state = 'SENT'"))
    .toBe(await one<string>(demo, "select count(*) from app.orders where acting_session_id is not null"));
  expect(await one<string>(demo, `select count(*) from app.orders o where points <> private.points_for(tier, total)`)).toBe("0");
});

test("the ERP has a past, and of it only what the ERP refused waits for anybody", async () => {
  const { rows: [past] } = await demo.client.query(`select
    (select array_agg(distinct operation order by operation) from app.erp_call_stats) as operations,
    (select bool_and(ok + refused = (select sum(n) from unnest(histogram) n)) from app.erp_call_stats) as adds_up,
    (select count(distinct hour)::int from app.erp_call_stats where failed > 0 and hour > now() - interval '26 hours') as failing_hours,
    (select max(hour) < date_trunc('hour', now()) from app.erp_call_stats) as past_hours,
    (select state = 'CLOSED' and since < now() - interval '10 minutes' from app.erp_circuit) as connected,
    (select state from app.erp_circuit_events order by at desc limit 1) as last_state,
    (select count(*)::int from app.orders o join lateral (select state from app.erp_circuit_events e where e.at <= o.created_at order by e.at desc limit 1) e on true
      where e.state <> 'CLOSED' and not o.degraded) as astray,
    (select array_agg(round(percent, 1)::text || ' ' || level order by at) from app.stock_checks) as checks,
    (select bool_and(level = private.drift_level(percent) and abs(percent - unexplained * 100.0 / pieces_erp) < 0.000001) from app.stock_checks) as judged,
    (select array_agg(written_by order by week) from app.erp_checkpoints) as checkpoints,
    (select count(*)::int from app.feed_runs where not accepted) as refused,
    (select count(*)::int from app.reconcile_runs where finished_at is null) + (select count(*)::int from app.reconcile_results where resolved_at is null and result not in ('CONFIRMED', 'ERROR'))
      + (select count(*)::int from app.tasks) + (select count(*)::int from app.incidents where cause in ('ERP_DOWN', 'STOCK_DRIFT')) as open,
    (select count(*) > 0 and bool_and(o.sync_status = 'FAILED' and r.error is not null) from app.reconcile_results r join app.orders o on o.id = r.order_id where r.result = 'ERROR') as refused_on_desk`);
  expect(past).toEqual({
    operations: expect.arrayContaining(["credit", "ping", "stock"]) as unknown, adds_up: true, failing_hours: expect.toSatisfy((n: number) => n === 1 || n === 2) as unknown, past_hours: true, connected: true, last_state: "CLOSED", astray: 0,
    checks: ["0.4 GOOD", "1.8 WATCH"], judged: true, checkpoints: ["ADM-001", "ADM-002", "ADM-001"], refused: 1, open: 0, refused_on_desk: true,
  });
});

test("what came of the long outage is what its orders say", async () => {
  const { rows } = await demo.client.query<{ total: number; results: number; strayed: number }>(`select r.total,
      (select count(*)::int from app.reconcile_results where run_id = r.id) as results,
      (select count(*)::int from app.reconcile_results x join app.orders o on o.id = x.order_id
        where x.result = 'SHORT' and not exists (select from app.order_lines l where l.order_id = o.id and l.preorder = (x.difference #>> '{lines,0,missing}')::int)
           or x.resolved_at > (select min(e.at) from app.order_events e where e.order_id = o.id and e.kind = 'SHIPPED')) as strayed
    from app.reconcile_runs r`);
  for (const { total, results, strayed } of rows) expect([total > 0, total - results, strayed]).toEqual([true, 0, 0]);
  expect(await one<string>(demo, "select count(*) from app.orders where degraded")).toMatch(rows.length > 0 ? /^[1-9]/ : /^0$/);
});

test("Salon Budi may order at once, the late payer needs an approval", async () => {
  const budi = await standing(demo, facts.budi.code);
  expect(budi.light).toBe("GREEN");
  expect(budi.room).toBeGreaterThan(8_000_000);
  expect((await standing(demo, facts.amber.code)).light).toBe("AMBER");
});

test("the known world is as its facts say", async () => {
  for (const { sku, name, display, silver, gold } of [facts.high, facts.dear, facts.low, facts.zero]) {
    const { rows } = await known.client.query(
      `select p.name, s.display - s.held as display, (select price::int from app.prices where product_id = p.id and tier = 'SILVER') as silver,
              (select price::int from app.prices where product_id = p.id and tier = 'GOLD') as gold
         from app.products p join app.product_stock s on s.product_id = p.id where p.sku = $1`, [sku]);
    expect(rows).toEqual([{ name, display, silver, gold }]);
  }
  for (const { code, room, name } of [facts.budi, facts.maya, facts.amber]) {
    expect((await standing(known, code)).room).toBe(room);
    expect(await one<string>(known, "select name from app.partners where code = $1", [code])).toBe(name);
  }
  const points = await one<number>(known, `select sum(points)::int from app.points_ledger l join app.partners p on p.id = l.partner_id
    where code = $1`, [facts.budi.code]);
  expect(points).toBe(facts.budi.points);
  const { rows } = await known.client.query(`select right(number, 6) as number, p.code, o.status, o.acting_session_id is not null as shadow
    from app.orders o join app.partners p on p.id = o.partner_id order by o.id`);
  expect(rows).toEqual([
    { number: facts.orders.budiCompleted, code: facts.budi.code, status: "COMPLETED", shadow: false },
    { number: facts.orders.amberApproved, code: facts.amber.code, status: "APPROVED", shadow: false },
    { number: facts.orders.mayaApproved, code: facts.maya.code, status: "APPROVED", shadow: false },
    { number: facts.orders.budiShadowProcessing, code: facts.budi.code, status: "PROCESSING", shadow: true },
    { number: facts.orders.amberSubmitted, code: facts.amber.code, status: "SUBMITTED", shadow: false },
    { number: facts.orders.budiSubmitted, code: facts.budi.code, status: "SUBMITTED", shadow: false },
  ]);
});
