import { describe, expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, refusedFor } from "#tests/support/rolled-back.ts";

const degraded = (db: TestDb, who: string | null) =>
  db.as(who, () => db.value<boolean>("select (app.viewer_context() ->> 'degraded')::boolean"));
const open = (db: TestDb) =>
  db.sql.query(
    `
      update app.erp_circuit set state = 'OPEN', since = now() - interval '3 hours',
        last_ok_at = now() - interval '3 hours'`,
  );
const everybody = [null, people.budi, people.maya, people.sari, people.agus, people.admin, people.auditor];

/** Nothing has ever come from the ERP. */
async function neverPulled(db: TestDb) {
  await db.sql.query("delete from app.stock_levels");
  await db.sql.query("update app.product_stock set quantity = 0, buffer = 0, held = 0");
  await db.sql.query("update app.partner_credit set outstanding = null");
  await db.sql.query("update app.feeds set snapshot_id = null, as_of = null, row_count = null");
}

const outages: Array<[string, (db: TestDb) => Promise<unknown>, { reason: string; snapshot: boolean }]> = [
  [
    "figures of ten minutes ago",
    async (db) => {
      await open(db);
      await db.sql.query("update app.feeds set as_of = now() - interval '10 minutes'");
    },
    { reason: "WITHIN_LIMIT", snapshot: true },
  ],
  [
    "figures of three hours ago",
    async (db) => {
      await open(db);
      await db.sql.query("update app.feeds set as_of = now() - interval '3 hours'");
    },
    { reason: "OLD_DATA", snapshot: true },
  ],
  [
    "no figures at all, from the first day on",
    async (db) => {
      await open(db);
      await neverPulled(db);
    },
    { reason: "NO_DATA", snapshot: false },
  ],
];

describe.each(outages)("the ERP is out of reach, with %s", (_, outage, { reason, snapshot }) => {
  test(
    "a store looks, fills its cart and orders; nothing is refused",
    rolledBack(async (db) => {
      const [one, two] = await plenty(db);
      await outage(db);
      await db.as(people.budi, async () => {
        expect(
          (
            await db.rows(
              `
                select p.sku, s.badge from app.products p join app.product_stock s on s.product_id = p.id
                  where p.active`,
            )
          ).length,
        ).toBeGreaterThan(100);
        expect(await db.value("select app.viewer_credit() ->> 'reason'")).toBe(reason);
      });
      await db.fill(people.budi, [one, 3], [two, 2]);
      await db.as(people.budi, () => db.value("select app.put_in_cart($1, 1, 'add')", [one]));
      const quote = await db.as(people.budi, () =>
        db.value<{ digest: string; lines: Array<{ left: number | null }>; credit: { light: string } }>(
          "select app.quote()",
        ),
      );
      expect(quote.lines.map(({ left }) => left)).toEqual([null, null]);
      const placed = await db.as(people.budi, () =>
        db.value<{ number: string; light: string }>(
          "select app.place_order(gen_random_uuid(), $1, 'mohon cepat', false)",
          [quote.digest],
        ),
      );
      expect(placed.light).toBe(reason === "WITHIN_LIMIT" ? "GREEN" : "AMBER");
      const [order] = await db.rows(
        `
          select degraded, sync_status, status, stock_snapshot_id is not null as snapshot from app.orders
            where number = $1`,
        [placed.number],
      );
      expect(order).toEqual({ degraded: true, sync_status: "PENDING_SYNC", status: "SUBMITTED", snapshot });
      // What was not known is not said to have been there, and is no pre-order either.
      const lines = await db.rows<{ preorder: number; available: number | null }>(
        `
          select preorder, available from app.order_lines
            where order_id = (select id from app.orders where number = $1)`,
        [placed.number],
      );
      expect(lines).toEqual([snapshot, snapshot].map((known) => ({ preorder: 0, available: known ? 1000 : null })));
      await db.as(people.budi, () => db.sql.query("select app.note_whatsapp_opened($1)", [placed.number]));
      expect(
        await db.as(people.budi, () => db.rows("select number from app.orders where number = $1", [placed.number])),
      ).toHaveLength(1);
    }),
  );

  test(
    "a salesman orders for a store, and its owner may disown it and switch him off",
    rolledBack(async (db) => {
      const [sku] = await plenty(db);
      await outage(db);
      const number = await db.buyFor(people.sari, "PTR-0001", [sku, 2]);
      expect(await db.value("select credit_inputs ->> 'reason' from app.orders where number = $1", [number])).toBe(
        reason,
      );
      await db.as(people.sari, () => db.sql.query("select app.end_acting()"));
      await db.as(people.budi, async () => {
        await db.sql.query("select app.dispute_order($1, 'Saya tidak memesan')", [number]);
        await db.sql.query("select app.set_shadow_consent(false, null)");
      });
      expect(await db.value("select held from app.orders where number = $1", [number])).toBe(true);
    }),
  );
});

test(
  "a store above its limit orders in an outage too, and waits",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await open(db);
    await db.sql.query("update app.partners set credit_limit = 0 where id = $1", [stores.budi]);
    await db.fill(people.budi, [sku, 1]);
    expect(
      await db.value("select credit_inputs ->> 'reason' from app.orders where number = $1", [
        await db.order(people.budi),
      ]),
    ).toBe("OVER_LIMIT");
  }),
);

test(
  "what is known to be too little still asks for the pre-order tick: that is our knowledge, not the ERP's absence",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await open(db);
    await db.sql.query(
      "update app.product_stock set quantity = 2 where product_id = (select id from app.products where sku = $1)",
      [sku],
    );
    await db.fill(people.budi, [sku, 3]);
    await expect(db.order(people.budi)).rejects.toMatchObject(refusedFor("STOCK_SHORT"));
    expect(await db.order(people.budi, crypto.randomUUID(), true)).toMatch(/^ORD-/);
  }),
);

test(
  "by itself: from the commit of the change on everybody is told, guests too, and no longer than it lasts",
  rolledBack(async (db) => {
    await db.sql.query("update app.erp_circuit set state = 'CLOSED', last_ok_at = now()");
    for (const who of everybody) expect(await degraded(db, who)).toBe(false);
    for (const state of ["OPEN", "HALF_OPEN"]) {
      await db.sql.query("update app.erp_circuit set state = $1", [state]);
      for (const who of everybody) expect(await degraded(db, who)).toBe(true);
    }
    await db.sql.query("update app.erp_circuit set state = 'CLOSED', last_ok_at = now()");
    for (const who of everybody) expect(await degraded(db, who)).toBe(false);
    // Nobody listens to the ERP any more: it may be dead.
    await db.sql.query("update app.erp_circuit set last_ok_at = now() - interval '121 seconds'");
    expect(await degraded(db, null)).toBe(true);
  }),
);

test(
  "by hand: the same, with a reason and an end, and it marks orders while the breaker is closed",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.sql.query("update app.erp_circuit set state = 'CLOSED', last_ok_at = now()");
    await db.as(people.admin, () =>
      db.sql.query("select app.change_setting('erp.force_degraded', 'true', 'Gudang stok opname', 2)"),
    );
    for (const who of everybody) expect(await degraded(db, who)).toBe(true);
    const number = await db.buy(people.budi, [sku, 1]);
    expect(await db.rows("select degraded, credit_light from app.orders where number = $1", [number])).toEqual([
      { degraded: true, credit_light: "GREEN" },
    ]);
    await db.sql.query("update app.settings set expires_at = now() where key = 'erp.force_degraded'");
    for (const who of everybody) expect(await degraded(db, who)).toBe(false);
  }),
);

test(
  "the age of the stock is told whether degraded or not, to whoever sees stock: not to guests",
  rolledBack(async (db) => {
    const age = (who: string | null) =>
      db.as(who, () => db.value<number | null>("select (app.viewer_context() ->> 'stockAgeMinutes')::int"));
    await db.sql.query("update app.erp_circuit set state = 'CLOSED', last_ok_at = now()");
    await db.sql.query("update app.feeds set as_of = now() - interval '47 minutes' where name = 'stock'");
    for (const who of everybody.slice(1)) expect(await age(who)).toBe(47);
    expect(await age(null)).toBeNull();
    expect(await db.stopped(null, "select badge from app.product_stock")).toBe("42501");
  }),
);
