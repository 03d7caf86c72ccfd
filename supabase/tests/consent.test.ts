import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, refusalOf, refusedFor } from "#tests/support/rolled-back.ts";

type Allowance = { allowed: boolean; cap: number | null; used: number; left: number | null; month: string };
const consent = (db: TestDb, allowed: boolean, cap: number | null, who = people.budi) =>
  db.as(who, () => db.value<number>("select app.set_shadow_consent($1, $2)", [allowed, cap]));
const allowance = (db: TestDb, who: string) =>
  db.as(who, () => db.value<Allowance | null>("select app.shadow_allowance()"));
const used = (db: TestDb, at = "now()") => db.value<number>(`select private.shadow_used($1, ${at})`, [stores.budi]);

/** A salesman at work for Budi, and what a piece costs there. */
async function atWork(db: TestDb) {
  const [sku] = await plenty(db);
  await db.sql.query("update app.prices set volume_minimum = null, volume_price = null");
  await db.actFor(people.sari, "PTR-0001");
  const price = await db.value<number>(
    "select price from app.prices r join app.products p on p.id = r.product_id where p.sku = $1 and tier = 'GOLD'",
    [sku],
  );
  const place = async (pieces: number) => {
    await db.fill(people.sari, [sku, pieces]);
    return db.order(people.sari);
  };
  return { sku, price, place };
}

test(
  "only the owner himself says what salesmen may do",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    const set = "select app.set_shadow_consent($1, $2)";
    for (const who of [people.sari, people.agus, people.admin, people.auditor])
      expect(await db.stopped(who, set, [true, 5_000_000])).toBe("DENIED");
    expect(await db.stopped(null, set, [true, 5_000_000])).toBe("42501");
    expect(await db.stopped(people.budi, set, [true, 5_000_000], crypto.randomUUID())).toBe("28000");
    for (const cap of [0, -1, 1_000_000_000_001])
      expect(await db.stopped(people.budi, set, [true, cap])).toBe("CAP_RANGE");
    expect(await db.stopped(people.budi, set, [null, null])).toBe("REQUIRED");
    expect(await db.stopped(people.budi, set, [true, 5_000_000])).toBeNull();
    await consent(db, true, 5_000_000);
    expect(await db.rows("select code from app.partners where shadow_cap is not null")).toEqual([{ code: "PTR-0001" }]);
  }),
);

test(
  "each change is in the trail with before and after, and no change is none",
  rolledBack(async (db) => {
    const trail = () =>
      db.rows(
        `
          select before, after, target_code, detail from app.audit_events where action = 'SHADOW_CONSENT_CHANGED'
            order by id`,
      );
    await db.actFor(people.sari, "PTR-0001");
    await consent(db, true, null);
    expect(await trail()).toEqual([]);
    await consent(db, true, 2_000_000);
    await consent(db, false, 2_000_000);
    await consent(db, false, 2_000_000);
    expect(await trail()).toEqual([
      {
        before: { allowed: true, cap: null },
        after: { allowed: true, cap: 2_000_000 },
        target_code: "PTR-0001",
        detail: { sessionsEnded: 0 },
      },
      {
        before: { allowed: true, cap: 2_000_000 },
        after: { allowed: false, cap: 2_000_000 },
        target_code: "PTR-0001",
        detail: { sessionsEnded: 1 },
      },
    ]);
    await db.sql.query("set constraints all immediate");
    await db.sql.query("set constraints all deferred");
    await db.sql.query("savepoint raw"); // By hand it does not go without its row either.
    await db.sql.query("update app.partners set shadow_cap = 1 where id = $1", [stores.maya]);
    await expect(db.sql.query("set constraints all immediate")).rejects.toMatchObject({ code: "23514" });
    await db.sql.query("rollback to savepoint raw");
  }),
);

test(
  "switching off ends what salesmen are doing, at once and for this store alone",
  rolledBack(async (db) => {
    const { sku, place } = await atWork(db);
    await db.actFor(people.agus, "PTR-0002");
    await place(1);
    await db.fill(people.sari, [sku, 1]);
    expect(await consent(db, false, null)).toBe(1);
    expect(await db.as(people.sari, () => db.value("select private.viewer_partner()"))).toBeNull();
    expect(await db.stopped(people.sari, "select app.place_order(gen_random_uuid(), null, '', false)")).toBe("DENIED");
    expect(await db.stopped(people.sari, "select app.begin_acting('PTR-0001', 'kunjungan')")).toBe("ACTING_OFF");
    expect(
      await db.rows("select ended_reason from app.acting_sessions where salesman_id = $1 and started_at = now()", [
        people.sari,
      ]),
    ).toEqual([{ ended_reason: "SWITCHED_OFF" }]);
    expect(
      await db.value(
        "select detail ->> 'reason' from app.audit_events where action = 'ACTING_ENDED' order by id desc limit 1",
      ),
    ).toBe("SWITCHED_OFF");
    expect(await db.as(people.agus, () => db.value("select private.viewer_partner()"))).toBe(stores.maya);
    await consent(db, true, null);
    await db.actFor(people.sari, "PTR-0001");
    expect(await place(1)).toMatch(/^ORD-/);
  }),
);

test(
  "no order goes above the cap, whatever path writes it; the store's own orders are not counted",
  rolledBack(async (db) => {
    const { sku, price, place } = await atWork(db);
    const before = await used(db);
    await consent(db, true, before + 5 * price);
    await place(3);
    expect(await used(db)).toBe(before + 3 * price);
    await db.fill(people.sari, [sku, 3]);
    await expect(db.order(people.sari)).rejects.toMatchObject(refusedFor("CAP_REACHED"));
    expect(await db.order(people.sari).catch(refusalOf)).toEqual({
      reason: "CAP_REACHED",
      cap: before + 5 * price,
      used: before + 3 * price,
      left: 2 * price,
      total: 3 * price,
    });
    const last = await place(2); // Exactly what is left.
    expect(await allowance(db, people.sari)).toMatchObject({ left: 0, used: before + 5 * price });
    await db.fill(people.budi, [sku, 9]);
    expect(await db.order(people.budi)).toMatch(/^ORD-/);
    const copy = (total: string) => `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
      credit_inputs, tier, market_total, total, checkout_key, cart_digest)
    select 'ORD-2026-999998', partner_id, placed_by, placed_by_name, acting_session_id, credit_light, credit_inputs,
      tier, market_total, ${total}, gen_random_uuid(), cart_digest
      from app.orders where number = '${last}'`;
    for (const raw of [copy("1"), `update app.orders set total = total + 1 where number = '${last}'`]) {
      expect(await db.ownerStopped(raw)).toBe("CAP_REACHED");
    }
    // A cancelled order gives its amount back.
    await db.as(people.admin, () => db.sql.query("select app.move_order($1, 'CANCELLED', 'salah toko')", [last]));
    expect(await allowance(db, people.budi)).toMatchObject({ used: before + 3 * price, left: 2 * price });
    await db.sql.query("savepoint raw");
    await db.sql.query(copy("1")); // Control: now it fits.
    await db.sql.query("rollback to savepoint raw");
    // Off is off for raw SQL too.
    await consent(db, false, null);
    expect(await db.ownerStopped(copy("1"))).toBe("ACTING_OFF");
  }),
);

test(
  "a month is Jakarta's: it begins at 17:00 UTC of the day before",
  rolledBack(async (db) => {
    const { price, place } = await atWork(db);
    const number = await place(2);
    for (const [created, month, counted] of [
      ["2026-10-31 17:00:00Z", "2026-11-15 00:00:00Z", true],
      ["2026-10-31 16:59:59.999Z", "2026-11-15 00:00:00Z", false],
      ["2026-11-30 16:59:59.999Z", "2026-11-01 00:00:00Z", true],
      ["2026-11-30 17:00:00Z", "2026-11-30 16:59:59Z", false],
      ["2026-12-31 20:00:00Z", "2027-01-31 16:59:59Z", true],
      ["2028-02-29 16:00:00Z", "2028-02-01 00:00:00Z", true],
    ] as const) {
      await db.sql.query("update app.orders set created_at = $1 where number = $2", [created, number]);
      const others = await db.value<number>(
        `
          select coalesce(sum(total), 0)::bigint from app.orders where number <> $1 and partner_id = $2
            and acting_session_id is not null and status not in ('REJECTED', 'CANCELLED')
            and to_char(created_at at time zone 'Asia/Jakarta', 'YYYY-MM')
            = to_char($3::timestamptz at time zone 'Asia/Jakarta', 'YYYY-MM')`,
        [number, stores.budi, month],
      );
      expect([created, (await used(db, `'${month}'`)) - others]).toEqual([created, counted ? 2 * price : 0]);
    }
    expect((await allowance(db, people.budi))!.month).toBe(
      await db.value("select to_char(now() at time zone 'Asia/Jakarta', 'YYYY-MM')"),
    );
  }),
);

test(
  "what is left is told to the owner and to whoever acts for him, and to nobody else",
  rolledBack(async (db) => {
    const { place, price } = await atWork(db);
    const before = await used(db);
    expect(await allowance(db, people.budi)).toMatchObject({ allowed: true, cap: null, left: null, used: before });
    await consent(db, true, before + 10 * price);
    await place(4);
    const told = { allowed: true, cap: before + 10 * price, used: before + 4 * price, left: 6 * price };
    expect(await allowance(db, people.budi)).toMatchObject(told);
    expect(await allowance(db, people.sari)).toMatchObject(told);
    expect(await allowance(db, people.maya)).toMatchObject({ cap: null });
    for (const who of [people.agus, people.admin, people.auditor]) expect(await allowance(db, who)).toBeNull();
    await consent(db, true, 1); // Below what is used: nothing is left, never less.
    expect(await allowance(db, people.budi)).toMatchObject({ left: 0 });
    const listed = (who: string) =>
      db.as(who, () => db.rows<{ code: string; allowance: Allowance }>("select * from app.client_allowances()"));
    expect(await listed(people.sari)).toMatchObject([{ code: "PTR-0001", allowance: { left: 0 } }]);
    expect(await listed(people.agus)).toEqual([]);
    expect(await listed(people.budi)).toEqual([]);
  }),
);

test(
  "the owner reads who worked in his store's name, why, and what came of it; nobody else does",
  rolledBack(async (db) => {
    const { place, price } = await atWork(db);
    await place(1);
    await place(2);
    const sessions = (who: string, before: string | null = null) =>
      db.as(who, () =>
        db.rows<{ salesman: string; started_at: Date }>("select * from app.shadow_sessions($1, 10)", [before]),
      );
    const [newest, ...older] = await sessions(people.budi);
    expect(newest).toMatchObject({
      salesman: "Sari",
      reason: "kunjungan toko",
      ended_at: null,
      orders: 2,
      total: 3 * price,
    });
    expect(await sessions(people.budi, newest!.started_at.toISOString())).toEqual(older);
    for (const who of [people.maya, people.sari, people.agus, people.admin]) {
      expect((await sessions(who)).filter(({ salesman }) => salesman === "Sari")).toEqual([]);
    }
  }),
);
