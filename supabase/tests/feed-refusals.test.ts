import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

type Row = { sku: string; warehouse: string; quantity: number };
type Run = {
  id: number;
  accepted: boolean;
  code: string | null;
  rows: number;
  warehouses: Record<string, number> | null;
  reason: string | null;
};
let pulls = 0;
const pull = (db: TestDb, rows: object[], snapshot = `p-${(pulls += 1)}`, started = "now()") =>
  db.value<string | null>(`select jobs.apply_stock($1, ${started}, $2)`, [snapshot, JSON.stringify(rows)]);
const pullCredit = (db: TestDb, rows: object[], snapshot = `p-${(pulls += 1)}`, started = "now()") =>
  db.value<string | null>(`select jobs.apply_credit($1, ${started}, $2)`, [snapshot, JSON.stringify(rows)]);
const lastRun = async (db: TestDb, feed = "stock") =>
  (
    await db.rows<Run>(
      `
        select id, accepted, reason_code as code, rows, warehouses, reason from app.feed_runs where feed = $1
          order by id desc limit 1`,
      [feed],
    )
  )[0]!;
const accept = "select app.accept_refused_feed('stock', $1, $2)";
const accepted = (db: TestDb, seen: number, why = "memang berubah") =>
  db.as(people.admin, () => db.sql.query(accept, [seen, why]));

/** Every article in three warehouses, live. */
async function threeWarehouses(db: TestDb): Promise<{ rows: Row[]; skus: string[] }> {
  const skus = (await db.rows<{ sku: string }>("select sku from app.products order by id")).map(({ sku }) => sku);
  await db.sql.query("update app.feeds set row_count = null, snapshot_id = null, as_of = null where name = 'stock'");
  const rows = ["SBY", "JKT", "MDN"].flatMap((warehouse) => skus.map((sku) => ({ sku, warehouse, quantity: 100 })));
  expect(await pull(db, rows)).toBeNull();
  return { rows, skus };
}
const quantity = (db: TestDb, sku: string) =>
  db.value<number>(
    "select s.quantity from app.product_stock s join app.products p on p.id = s.product_id where p.sku = $1",
    [sku],
  );

test(
  "a new warehouse waits for an admin; accepted, exactly that goes live, and the right feed before it is never refused",
  rolledBack(async (db) => {
    const { rows, skus } = await threeWarehouses(db);
    const more = [...rows, ...skus.slice(0, 20).map((sku) => ({ sku, warehouse: "TEST", quantity: 1_000_000 }))];
    expect(await pull(db, more)).toBe("a warehouse that was not there before: TEST");
    const run = await lastRun(db);
    expect(run).toMatchObject({
      accepted: false,
      code: "NEW_WAREHOUSE",
      rows: more.length,
      warehouses: { SBY: skus.length, JKT: skus.length, MDN: skus.length, TEST: 20 },
    });
    expect(await quantity(db, skus[0]!)).toBe(300);
    await accepted(db, run.id, "gudang TEST dibuka");
    // The acceptance is for that picture alone: no other warehouse, and no other size of this one.
    expect(
      await pull(
        db,
        more.map((row) => (row.warehouse === "TEST" ? { ...row, warehouse: "BALI" } : row)),
      ),
    ).toMatch(/BALI/);
    expect(
      await pull(db, [...rows, ...skus.slice(0, 40).map((sku) => ({ sku, warehouse: "TEST", quantity: 1 }))]),
    ).toMatch(/TEST/);
    await db.sql.query("savepoint before");
    expect(await pull(db, rows), "what is live already still fits").toBeNull();
    await db.sql.query("rollback to savepoint before");
    expect(await pull(db, more)).toBeNull();
    expect(await quantity(db, skus[0]!)).toBe(1_000_300);
    expect(
      await db.rows(
        `
          select detail, private.audit_words(e) as words, before, after from app.audit_events e
            where action = 'FEED_SIZE_ACCEPTED' and xid = pg_current_xact_id()`,
      ),
    ).toEqual([
      {
        detail: { code: "NEW_WAREHOUSE" },
        words: { reason: "gudang TEST dibuka" },
        before: { rows: rows.length, run: expect.any(Number) },
        after: { rows: more.length, run: run.id },
      },
    ]);
  }),
);

test(
  "a warehouse that closed is accepted by the same command, and the feed that still has it is not refused either",
  rolledBack(async (db) => {
    const { rows, skus } = await threeWarehouses(db);
    const less = rows.filter(({ warehouse }) => warehouse !== "MDN");
    expect(await pull(db, less)).toBe("a warehouse is missing: MDN");
    const run = await lastRun(db);
    expect(run).toMatchObject({ code: "MISSING_WAREHOUSE", rows: less.length });
    await accepted(db, run.id, "gudang MDN ditutup");
    expect(await pull(db, less)).toBeNull();
    expect(await quantity(db, skus[0]!)).toBe(200);
    // Used up: that it is there again is news.
    expect(await pull(db, rows)).toMatch(/was not there before: MDN/);
    expect(await pull(db, less)).toBeNull();
  }),
);

test(
  "one warehouse that lost most of its rows is refused, whatever the sum of all says",
  rolledBack(async (db) => {
    const { rows, skus } = await threeWarehouses(db);
    const left = (share: number) => {
      const most = Math.ceil(skus.length * share);
      let seen = 0;
      return rows.filter(({ warehouse }) => warehouse !== "MDN" || (seen += 1) <= most);
    };
    expect(left(0.11).length).toBeGreaterThan(rows.length * 0.7);
    expect(await pull(db, left(0.11))).toMatch(/^row count of MDN \d+ against \d+ before$/);
    expect(await lastRun(db)).toMatchObject({ accepted: false, code: "ROW_COUNT" });
    expect(await pull(db, left(0.75))).toBeNull();
  }),
);

test(
  "accepted is what was seen: another refusal since then is another question, the same one again is not",
  rolledBack(async (db) => {
    const { rows, skus } = await threeWarehouses(db);
    const sixty = skus.slice(0, Math.ceil(skus.length * 0.6)).flatMap((sku) => rows.filter((row) => row.sku === sku));
    expect(await pull(db, sixty)).toMatch(/^row count /);
    const seen = await lastRun(db);
    const tiny = rows.filter(({ sku }) => sku === skus[0]);
    expect(await pull(db, tiny)).toMatch(/^row count /);
    expect(await db.stopped(people.admin, accept, [seen.id, "saya lihat 60 persen"])).toBe("STALE");
    expect(await db.stopped(people.admin, accept, [seen.id + 1_000, "angka yang dikarang"])).toBe("STALE");
    expect(await db.stopped(people.admin, accept, [null, "tidak melihat apa-apa"])).toBe("STALE");
    // Tried again meanwhile with the same outcome: what he saw is what is.
    await pull(db, sixty);
    await pull(db, sixty);
    await accepted(db, seen.id, "saya lihat 60 persen");
    expect(await pull(db, tiny)).toMatch(/^row count /);
    expect(await pull(db, sixty)).toBeNull();
  }),
);

test(
  "no words of the ERP make a refusal that can be accepted",
  rolledBack(async (db) => {
    for (const words of [
      'content: ["row count 7 x","JKT"] appears twice',
      "row count 7 against 9 before",
      "a warehouse is missing: JKT",
    ]) {
      await db.sql.query("select jobs.reject_feed('stock', 'x', $1, 7)", [words]);
      expect(await db.stopped(people.admin, accept, [(await lastRun(db)).id, "coba saja"])).toBe("STALE");
    }
  }),
);

test(
  "an ERP that serves the same snapshot again makes nothing younger and frees nothing",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.sql.query(
      "update app.feeds set row_count = null, snapshot_id = null, as_of = now() - interval '90 minutes'",
    );
    const stock = (await db.rows<{ sku: string }>("select sku from app.products")).map((row) => ({
      ...row,
      warehouse: "SBY",
      quantity: 500,
    }));
    const credit = (await db.rows<{ partner: string }>("select code as partner from app.partners")).map((row) => ({
      ...row,
      outstanding: 7,
    }));
    expect([
      await pull(db, stock, "S", "now() - interval '70 minutes'"),
      await pullCredit(db, credit, "C", "now() - interval '70 minutes'"),
    ]).toEqual([null, null]);
    const order = await db.buy(people.budi, [sku, 10]);
    await db.sql.query(
      `
        update app.orders set sync_status = 'SYNCED', synced_at = now() - interval '40 minutes', erp_document = 'SO-1'
          where number = $1`,
      [order],
    );
    const state = async () => [
      await db.rows("select name, snapshot_id, as_of, row_count from app.feeds order by 1"),
      await db.value(
        "select held from app.product_stock s join app.products p on p.id = s.product_id where p.sku = $1",
        [sku],
      ),
      await db.value("select private.credit_decision($1, 1)", [stores.budi]),
    ];
    const before = await state();
    await db.sql.query("update app.feeds set last_error = 'connection: ECONNREFUSED', last_tried_at = null");
    for (const [said, feed] of [
      [await pull(db, stock, "S"), "stock"],
      [await pullCredit(db, credit, "C"), "credit"],
    ] as const) {
      expect(said).toBe("the same snapshot as the live one");
      expect(await lastRun(db, feed)).toMatchObject({ accepted: true, code: "SAME_SNAPSHOT" });
      expect(
        await db.rows("select last_error, last_tried_at = now() as tried from app.feeds where name = $1", [feed]),
      ).toEqual([{ last_error: null, tried: true }]);
    }
    expect(await state()).toEqual(before);
    expect(
      await db.value(
        "select count(*)::int from app.feed_runs where feed = 'stock' and kept and reason_code is not null",
      ),
    ).toBe(0);
    // The control: another id is another snapshot.
    expect([await pull(db, stock, "S2"), await pullCredit(db, credit, "C2")]).toEqual([null, null]);
    expect(await state()).not.toEqual(before);
  }),
);

test(
  "pieces beyond what can be counted are refused, never an error",
  rolledBack(async (db) => {
    const { rows, skus } = await threeWarehouses(db);
    expect(
      await pull(
        db,
        rows.map((row) => ({ ...row, quantity: 1_000_000_000 })),
      ),
    ).toBe("the pieces of an article are too large a number");
    expect(await lastRun(db)).toMatchObject({ accepted: false, code: null });
    expect(
      await pull(
        db,
        rows.map((row) => ({ ...row, quantity: 333_333_333 })),
      ),
    ).toBeNull();
    expect(await quantity(db, skus[0]!)).toBe(999_999_999);
  }),
);

test(
  "a clock that was set back stops neither the pulls nor what they bring",
  rolledBack(async (db) => {
    const { rows } = await threeWarehouses(db);
    await db.sql.query("update app.erp_circuit set state = 'CLOSED'");
    const claim = () => db.rows("select feed from jobs.claim_pull(gen_random_uuid())");
    const set = (values: string) =>
      db.sql.query(
        `
          update app.feeds set wanted = false, as_of = now(), next_try_at = now(), pull_until = null; update app.feeds
            set ${values} where name = 'stock'`,
      );
    await set("wanted = true, next_try_at = now() + interval '1 minute'");
    expect(await claim()).toEqual([]);
    await set("wanted = true, pull_until = now() + interval '5 minutes'");
    expect(await claim()).toEqual([]);
    for (const left of [
      "wanted = true, next_try_at = now() + interval '1 hour'",
      "wanted = true, pull_until = now() + interval '1 hour'",
      "as_of = now() + interval '1 hour'",
    ]) {
      await set(left);
      expect(await claim(), left).toEqual([{ feed: "stock" }]);
    }
    await set("as_of = now() + interval '1 hour'");
    expect(await pull(db, rows)).toBeNull();
  }),
);
