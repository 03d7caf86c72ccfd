import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, refusedFor } from "#tests/support/rolled-back.ts";

const priceOf = (db: TestDb, sku: string, tier: string) =>
  db.value<number>(
    "select price from app.prices r join app.products p on p.id = r.product_id where p.sku = $1 and tier = $2",
    [sku, tier],
  );

test(
  "an order takes the prices of the store's tier, whatever a browser says, and empties the cart",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.sql.query("update app.prices set volume_minimum = null, volume_price = null");
    const number = await db.buy(people.budi, [sku, 3]);
    const [order] = await db.rows("select * from app.orders where number = $1", [number]);
    expect(number).toMatch(/^ORD-\d{4}-\d{6}$/);
    expect(order).toMatchObject({
      total: 3 * (await priceOf(db, sku, "GOLD")),
      market_total: 3 * (await priceOf(db, sku, "SILVER")),
      status: "SUBMITTED",
      sync_status: "PENDING_SYNC",
      credit_light: "GREEN",
      acting_session_id: null,
      tier: "GOLD",
    });
    expect(order!.routed_to).not.toBeNull();
    expect(await db.rows("select * from app.cart_items where author_id = $1", [people.budi])).toEqual([]);
    expect(await db.value("select count(*)::int from app.erp_syncs where order_id = $1", [order!.id])).toBe(1);
    expect(
      await db.value("select count(*)::int from app.audit_events where entity_key = $1 and action = 'ORDER_PLACED'", [
        number,
      ]),
    ).toBe(1);
  }),
);

test(
  "from its quantity on the volume price counts",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const own = await priceOf(db, sku, "GOLD");
    await db.sql.query(
      `
        update app.prices set volume_minimum = 12, volume_price = price - 1000
          where product_id = (select id from app.products where sku = $1)`,
      [sku],
    );
    for (const [quantity, piece] of [
      [11, own],
      [12, own - 1000],
    ] as const) {
      await db.fill(people.budi, [sku, quantity]);
      expect(await db.value("select total from app.orders where number = $1", [await db.order(people.budi)])).toBe(
        quantity * piece,
      );
    }
  }),
);

test(
  "a price that changed since it was shown stops the checkout, an unchanged one does not",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.fill(people.budi, [sku, 2]);
    const shown = await db.as(people.budi, () => db.value<{ digest: string }>("select app.quote()"));
    const place = "select app.place_order(gen_random_uuid(), $1, '', false)";
    expect(await db.stopped(people.budi, place, [shown.digest])).toBeNull();
    await db.sql.query("update app.prices set price = price + 500 where tier = 'GOLD'");
    expect(await db.stopped(people.budi, place, [shown.digest])).toBe("STALE");
  }),
);

test(
  "a line above the stock stops the checkout and says what is left; pre-order takes the rest",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.sql.query(
      `
        update app.product_stock set quantity = 8, buffer = 2, held = 1 where product_id = (select id from app.products
          where sku = $1)`,
      [sku],
    );
    await db.fill(people.budi, [sku, 7]);
    await expect(db.order(people.budi)).rejects.toMatchObject({
      ...refusedFor("STOCK_SHORT"),
      detail: expect.stringContaining('"asked": 7'),
    });
    // Whoever says nothing about pre-order has not agreed to it.
    expect(await db.stopped(people.budi, "select app.place_order(gen_random_uuid(), null, '', null)")).toBe(
      "STOCK_SHORT",
    );
    await expect(db.order(people.budi)).rejects.toMatchObject({
      detail: expect.stringContaining('"left": 5'),
    });
    const number = await db.order(people.budi, crypto.randomUUID(), true);
    expect(
      await db.rows(
        "select quantity, preorder from app.order_lines l join app.orders o on o.id = l.order_id where number = $1",
        [number],
      ),
    ).toEqual([{ quantity: 7, preorder: 2 }]);
    expect(
      await db.value(
        "select held from app.product_stock where product_id = (select id from app.products where sku = $1)",
        [sku],
      ),
    ).toBe(6);
  }),
);

test(
  "credit: green within the room, amber above it, and nothing is refused",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const price = await priceOf(db, sku, "GOLD");
    const light = async (limit: number) => {
      await db.sql.query("update app.partners set credit_limit = $1 where id = $2", [limit, stores.budi]);
      return db.as(people.budi, () =>
        db.value<{ light: string; reason: string; room: number; over: number }>("select app.quote() -> 'credit'"),
      );
    };
    await db.sql.query("update app.orders set status = 'COMPLETED' where partner_id = $1", [stores.budi]);
    await db.sql.query("update app.invoices set status = 'CANCELLED' where partner_id = $1", [stores.budi]);
    await db.fill(people.budi, [sku, 1]);
    expect(await light(price)).toMatchObject({ light: "GREEN", reason: "WITHIN_LIMIT", over: 0 });
    expect(await light(price - 1)).toMatchObject({ light: "AMBER", reason: "OVER_LIMIT", over: 1 });
    // What the ERP says counts where it is more than what we know.
    await db.sql.query("update app.partner_credit set outstanding = 10 where partner_id = $1", [stores.budi]);
    expect(await light(price + 9)).toMatchObject({ light: "AMBER", over: 1 });
    expect(await light(price + 10)).toMatchObject({ light: "GREEN" });
    await db.sql.query("update app.feeds set as_of = now() - interval '61 minutes' where name = 'credit'");
    expect(await light(1_000_000_000)).toMatchObject({ light: "AMBER", reason: "OLD_DATA" });
    await db.sql.query("update app.feeds set as_of = now() where name = 'credit'");
    await db.as(people.admin, () =>
      db.sql.query("select app.change_setting('CREDIT_CHECK_BYPASS', 'true', 'ERP mati', 2)"),
    );
    expect(await light(1_000_000_000)).toMatchObject({ light: "AMBER", reason: "BYPASS" });
    await db.sql.query("update app.settings set expires_at = now() where key = 'CREDIT_CHECK_BYPASS'");
    expect(await light(1_000_000_000)).toMatchObject({ light: "GREEN" });
    expect(await db.value("select credit_light from app.orders where number = $1", [await db.order(people.budi)])).toBe(
      "GREEN",
    );
  }),
);

test(
  "without a region there is no order",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.fill(people.budi, [sku, 1]);
    await db.sql.query("update app.partners set region_code = null where id = $1", [stores.budi]);
    await expect(db.order(people.budi)).rejects.toMatchObject(refusedFor("NO_REGION"));
    await db.sql.query("update app.partners set region_code = 'JTM' where id = $1", [stores.budi]);
    expect(await db.order(people.budi)).toMatch(/^ORD-/);
  }),
);

test(
  "what is no quantity or no article never enters a cart",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const put = "select app.put_in_cart($1, $2, $3)";
    for (const quantity of [0, -1, 10_000, 1_000_000_000])
      expect(await db.stopped(people.budi, put, [sku, quantity, "add"])).toBe("QUANTITY");
    expect(await db.stopped(people.budi, put, ["NO-SUCH", 1, "add"])).toBe("NOT_FOUND");
    expect(await db.stopped(people.sari, put, [sku, 1, "add"])).toBe("DENIED");
    expect(await db.stopped(people.admin, put, [sku, 1, "add"])).toBe("DENIED");
    expect(await db.stopped(people.budi, put, [sku, 1, "add"])).toBeNull();
    expect(await db.stopped(people.budi, put, [sku, 0, "set"])).toBeNull();
  }),
);

test(
  "an approval makes the invoice, due by tier; a cancellation frees the pieces",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const number = await db.buy(people.budi, [sku, 4]);
    const held = () =>
      db.value<number>(
        "select held from app.product_stock where product_id = (select id from app.products where sku = $1)",
        [sku],
      );
    expect(await held()).toBe(4);
    const move = (who: string, status: string, note = "") =>
      db.as(who, () => db.sql.query("select app.move_order($1, $2, $3)", [number, status, note]));
    await expect(move(people.auditor, "APPROVED")).rejects.toMatchObject(refusedFor("DENIED"));
    await expect(move(people.budi, "APPROVED")).rejects.toMatchObject(refusedFor("DENIED"));
    await move(people.admin, "APPROVED");
    expect(
      await db.value(
        `
          select due_on - (now() at time zone 'Asia/Jakarta')::date from app.invoices i
            join app.orders o on o.id = i.order_id where o.number = $1`,
        [number],
      ),
    ).toBe(14);
    await expect(move(people.admin, "PROCESSING")).rejects.toMatchObject(refusedFor("STALE"));
    await expect(move(people.admin, "CANCELLED")).rejects.toMatchObject(refusedFor("REASON_REQUIRED"));
    await move(people.admin, "CANCELLED", "salah pesan");
    expect(await held()).toBe(0);
  }),
);

test(
  "that WhatsApp was opened is noted once for its reader; a stranger and staff find no order",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const number = await db.buy(people.budi, [sku, 1]);
    const note = "select app.note_whatsapp_opened($1)";
    for (const stranger of [people.maya, people.sari, people.agus, people.admin, people.auditor])
      expect(await db.stopped(stranger, note, [number])).toBe("NOT_FOUND");
    for (let again = 0; again < 2; again += 1) await db.as(people.budi, () => db.sql.query(note, [number]));
    expect(
      await db.value(
        `
          select count(*)::int from app.order_events e join app.orders o on o.id = e.order_id where o.number = $1
            and kind = 'WHATSAPP_OPENED'`,
        [number],
      ),
    ).toBe(1);
  }),
);
