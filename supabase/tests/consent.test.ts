import { expect, test } from "vitest";
import { onStage, people, plenty, refusalOf, refusedFor, type Stage, stores } from "./support.ts";

type Allowance = { allowed: boolean; cap: number | null; used: number; left: number | null; month: string };
const consent = (stage: Stage, allowed: boolean, cap: number | null, who = people.budi) =>
  stage.as(who, () => stage.value<number>("select app.set_shadow_consent($1, $2)", [allowed, cap]));
const allowance = (stage: Stage, who: string) =>
  stage.as(who, () => stage.value<Allowance | null>("select app.shadow_allowance()"));
const used = (stage: Stage, at = "now()") =>
  stage.value<number>(`select private.shadow_used($1, ${at})`, [stores.budi]);

/** A salesman at work for Budi, and what a piece costs there. */
async function atWork(stage: Stage) {
  const {
    skus: [sku],
  } = (await plenty(stage)) as { skus: [string] };
  await stage.sql.query("update app.prices set volume_minimum = null, volume_price = null");
  await stage.actFor(people.sari, "PTR-0001");
  const price = await stage.value<number>(
    "select price from app.prices r join app.products p on p.id = r.product_id where p.sku = $1 and tier = 'GOLD'",
    [sku],
  );
  const place = async (pieces: number) => {
    await stage.fill(people.sari, [sku, pieces]);
    return stage.order(people.sari);
  };
  return { sku, price, place };
}

test(
  "only the owner himself says what salesmen may do",
  onStage(async (stage) => {
    await stage.actFor(people.sari, "PTR-0001");
    const set = "select app.set_shadow_consent($1, $2)";
    for (const who of [people.sari, people.agus, people.admin, people.auditor])
      expect(await stage.stopped(who, set, [true, 5_000_000])).toBe("DENIED");
    expect(await stage.stopped(null, set, [true, 5_000_000])).toBe("42501");
    expect(await stage.stopped(people.budi, set, [true, 5_000_000], crypto.randomUUID())).toBe("28000");
    for (const cap of [0, -1, 1_000_000_000_001])
      expect(await stage.stopped(people.budi, set, [true, cap])).toBe("CAP_RANGE");
    expect(await stage.stopped(people.budi, set, [null, null])).toBe("REQUIRED");
    expect(await stage.stopped(people.budi, set, [true, 5_000_000])).toBeNull();
    await consent(stage, true, 5_000_000);
    expect(await stage.rows("select code from app.partners where shadow_cap is not null")).toEqual([
      { code: "PTR-0001" },
    ]);
  }),
);

test(
  "each change is in the trail with before and after, and no change is none",
  onStage(async (stage) => {
    const trail = () =>
      stage.rows(
        `
          select before, after, target_code, detail from app.audit_events where action = 'SHADOW_CONSENT_CHANGED'
            order by id`,
      );
    await stage.actFor(people.sari, "PTR-0001");
    await consent(stage, true, null);
    expect(await trail()).toEqual([]);
    await consent(stage, true, 2_000_000);
    await consent(stage, false, 2_000_000);
    await consent(stage, false, 2_000_000);
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
    await stage.sql.query("set constraints all immediate");
    await stage.sql.query("set constraints all deferred");
    await stage.sql.query("savepoint raw"); // By hand it does not go without its row either.
    await stage.sql.query("update app.partners set shadow_cap = 1 where id = $1", [stores.maya]);
    await expect(stage.sql.query("set constraints all immediate")).rejects.toMatchObject({ code: "23514" });
    await stage.sql.query("rollback to savepoint raw");
  }),
);

test(
  "switching off ends what salesmen are doing, at once and for this store alone",
  onStage(async (stage) => {
    const { sku, place } = await atWork(stage);
    await stage.actFor(people.agus, "PTR-0002");
    await place(1);
    await stage.fill(people.sari, [sku, 1]);
    expect(await consent(stage, false, null)).toBe(1);
    expect(await stage.as(people.sari, () => stage.value("select private.viewer_partner()"))).toBeNull();
    expect(await stage.stopped(people.sari, "select app.place_order(gen_random_uuid(), null, '', false)")).toBe(
      "DENIED",
    );
    expect(await stage.stopped(people.sari, "select app.begin_acting('PTR-0001', 'kunjungan')")).toBe("ACTING_OFF");
    expect(
      await stage.rows("select ended_reason from app.acting_sessions where salesman_id = $1 and started_at = now()", [
        people.sari,
      ]),
    ).toEqual([{ ended_reason: "SWITCHED_OFF" }]);
    expect(
      await stage.value(
        "select detail ->> 'reason' from app.audit_events where action = 'ACTING_ENDED' order by id desc limit 1",
      ),
    ).toBe("SWITCHED_OFF");
    expect(await stage.as(people.agus, () => stage.value("select private.viewer_partner()"))).toBe(stores.maya);
    await consent(stage, true, null);
    await stage.actFor(people.sari, "PTR-0001");
    expect(await place(1)).toMatch(/^ORD-/);
  }),
);

test(
  "no order goes above the cap, whatever path writes it; the store's own orders are not counted",
  onStage(async (stage) => {
    const { sku, price, place } = await atWork(stage);
    const before = await used(stage);
    await consent(stage, true, before + 5 * price);
    await place(3);
    expect(await used(stage)).toBe(before + 3 * price);
    await stage.fill(people.sari, [sku, 3]);
    await expect(stage.order(people.sari)).rejects.toMatchObject(refusedFor("CAP_REACHED"));
    expect(await stage.order(people.sari).catch(refusalOf)).toEqual({
      reason: "CAP_REACHED",
      cap: before + 5 * price,
      used: before + 3 * price,
      left: 2 * price,
      total: 3 * price,
    });
    const last = await place(2); // Exactly what is left.
    expect(await allowance(stage, people.sari)).toMatchObject({ left: 0, used: before + 5 * price });
    await stage.fill(people.budi, [sku, 9]);
    expect(await stage.order(people.budi)).toMatch(/^ORD-/);
    const copy = (total: string) => `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
      credit_inputs, tier, market_total, total, checkout_key, cart_digest)
    select 'ORD-2026-999998', partner_id, placed_by, placed_by_name, acting_session_id, credit_light, credit_inputs,
      tier, market_total, ${total}, gen_random_uuid(), cart_digest
      from app.orders where number = '${last}'`;
    for (const raw of [copy("1"), `update app.orders set total = total + 1 where number = '${last}'`]) {
      await stage.sql.query("savepoint raw");
      await expect(stage.sql.query(raw)).rejects.toMatchObject(refusedFor("CAP_REACHED"));
      await stage.sql.query("rollback to savepoint raw");
    }
    // A cancelled order gives its amount back.
    await stage.as(people.admin, () => stage.sql.query("select app.move_order($1, 'CANCELLED', 'salah toko')", [last]));
    expect(await allowance(stage, people.budi)).toMatchObject({ used: before + 3 * price, left: 2 * price });
    await stage.sql.query("savepoint raw");
    await stage.sql.query(copy("1")); // Control: now it fits.
    await stage.sql.query("rollback to savepoint raw");
    // Off is off for raw SQL too.
    await consent(stage, false, null);
    await stage.sql.query("savepoint raw");
    await expect(stage.sql.query(copy("1"))).rejects.toMatchObject(refusedFor("ACTING_OFF"));
    await stage.sql.query("rollback to savepoint raw");
  }),
);

test(
  "a month is Jakarta's: it begins at 17:00 UTC of the day before",
  onStage(async (stage) => {
    const { price, place } = await atWork(stage);
    const number = await place(2);
    for (const [created, month, counted] of [
      ["2026-10-31 17:00:00Z", "2026-11-15 00:00:00Z", true],
      ["2026-10-31 16:59:59.999Z", "2026-11-15 00:00:00Z", false],
      ["2026-11-30 16:59:59.999Z", "2026-11-01 00:00:00Z", true],
      ["2026-11-30 17:00:00Z", "2026-11-30 16:59:59Z", false],
      ["2026-12-31 20:00:00Z", "2027-01-31 16:59:59Z", true],
      ["2028-02-29 16:00:00Z", "2028-02-01 00:00:00Z", true],
    ] as const) {
      await stage.sql.query("update app.orders set created_at = $1 where number = $2", [created, number]);
      const others = await stage.value<number>(
        `
          select coalesce(sum(total), 0)::bigint from app.orders where number <> $1 and partner_id = $2
            and acting_session_id is not null and status not in ('REJECTED', 'CANCELLED')
            and to_char(created_at at time zone 'Asia/Jakarta', 'YYYY-MM')
            = to_char($3::timestamptz at time zone 'Asia/Jakarta', 'YYYY-MM')`,
        [number, stores.budi, month],
      );
      expect([created, (await used(stage, `'${month}'`)) - others]).toEqual([created, counted ? 2 * price : 0]);
    }
    expect((await allowance(stage, people.budi))!.month).toBe(
      await stage.value("select to_char(now() at time zone 'Asia/Jakarta', 'YYYY-MM')"),
    );
  }),
);

test(
  "what is left is told to the owner and to whoever acts for him, and to nobody else",
  onStage(async (stage) => {
    const { place, price } = await atWork(stage);
    const before = await used(stage);
    expect(await allowance(stage, people.budi)).toMatchObject({ allowed: true, cap: null, left: null, used: before });
    await consent(stage, true, before + 10 * price);
    await place(4);
    const told = { allowed: true, cap: before + 10 * price, used: before + 4 * price, left: 6 * price };
    expect(await allowance(stage, people.budi)).toMatchObject(told);
    expect(await allowance(stage, people.sari)).toMatchObject(told);
    expect(await allowance(stage, people.maya)).toMatchObject({ cap: null });
    for (const who of [people.agus, people.admin, people.auditor]) expect(await allowance(stage, who)).toBeNull();
    await consent(stage, true, 1); // Below what is used: nothing is left, never less.
    expect(await allowance(stage, people.budi)).toMatchObject({ left: 0 });
    const listed = (who: string) =>
      stage.as(who, () => stage.rows<{ code: string; allowance: Allowance }>("select * from app.client_allowances()"));
    expect(await listed(people.sari)).toMatchObject([{ code: "PTR-0001", allowance: { left: 0 } }]);
    expect(await listed(people.agus)).toEqual([]);
    expect(await listed(people.budi)).toEqual([]);
  }),
);

test(
  "the owner reads who worked in his store's name, why, and what came of it; nobody else does",
  onStage(async (stage) => {
    const { place, price } = await atWork(stage);
    await place(1);
    await place(2);
    const sessions = (who: string, before: string | null = null) =>
      stage.as(who, () =>
        stage.rows<{ salesman: string; started_at: Date }>("select * from app.shadow_sessions($1, 10)", [before]),
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
