import type pg from "pg";
import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { rolledBack, plenty, type TestDb, reasonOf, refusalOf, refusedFor } from "#tests/support/rolled-back.ts";
import { several } from "#supabase/local/several.ts";

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
  "the same key is the same order; with another cart it is refused",
  rolledBack(async (db) => {
    const [one, two] = await plenty(db);
    const key = crypto.randomUUID();
    await db.fill(people.budi, [one, 2]);
    const first = await db.order(people.budi, key);
    expect(await db.order(people.budi, key)).toBe(first);
    await db.fill(people.budi, [two, 1]);
    const place = "select app.place_order($1, null, '', false)";
    expect(await db.stopped(people.budi, place, [key])).toBe("KEY_REUSED");
    expect(await db.stopped(people.budi, place, [crypto.randomUUID()])).toBeNull();
    expect(await db.value("select count(*)::int from app.orders where checkout_key = $1", [key])).toBe(1);
    // Somebody else's key is nobody's business.
    await db.fill(people.maya, [two, 1]);
    expect(await db.order(people.maya, key)).not.toBe(first);
  }),
);

test(
  "the same key with another note, pre-order or cart is refused by its order's number; with the same it is that order",
  rolledBack(async (db) => {
    const [one, two] = await plenty(db);
    const key = crypto.randomUUID();
    const place = (note: string, preorder: boolean) =>
      db
        .as(people.budi, () =>
          db.value<Record<string, unknown>>("select app.place_order($1, null, $2, $3)", [key, note, preorder]),
        )
        .catch(refusalOf);
    await db.fill(people.budi, [one, 2]);
    const number = String((await place("Antar pagi", true)).number);
    const keyed = (...differs: string[]) => ({ reason: "KEY_REUSED", number, differs });
    const tries: Array<[string, boolean, object]> = [
      ["Antar sore", true, keyed("note")],
      ["", true, keyed("note")],
      ["Antar pagi", false, keyed("preorder")],
      ["Antar sore", false, keyed("note", "preorder")],
      ["Antar pagi", true, { number, light: "GREEN", repeated: true }],
    ];
    for (const [note, preorder, answer] of tries)
      expect([note, preorder, await place(note, preorder)]).toEqual([note, preorder, answer]);
    await db.fill(people.budi, [two, 1]);
    expect(await place("Antar sore", true)).toEqual(keyed("cart", "note"));
    expect(
      await db.rows("select number, note, preorder_agreed from app.orders where checkout_key = $1", [key]),
    ).toEqual([{ number, note: "Antar pagi", preorder_agreed: true }]);
  }),
);

test(
  "an empty cart says which order it went out as: to whose cart it was, until something is put in, and for a day",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const ordered = (who: string) =>
      db.as(who, () => db.value<{ number: string } | null>("select app.quote() -> 'ordered'"));
    const empty = (who: string) => db.order(who).then(() => null, refusalOf);
    await db.sql.query("update app.orders set created_at = created_at - interval '2 days' where partner_id = $1", [
      stores.budi,
    ]);
    await db.sql.query("select private.audit('ORDER_MOVED', 'order', number) from app.orders where partner_id = $1", [
      stores.budi,
    ]);
    expect([await ordered(people.budi), await empty(people.budi)]).toEqual([null, { reason: "EMPTY_CART" }]);
    await db.actFor(people.sari, "PTR-0001");
    await db.fill(people.sari, [sku, 1]);
    expect(await ordered(people.sari)).toBeNull();
    const number = await db.as(people.sari, () =>
      db
        .value<{ number: string }>("select app.place_order(gen_random_uuid(), null, 'Antar pagi', false)")
        .then((placed) => placed.number),
    );
    expect(await ordered(people.sari)).toMatchObject({ number });
    // By a form with another key, of another tab.
    expect(await empty(people.sari)).toEqual({ reason: "EMPTY_CART", number });
    // The owner's cart is another one.
    expect([await ordered(people.budi), await empty(people.budi)]).toEqual([null, { reason: "EMPTY_CART" }]);
    const age = (interval: string) =>
      db.sql.query("update app.orders set created_at = now() - $2::interval where number = $1", [number, interval]);
    await db.sql.query("update app.carts set updated_at = now() - interval '2 days' where author_id = $1", [
      people.sari,
    ]);
    await age("23 hours 59 minutes");
    expect(await ordered(people.sari)).toMatchObject({ number });
    await age("24 hours");
    expect(await ordered(people.sari)).toBeNull();
    await age("5 minutes");
    expect(await ordered(people.sari)).toMatchObject({ number });
    await db.fill(people.sari, [sku, 1]);
    expect(await ordered(people.sari)).toBeNull();
    await db.fill(people.sari, [sku, 0]); // Emptied by hand: this cart did not go out.
    expect([await ordered(people.sari), await empty(people.sari)]).toEqual([null, { reason: "EMPTY_CART" }]);
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
  "that WhatsApp was opened is noted once for its reader; a stranger finds no order",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const number = await db.buy(people.budi, [sku, 1]);
    const note = "select app.note_whatsapp_opened($1)";
    for (const stranger of [people.maya, people.sari, people.agus])
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

// Committed, on connections of their own: a race is only a race between transactions. The first buyer has ordered and
// not committed when the second one orders; what matters is what the second is told once the first has committed.
type Buyer = { user: string; session: string; sql: pg.Client };

async function race(
  play: (race: {
    owner: pg.Client;
    buyers: Buyer[];
    order: (buyer: Buyer, sku: string) => Promise<{ light?: string; reason?: string }>;
  }) => Promise<void>,
  users: string[],
) {
  const owner = await connect();
  const buyers = await Promise.all(
    users.map(async (user) => ({ user, session: crypto.randomUUID(), sql: await connect() })),
  );
  const before = (
    await owner.query<{ id: string; limit: number }>("select id, credit_limit as limit from app.partners")
  ).rows;
  const stock = (await owner.query("select product_id as id, quantity, buffer, held from app.product_stock")).rows;
  const last = (await owner.query<{ id: number }>("select coalesce(max(id), 0) as id from app.orders")).rows[0]!.id;
  const order = async ({ user, session, sql }: Buyer, sku: string) => {
    await sql.query("begin");
    await sql.query("select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)", [
      JSON.stringify({ sub: user, session_id: session }),
    ]);
    try {
      await sql.query("select app.put_in_cart($1, 1, 'set')", [sku]);
      return (
        await sql.query<{ p: { light: string } }>("select app.place_order(gen_random_uuid(), null, '', false) as p")
      ).rows[0]!.p;
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  };
  try {
    for (const { user, session } of buyers)
      await owner.query(
        "insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())",
        [session, user],
      );
    await owner.query("update app.feeds set as_of = now(), snapshot_id = coalesce(snapshot_id, 1)");
    await play({ owner, buyers, order });
  } finally {
    await Promise.all(buyers.map(({ sql }) => sql.query("rollback")));
    await owner.query("begin");
    for (const table of ["order_events", "erp_syncs", "shadow_traces", "shadow_alerts", "mails"])
      await owner.query("select private.retire($1::regclass, $2, 'TEST')", [`app.${table}`, `order_id > ${last}`]);
    await owner.query("select private.retire('app.orders', $1, 'TEST')", [`id > ${last}`]);
    await owner.query("select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners");
    for (const { id, limit } of before)
      await owner.query("update app.partners set credit_limit = $1 where id = $2 and credit_limit <> $1", [limit, id]);
    await owner.query(
      `
        update app.product_stock s set quantity = o.quantity, buffer = o.buffer, held = o.held
          from jsonb_to_recordset($1) as o (id bigint, quantity int, buffer int, held int) where o.id = s.product_id`,
      [JSON.stringify(stock)],
    );
    await owner.query("select private.retire('app.acting_sessions', $1, 'TEST')", [
      `session_id in (${buyers.map(({ session }) => `'${session}'`).join()})`,
    ]);
    await owner.query("delete from app.cart_items where author_id = any ($1)", [users]);
    await owner.query("delete from auth.sessions where id = any ($1)", [buyers.map(({ session }) => session)]);
    await owner.query("commit");
    await Promise.all([owner, ...buyers.map(({ sql }) => sql)].map((client) => client.end()));
  }
}

/** Lets the first one commit once the second waits for it, or has passed it by. */
async function commitWhenTheOtherWaits(owner: pg.Client, first: Buyer, second: Buyer, answer: Promise<unknown>) {
  let passed = false;
  void answer.then(() => (passed = true));
  const pid = second.sql.processID;
  const waits = async () =>
    (await owner.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [pid])).rowCount ===
    1;
  while (!passed && !(await waits())) continue;
  await first.sql.query("commit");
}

test(
  "an owner and his salesman, ordering at once, never both spend the same room",
  () =>
    race(
      async ({ owner, buyers, order }) => {
        const [budi, sari] = several(2, buyers);
        const goods = (
          await owner.query<{ sku: string; id: number; price: number }>(
            `
              select p.sku, p.id, r.price from app.products p join app.prices r on r.product_id = p.id
                and r.tier = 'GOLD' where p.active order by p.id limit 2`,
          )
        ).rows;
        await owner.query(
          "update app.product_stock set quantity = 100, buffer = 0, held = 0 where product_id = any ($1)",
          [goods.map(({ id }) => id)],
        );
        await sari.sql.query("begin");
        await sari.sql.query(
          "select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)",
          [JSON.stringify({ sub: sari.user, session_id: sari.session })],
        );
        await sari.sql.query("select app.begin_acting('PTR-0001', 'kunjungan toko')");
        await sari.sql.query("commit");
        // Room for either of the two orders and not for both. Different goods, so that only the room is between them.
        const {
          rows: [exposure],
        } = await owner.query<{ n: number }>(
          "select (d ->> 'limit')::bigint - (d ->> 'room')::bigint as n from private.credit_decision($1, 0) d",
          [stores.budi],
        );
        await owner.query(
          `
            with noted as (select private.audit('LIMIT_CHANGED', 'partner', 'PTR-0001')) update app.partners
              set credit_limit = $1 from noted where id = $2`,
          [exposure!.n + Math.max(...goods.map(({ price }) => price)), stores.budi],
        );
        expect(await order(budi, goods[0]!.sku)).toMatchObject({ light: "GREEN" });
        const second = order(sari, goods[1]!.sku);
        await commitWhenTheOtherWaits(owner, budi, sari, second);
        expect(await second).toMatchObject({ light: "AMBER" });
      },
      [people.budi, people.sari],
    ),
  30_000,
);

test(
  "two stores, ordering the last piece at once, never both get it",
  () =>
    race(
      async ({ owner, buyers, order }) => {
        const [budi, maya] = several(2, buyers);
        const {
          rows: [last],
        } = await owner.query<{ sku: string; id: number }>(
          "select sku, id from app.products where active order by id desc limit 1",
        );
        await owner.query("update app.product_stock set quantity = 1, buffer = 0, held = 0 where product_id = $1", [
          last!.id,
        ]);
        expect(await order(budi, last!.sku)).toHaveProperty("light");
        const second = order(maya, last!.sku);
        await commitWhenTheOtherWaits(owner, budi, maya, second);
        expect(await second).toEqual({ reason: "STOCK_SHORT" });
      },
      [people.budi, people.maya],
    ),
  30_000,
);
