import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

type Row = { sku: string; warehouse: string; quantity: number };
const live = "join app.feeds f on f.name = 'stock' and f.snapshot_id = l.snapshot_id";
const feed = async (db: TestDb) =>
  db.rows<Row>(
    `
      select p.sku, l.warehouse, l.quantity from app.stock_levels l ${live} join app.products p on p.id = l.product_id
        order by 1, 2`,
  );
let pulls = 0;
/** Each pull with a snapshot id of its own, as the ERP gives them. */
const apply = (db: TestDb, rows: unknown[], started = "now()") =>
  db.value<string | null>(`select jobs.apply_stock($2, ${started}, $1, now() + interval '2 hours')`, [
    JSON.stringify(rows),
    `s-${(pulls += 1)}`,
  ]);
const pointer = async (db: TestDb, name: string) =>
  (await db.rows("select snapshot_id, as_of, row_count from app.feeds where name = $1", [name]))[0];
const lastRun = async (db: TestDb, name: string) =>
  (
    await db.rows(
      "select accepted, snapshot, rows, reason, kept from app.feed_runs where feed = $1 order by id desc limit 1",
      [name],
    )
  )[0];

test(
  "a stock snapshot goes live whole, or not at all with a reason",
  rolledBack(async (db) => {
    const rows = await feed(db);
    expect(rows.length).toBeGreaterThan(100);
    const sums = () =>
      db.value(`
        select md5((select string_agg(product_id || ':' || quantity || ':' || held, ',' order by product_id)
          from app.product_stock)
    || (select string_agg(snapshot_id || ':' || product_id || warehouse || quantity, ',' order by 1)
      from app.stock_levels))`);
    const before = [await sums(), await pointer(db, "stock")];
    const changed = (change: object) => [{ ...rows[0], ...change }, ...rows.slice(1)];
    const { warehouse, ...homeless } = rows[0]!;
    const bad: Array<[unknown[], string]> = [
      [[], "empty"],
      [rows.slice(0, rows.length / 2), "row count"],
      [rows.slice(0, Math.floor(rows.length * 0.69)), "row count"],
      [
        rows.concat(rows.filter((row) => row.warehouse === warehouse).map((row) => ({ ...row, warehouse: "MDN" }))),
        "was not there before: MDN",
      ],
      [rows.map((row, n) => (n % 50 === 0 ? { ...row, quantity: -1 } : row)), "whole number"],
      [rows.map((row) => ({ ...row, quantity: 1.5 })), "whole number"],
      [[...rows, rows[0]], "twice"],
      [changed({ sku: "UNKNOWN-1" }), "unknown"],
      [changed({ sku: null }), "unknown"],
      [changed({ sku: "__proto__" }), "unknown"],
      [changed({ warehouse: "gudang 1" }), "without a name"],
      [[homeless, ...rows.slice(1)], "without a name"],
      [
        rows.map((row) => (row.warehouse === warehouse ? { ...row, warehouse: "MDN" } : row)),
        "was not there before: MDN",
      ],
      [rows.filter((row) => row.warehouse !== warehouse), `warehouse is missing: ${warehouse}`],
    ];
    for (const [sent, reason] of bad) {
      expect(await apply(db, sent)).toContain(reason);
      expect(await lastRun(db, "stock")).toEqual({
        accepted: false,
        snapshot: `s-${pulls}`,
        rows: sent.length,
        reason: expect.stringContaining(reason),
        kept: false,
      });
      expect([await sums(), await pointer(db, "stock")], reason).toEqual(before);
    }
    expect(await db.value("select last_error from app.feeds where name = 'stock'")).toContain("warehouse");
    // The control: one piece other than before, and three rows in ten gone, are sane.
    expect(await apply(db, changed({ quantity: 777 }))).toBeNull();
    expect(
      await db.value(
        `
          select quantity from app.stock_levels l ${live} join app.products p on p.id = l.product_id where sku = $1
            and warehouse = $2`,
        [rows[0]!.sku, warehouse],
      ),
    ).toBe(777);
    expect(await db.value("select last_error from app.feeds where name = 'stock'")).toBeNull();
    expect(await lastRun(db, "stock")).toEqual({
      accepted: true,
      snapshot: `s-${pulls}`,
      rows: rows.length,
      reason: null,
      kept: true,
    });
    const skus = [...new Set(rows.map(({ sku }) => sku))];
    const kept = new Set(skus.slice(0, Math.ceil(skus.length * 0.7)));
    expect(
      await apply(
        db,
        rows.filter(({ sku }) => kept.has(sku)),
      ),
    ).toBeNull();
  }),
);

test(
  "a pull that began before the live one was never replaces it, however late it arrives",
  rolledBack(async (db) => {
    const rows = await feed(db);
    await db.sql.query("update app.feeds set as_of = now() - interval '1 minute' where name = 'stock'");
    const before = await pointer(db, "stock");
    expect(await apply(db, rows, "now() - interval '61 seconds'")).toContain("begun before");
    expect(await pointer(db, "stock")).toEqual(before);
    expect(await apply(db, rows, "now() - interval '59 seconds'")).toBeNull();
  }),
);

test(
  "the ERP's clock is kept beside ours and makes nothing older or younger",
  rolledBack(async (db) => {
    await db.sql.query("update app.feeds set as_of = now() - interval '15 minutes' where name = 'stock'");
    expect(await apply(db, await feed(db), "now() - interval '3 seconds'")).toBeNull();
    expect(
      (
        await db.rows(`
          select extract(epoch from now() - f.as_of)::int as age,
            extract(epoch from r.erp_taken_at - r.as_of)::int as skew
    from app.feeds f join app.feed_runs r on r.id = f.snapshot_id where f.name = 'stock'`)
      )[0],
    ).toEqual({ age: 3, skew: 7203 });
  }),
);

test(
  "kept are the live snapshot, the one before it, and what an order leaned on that is still under way; the rest goes",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.sql.query(
      `
        update app.orders set sync_status = 'SYNCED', synced_at = now(), erp_document = number
          where sync_status <> 'SYNCED'`,
    );
    const rows = await feed(db);
    const pull = async () => {
      expect(await apply(db, rows)).toBeNull();
      return db.value<number>("select snapshot_id from app.feeds where name = 'stock'");
    };
    const kept = async () =>
      (await db.rows<{ id: number }>("select distinct snapshot_id as id from app.stock_levels order by 1")).map(
        ({ id }) => id,
      );
    const first = await pull();
    const order = await db.buy(people.budi, [sku, 1]);
    expect(await db.value("select stock_snapshot_id from app.orders where number = $1", [order])).toBe(first);
    await pull();
    const third = await pull();
    const fourth = await pull();
    expect(await kept()).toEqual([first, third, fourth]); // the second went
    await db.sql.query(
      "update app.orders set sync_status = 'SYNCED', synced_at = now(), erp_document = 'SO-1' where number = $1",
      [order],
    );
    await db.sql.query(
      `
        insert into app.reconcile_results (order_id, result, assumed, erp, difference) select id, 'SHORT', '{}', '{}',
          '{}' from app.orders where number = $1`,
      [order],
    );
    const fifth = await pull();
    expect(await kept()).toEqual([first, fourth, fifth]); // staff has not decided
    await db.sql.query("update app.feed_runs set at = now() - interval '31 days' where id = $1", [first]);
    const sixth = await pull();
    expect(await kept()).toEqual([fifth, sixth]); // not for ever
    await db.sql.query("update app.feed_runs set at = now() where id = $1", [fifth]);
    await db.sql.query("update app.orders set stock_snapshot_id = $2 where number = $1", [order, fifth]);
    const seventh = await pull();
    await pull();
    expect(await kept()).toContain(fifth);
    await db.sql.query(
      "update app.reconcile_results set resolution = 'ACCEPT', resolved_at = now(), resolved_by = 'ADM-001'",
    );
    const ninth = await pull();
    expect(await kept()).toEqual([ninth - 1, ninth]);
    expect(seventh).toBeLessThan(ninth - 1);
    expect(
      (await db.rows<{ id: number }>("select id from app.feed_runs where feed = 'stock' and kept order by id")).map(
        ({ id }) => id,
      ),
    ).toEqual([ninth - 1, ninth]);
  }),
);

test(
  "pieces of orders that the snapshot cannot know stay held; once the ERP knew them they do not",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const number = await db.buy(people.budi, [sku, 6]);
    const held = () =>
      db.value<number>(
        "select held from app.product_stock where product_id = (select id from app.products where sku = $1)",
        [sku],
      );
    const others = await db.value<number>(
      `
        select coalesce(sum(l.quantity - l.preorder), 0)::int from app.order_lines l
          join app.orders o on o.id = l.order_id where l.sku = $1 and o.number <> $2 and o.sync_status <> 'SYNCED'
          and o.status not in ('REJECTED', 'CANCELLED')`,
      [sku, number],
    );
    expect(await apply(db, await feed(db))).toBeNull();
    expect(await held()).toBe(others + 6);
    await db.sql.query(
      "update app.orders set sync_status = 'SYNCED', synced_at = now() - interval '1 minute' where number = $1",
      [number],
    );
    expect(await apply(db, await feed(db))).toBeNull();
    expect(await held()).toBe(others);
  }),
);

test(
  "credit: whole or not at all; what the ERP says nothing about is unusable",
  rolledBack(async (db) => {
    const rows = await db.rows<{ partner: string; outstanding: number }>(
      "select code as partner, 1000 as outstanding from app.partners",
    );
    const send = (sent: unknown[], started = "now()") =>
      db.value<string | null>(`select jobs.apply_credit($2, ${started}, $1)`, [
        JSON.stringify(sent),
        `c-${(pulls += 1)}`,
      ]);
    expect(await send(rows)).toBeNull();
    const before = await pointer(db, "credit");
    const changed = (change: object) => [{ ...rows[0], ...change }, ...rows.slice(1)];
    const bad: Array<[unknown[], string]> = [
      [[], "empty"],
      [rows.slice(0, rows.length / 2), "row count"],
      [rows.map((row) => ({ ...row, outstanding: 0.5 })), "whole number"],
      [[...rows, rows[0]], "twice"],
      [changed({ partner: "PTR-9999" }), "unknown"],
    ];
    for (const [sent, reason] of bad) {
      expect(await send(sent)).toContain(reason);
      expect(await lastRun(db, "credit")).toMatchObject({
        accepted: false,
        rows: sent.length,
        reason: expect.stringContaining(reason),
      });
    }
    expect(await send(rows, "now() - interval '1 second'")).toContain("begun before");
    expect(await pointer(db, "credit")).toEqual(before);
    expect(await db.value("select outstanding from app.partner_credit where partner_id = $1", [stores.budi])).toBe(
      1000,
    );
    expect(await send(rows.filter(({ partner }) => partner !== "PTR-0001"))).toBeNull();
    expect(await db.as(people.budi, () => db.value("select app.viewer_credit() ->> 'reason'"))).toBe("NO_DATA");
    // What was live before can still be looked up.
    const said = (snapshot: unknown) =>
      db.maybeValue<number>("select outstanding from app.credit_levels where snapshot_id = $1 and partner_id = $2", [
        snapshot,
        stores.budi,
      ]);
    expect(await said(before?.snapshot_id)).toBe(1000);
    expect(await said((await pointer(db, "credit"))?.snapshot_id)).toBeUndefined();
  }),
);

test(
  "the safety buffer follows how many orders wanted the article in 30 days",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const buffer = () =>
      db.value<number>(
        "select b.buffer from private.stock_buffers() b join app.products p on p.id = b.product_id where p.sku = $1",
        [sku],
      );
    await db.sql.query("select private.retire('app.order_lines', $1, 'TEST')", [`sku = '${sku}'`]);
    const sell = async (times: number) => {
      for (let index = 0; index < times; index += 1) {
        await db.fill(people.budi, [sku, 2]);
        await db.order(people.budi);
      }
    };
    await sell(9);
    expect(await buffer()).toBe(2);
    await sell(1);
    expect(await buffer()).toBe(3);
    await sell(41); // 51 orders of 2 pieces: 102 / 30 x 3 = 10.2
    expect(await buffer()).toBe(11);
  }),
);
