import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ThrowAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { seedDemo } from "#supabase/seed/demo.ts";
import { facts } from "#supabase/seed/test.ts";
import { people } from "#tests/support/cast.ts";
import { plenty, TestDb } from "#tests/support/rolled-back.ts";
import { emptyServer, seededServer } from "#tests/support/server.ts";
import { namingRows, orderFor, strayShapes } from "#supabase/tests/trail.ts";
import { valueOf } from "#tests/support/database.ts";
import { promises } from "./promises.ts";

type Seeded = { database: ThrowAwayDatabase; client: pg.Client };
let demo: Seeded;
let known: Seeded;

beforeAll(async () => {
  [demo, known] = await Promise.all([connected(emptyServer()), connected(seededServer())]);
  await seedDemo(demo.database.adminUrl, new Date(), { stock: true });
});

afterAll(async () => {
  for (const { database, client } of [demo, known]) {
    await client.end();
    await database.remove();
  }
});

async function connected(server: Promise<ThrowAwayDatabase>): Promise<Seeded> {
  const database = await server;
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  return { database, client };
}

/** Tables with rows that say that something goes on now. */
const present = async (client: pg.Client) =>
  (
    await client.query<{ name: string }>(`
  select name from (values ('app.acting_sessions', (select count(*) from app.acting_sessions where ended_at is null)),
    ('app.suspensions', (select count(*) from app.suspensions where lifted_at is null)),
    ('app.order_holds', (select count(*) from app.order_holds where released_at is null)),
      ('app.settings', (select count(*) from app.settings where set_by is not null)),
    ('app.incidents', (select count(*) from app.incidents where state <> 'CLOSED')),
      ('app.tasks', (select count(*) from app.tasks where done_at is null)),
    ('app.disputes', (select count(*) from app.disputes where outcome is null and order_id not in (select order_id
      from app.order_holds where released_at is null)))) t (name, n)
   where n > 0 order by name`)
  ).rows.map(({ name }) => name);

const one = <T>({ client }: Seeded, text: string, values?: unknown[]) => valueOf<T>(client, text, values);

const creditOf = (seeded: Seeded, code: string) =>
  one<{ light: string; room: number }>(
    seeded,
    "select private.credit_decision(id, 0) from app.partners where code = $1",
    [code],
  );

test("seeding a second time changes nothing and tells the same", async () => {
  const count = () =>
    one<string>(
      demo,
      `select concat_ws(' ', (select count(*) from app.orders), (select count(*) from auth.users),
    (select max(number) from app.orders))`,
    );
  const before = await count();
  const known = await seedDemo(demo.database.adminUrl);
  expect([known.skus.length, known.partners.length]).toEqual([600, 40]);
  expect(await count()).toBe(before);
});

test("the next order gets the next number and collides with none", async () => {
  const last = await one<string>(demo, "select max(number) from app.orders");
  const next = await one<string>(demo, "select private.next_order_number()");
  expect(next > last).toBe(true);
  for (const table of ["orders", "order_events", "invoices", "points_ledger", "products", "sub_distributors"]) {
    expect(
      await one<boolean>(
        demo,
        `select nextval(pg_get_serial_sequence('app.${table}', 'id')) > max(id) from app.${table}`,
      ),
    ).toBe(true);
  }
});

test.each(promises)("%s", async (_, holds) => holds(demo.client));

test.each([
  ["demo", () => demo],
  ["known", () => known],
] as const)(
  "the past of the %s data has rows of the shapes that the functions write, and names nobody in the trail",
  async (_, seeded) => {
    expect(await namingRows(seeded().client)).toEqual([]);
    await seeded().client.query("begin");
    try {
      expect(await strayShapes(new TestDb(seeded().client))).toEqual({
        stray: [],
        found: expect.toSatisfy((n: number) => n > 12),
      });
    } finally {
      await seeded().client.query("rollback");
    }
  },
);

test.each([
  ["demo", () => demo],
  ["known", () => known],
] as const)(
  "nothing of the %s data is of the present: what goes on now comes from the product's functions",
  async (_, seeded) => {
    expect(await present(seeded().client)).toEqual([]);
    // One of each would be seen.
    await seeded().client.query("begin");
    try {
      const db = new TestDb(seeded().client);
      await plenty(db);
      const held = await orderFor(
        db,
        people.sari,
        "PTR-0001",
        await db.value<string>("select sku from app.products where active order by id limit 1"),
      );
      await db.as(people.budi, () => db.rows("select app.dispute_order($1, '')", [held]));
      await db.actFor(people.agus, "PTR-0002");
      await db.as(people.admin, () => db.rows("select app.suspend_account('SLS-001', 'dicoba')"));
      await db.as(people.admin, () => db.rows("select app.change_setting('stock.buffer.default', '4', 'dicoba')"));
      expect(await present(seeded().client)).toEqual([
        "app.acting_sessions",
        "app.incidents",
        "app.order_holds",
        "app.settings",
        "app.suspensions",
        "app.tasks",
      ]);
    } finally {
      await seeded().client.query("rollback");
    }
  },
);

test("the demo data is as its facts say", async () => {
  for (const { sku, name, display, silver, gold } of [facts.high, facts.dear, facts.low, facts.zero]) {
    const { rows } = await known.client.query(
      `
        select p.name, s.display - s.held as display, (select price::int from app.prices where product_id = p.id
          and tier = 'SILVER') as silver,
              (select price::int from app.prices where product_id = p.id and tier = 'GOLD') as gold
         from app.products p join app.product_stock s on s.product_id = p.id where p.sku = $1`,
      [sku],
    );
    expect(rows).toEqual([{ name, display, silver, gold }]);
  }
  for (const { code, room, name } of [facts.budi, facts.maya, facts.amber]) {
    expect((await creditOf(known, code)).room).toBe(room);
    expect(await one<string>(known, "select name from app.partners where code = $1", [code])).toBe(name);
  }
  const points = await one<number>(
    known,
    `select sum(points)::int from app.points_ledger l join app.partners p on p.id = l.partner_id
    where code = $1`,
    [facts.budi.code],
  );
  expect(points).toBe(facts.budi.points);
  const { rows } = await known.client
    .query(`select right(number, 6) as number, p.code, o.status, o.acting_session_id is not null as shadow
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
