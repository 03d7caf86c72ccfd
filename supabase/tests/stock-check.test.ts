import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

type Row = { sku: string; warehouse: string; quantity: number };
type Check = {
  percent: number;
  level: string;
  explained: number;
  unexplained: number;
  articles: number;
  differing: number;
  week: string | null;
  asked_by: string | null;
};

/** Every article in every warehouse with nothing, but one article with so much. */
async function stock(db: TestDb, sku: string, quantity: number): Promise<Row[]> {
  const rows = await db.rows<Row>(`
    select p.sku, l.warehouse, 0 as quantity from app.stock_levels l join app.products p on p.id = l.product_id
      join app.feeds f on f.name = 'stock' and f.snapshot_id = l.snapshot_id order by 1, 2`);
  const first = rows.find((row) => row.sku === sku)!;
  first.quantity = quantity;
  return rows;
}
let pulls = 0;
const apply = (db: TestDb, rows: Row[], ago: string) =>
  db.value<string | null>("select jobs.apply_stock($3, now() - $2::interval, $1)", [
    JSON.stringify(rows),
    ago,
    `s-${(pulls += 1)}`,
  ]);
const checks = (db: TestDb) =>
  db.rows<Check>(`
  select percent::float as percent, level, explained::int, unexplained::int, articles, differing, week::text, asked_by
    from app.stock_checks where at = now() order by id`);

/** What we showed, then what the ERP says, with a comparison wanted in between. `between`: what happened meanwhile. */
async function compare(
  db: TestDb,
  sku: string,
  ours: number,
  erp: number,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Check> {
  await db.sql.query("update app.feeds set as_of = now() - interval '3 hours' where name = 'stock'");
  expect(await apply(db, await stock(db, sku, ours), "2 hours")).toBeNull();
  await between();
  await db.as(people.admin, () => db.sql.query("select app.request_stock_check()"));
  expect(await apply(db, await stock(db, sku, erp), "1 minute")).toBeNull();
  return (await checks(db)).at(-1)!;
}

/**
 * One with plenty of stock, and no order of the seed's that the ERP got today. The week's comparison is made, also
 * where it fell due since the seed.
 */
async function article(db: TestDb): Promise<string> {
  await db.sql.query("update app.erp_watch set checked_week = private.stock_week(now())");
  await db.sql.query(
    "update app.orders set synced_at = synced_at - interval '2 days' where synced_at > now() - interval '1 day'",
  );
  return (await plenty(db))[0];
}

test(
  "below one per cent is on target, above five an alarm; one and five themselves lie between",
  rolledBack(async (db) => {
    const sku = await article(db);
    const incidents = () =>
      db.value<number>("select count(*)::int from app.incidents where dedup_key = 'stock-drift' and state <> 'CLOSED'");
    expect(await compare(db, sku, 10_000, 10_000)).toMatchObject({ percent: 0, level: "GOOD", differing: 0 });
    expect(await compare(db, sku, 10_099, 10_000)).toMatchObject({ percent: 0.99, level: "GOOD", differing: 1 });
    expect(await compare(db, sku, 10_100, 10_000)).toMatchObject({ percent: 1, level: "WATCH" });
    expect(await compare(db, sku, 9_500, 10_000)).toMatchObject({ percent: 5, level: "WATCH", unexplained: 500 });
    expect(await incidents()).toBe(0);
    expect(await compare(db, sku, 9_499, 10_000)).toMatchObject({ percent: 5.01, level: "BAD" });
    expect(await incidents()).toBe(1);
    expect(
      await db.rows(
        `
          select distinct props - 'incident' as props from app.mails
            where kind = 'STOCK_DRIFT' and created_at = now()`,
      ),
    ).toEqual([
      {
        props: {
          week: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
          percent: 5.01,
          articles: 1,
          path: "/admin/erp/stock",
        },
      },
    ]);
    expect(
      await db.rows("select recipient from app.mails where kind = 'STOCK_DRIFT' and created_at = now() order by 1"),
    ).toEqual(
      await db.rows(
        `
          select u.email as recipient from app.accounts a join auth.users u on u.id = a.id where a.role = 'ADMIN'
            and a.status = 'ACTIVE' order by 1`,
      ),
    );
    // The ERP has nothing and we showed something: never a division by nothing.
    expect(await compare(db, sku, 7, 0)).toMatchObject({ percent: 700, level: "BAD" });
    expect(await incidents()).toBe(1);
    expect(await compare(db, sku, 100, 100)).toMatchObject({ level: "GOOD" });
    expect(
      await db.value(
        `
          select kind from app.incident_events e join app.incidents i on i.id = e.incident_id
            where i.dedup_key = 'stock-drift' order by e.id desc limit 1`,
      ),
    ).toBe("RESOLVED");
  }),
);

/** An order of a hundred pieces, ten of them pre-ordered, that the ERP got so long ago. */
async function sold(db: TestDb, sku: string, ago: string) {
  const number = await db.buy(people.budi, [sku, 100]);
  await db.sql.query(
    "update app.order_lines set preorder = 10 where order_id = (select id from app.orders where number = $1)",
    [number],
  );
  await db.sql.query(
    "update app.orders set sync_status = 'SYNCED', synced_at = now() - $2::interval where number = $1",
    [number, ago],
  );
}

test(
  "pieces of our orders explain what the ERP is short of, as far as they go, and nothing else",
  rolledBack(async (db) => {
    const sku = await article(db);
    expect(await compare(db, sku, 10_160, 10_000)).toMatchObject({ percent: 1.6, level: "WATCH", explained: 0 });
    expect(await compare(db, sku, 10_160, 10_000, () => sold(db, sku, "1 hour"))).toMatchObject({
      percent: 0.7,
      level: "GOOD",
      explained: 90,
      unexplained: 70,
    });
  }),
);

test(
  "no more than what is missing is explained, and nothing where stock went up",
  rolledBack(async (db) => {
    const sku = await article(db);
    expect(await compare(db, sku, 10_040, 10_000, () => sold(db, sku, "1 hour"))).toMatchObject({
      percent: 0,
      explained: 40,
      unexplained: 0,
    });
    expect(await compare(db, sku, 9_800, 10_000)).toMatchObject({ percent: 2, explained: 0, unexplained: 200 });
  }),
);

test.each([
  ["before the old snapshot", "150 minutes"],
  ["after the new one began", "30 seconds"],
])("orders that the ERP got %s explain nothing", (_, ago) =>
  rolledBack(async (db) => {
    const sku = await article(db);
    expect(await compare(db, sku, 10_160, 10_000, () => sold(db, sku, ago))).toMatchObject({
      explained: 0,
      unexplained: 160,
    });
  })(),
);

test(
  "the twenty worst articles are kept with their warehouses",
  rolledBack(async (db) => {
    const sku = await article(db);
    await compare(db, sku, 300, 100);
    const [worst] = await db.value<
      Array<{ sku: string; ours: number; erp: number; gap: number; warehouses: object[] }>
    >("select worst from app.stock_checks where at = now() order by id desc limit 1");
    expect(worst).toMatchObject({ sku, ours: 300, erp: 100, gap: 200 });
    expect(worst!.warehouses).toContainEqual(expect.objectContaining({ ours: 300, erp: 100 }));
  }),
);

test(
  "a week's comparison is due from Sunday, ten in the evening",
  rolledBack(async (db) => {
    const week = (at: string) => db.value<string>("select private.stock_week($1)::text", [at]);
    expect(await week("2026-11-22 21:59:59+07")).toBe("2026-11-09");
    expect(await week("2026-11-22 22:00+07")).toBe("2026-11-16");
    expect(await week("2026-11-29 21:59+07")).toBe("2026-11-16");
  }),
);

test(
  "when due, stock is pulled and compared once; what nobody made is made up for; other snapshots go live without",
  rolledBack(async (db) => {
    const sku = await article(db);
    const due = () => db.value<boolean>("select jobs.want_stock_check()");
    await db.sql.query("update app.feeds set as_of = now() - interval '3 hours', wanted = false");
    await db.sql.query("update app.erp_watch set checked_week = private.stock_week(now()), check_wanted = false");
    expect(await due()).toBe(false);
    expect(await apply(db, await stock(db, sku, 100), "2 hours")).toBeNull();
    expect(await checks(db)).toEqual([]);
    // Three Sundays without a worker.
    await db.sql.query("update app.erp_watch set checked_week = checked_week - 21");
    expect(await due()).toBe(true);
    expect(await db.value("select wanted from app.feeds where name = 'stock'")).toBe(true);
    expect(await apply(db, await stock(db, sku, 100), "1 hour")).toBeNull();
    expect(await checks(db)).toMatchObject([
      { week: await db.value<string>("select private.stock_week(now())::text"), asked_by: null, level: "GOOD" },
    ]);
    expect(await due()).toBe(false);
    expect(await apply(db, await stock(db, sku, 90), "1 minute")).toBeNull();
    expect(await checks(db)).toHaveLength(1);
  }),
);

test(
  "a comparison that fails says so and never keeps a snapshot from going live",
  rolledBack(async (db) => {
    const sku = await article(db);
    await db.sql.query("alter table app.stock_checks add constraint broken check (articles < 0) not valid");
    await db.sql.query("update app.feeds set as_of = now() - interval '3 hours' where name = 'stock'");
    await db.as(people.admin, () => db.sql.query("select app.request_stock_check()"));
    expect(await apply(db, await stock(db, sku, 123), "1 minute")).toBeNull();
    expect(
      await db.value(
        "select quantity from app.product_stock s join app.products p on p.id = s.product_id where p.sku = $1",
        [sku],
      ),
    ).toBe(123);
    expect(await db.rows("select check_wanted, check_error like '%broken%' as told from app.erp_watch")).toEqual([
      { check_wanted: true, told: true },
    ]);
  }),
);

test(
  "only admins ask for a comparison, and asking again changes nothing",
  rolledBack(async (db) => {
    expect(await db.stopped(people.auditor, "select app.request_stock_check()")).toBe("DENIED");
    for (let times = 0; times < 2; times += 1)
      await db.as(people.admin, () => db.sql.query("select app.request_stock_check()"));
    expect(
      await db.value(
        "select count(*)::int from app.audit_events where action = 'STOCK_CHECK_ASKED' and xid = pg_current_xact_id()",
      ),
    ).toBe(1);
    expect(await db.rows("select check_wanted, check_asked_by from app.erp_watch")).toEqual([
      { check_wanted: true, check_asked_by: "ADM-001" },
    ]);
  }),
);
