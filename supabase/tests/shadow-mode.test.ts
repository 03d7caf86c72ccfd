import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, refusedFor } from "#tests/support/rolled-back.ts";
import { orderFor } from "./trail.ts";

test(
  "a salesman acts for his own stores only, with a reason, one at a time",
  rolledBack(async (db) => {
    const begin = "select app.begin_acting($1, $2)";
    expect(await db.stopped(people.sari, begin, ["PTR-0002", "kunjungan toko"])).toBe("NOT_FOUND");
    expect(await db.stopped(people.sari, begin, ["PTR-9999", "kunjungan toko"])).toBe("NOT_FOUND");
    expect(await db.stopped(people.sari, begin, ["PTR-0001", "  "])).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.budi, begin, ["PTR-0001", "kunjungan toko"])).toBe("DENIED");
    expect(await db.stopped(people.admin, begin, ["PTR-0001", "kunjungan toko"])).toBe("DENIED");
    await db.sql.query("update app.partners set shadow_allowed = false where id = $1", [stores.budi]);
    expect(await db.stopped(people.sari, begin, ["PTR-0001", "kunjungan toko"])).toBe("ACTING_OFF");
    await db.sql.query("update app.partners set shadow_allowed = true where id = $1", [stores.budi]);
    await db.actFor(people.sari, "PTR-0001");
    expect(await db.stopped(people.sari, begin, ["PTR-0003", "kunjungan toko"])).toBe("STALE");
    await db.as(people.sari, () => db.sql.query("select app.end_acting()"));
    expect(await db.stopped(people.sari, begin, ["PTR-0003", "kunjungan toko"])).toBeNull();
  }),
);

test(
  "he changes stores in one step: the first ends and the second begins together, or neither, and both are told",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    const open = () =>
      db.rows<{ id: string; code: string }>(
        `select s.id, p.code from app.acting_sessions s join app.partners p on p.id = s.partner_id
          where s.salesman_id = $1 and s.ended_at is null`,
        [people.sari],
      );
    const [first] = await open();
    const change = "select app.begin_acting($1, 'Pesanan lewat telepon', $2)";
    // Not his store; no reason: the first goes on.
    expect(await db.stopped(people.sari, change, ["PTR-0002", first!.id])).toBe("NOT_FOUND");
    expect(await db.stopped(people.sari, "select app.begin_acting('PTR-0003', '', $1)", [first!.id])).toBe(
      "REASON_REQUIRED",
    );
    // Another than the one that he was shown: one at a time still holds.
    expect(await db.stopped(people.sari, change, ["PTR-0003", crypto.randomUUID()])).toBe("STALE");
    expect(await open()).toEqual([first]);
    await db.as(people.sari, () => db.sql.query(change, ["PTR-0003", first!.id]));
    expect(await open()).toMatchObject([{ code: "PTR-0003" }]);
    expect(await db.value("select ended_reason from app.acting_sessions where id = $1", [first!.id])).toBe("REPLACED");
    expect(
      await db.rows(
        `select action, partner_id from app.audit_events where actor_id = $1 and action like 'ACTING_%'
          order by id desc limit 2`,
        [people.sari],
      ),
    ).toEqual([
      { action: "ACTING_BEGUN", partner_id: await db.value("select id from app.partners where code = 'PTR-0003'") },
      { action: "ACTING_ENDED", partner_id: stores.budi },
    ]);
    // A session of somebody else is none of his to end.
    const [mine] = await open();
    expect(await db.stopped(people.agus, "select app.begin_acting('PTR-0002', 'kunjungan toko', $1)", [mine!.id])).toBe(
      null,
    );
    expect(await open()).toEqual([mine]);
  }),
);

test(
  "acting ends by hand, by the hour, by losing the store, by the store's suspension and with the login",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    const store = (session?: string) =>
      db.as(people.sari, () => db.value<string | null>("select private.viewer_partner()"), session);
    expect(await store()).toBe(stores.budi);
    expect(await store(await db.login(people.sari, true))).toBeNull(); // Another login of his does not act.
    const login = await db.value<string>(
      "select session_id from app.acting_sessions where salesman_id = $1 and ended_at is null",
      [people.sari],
    );

    const without = async (change: string, values: unknown[]) => {
      await db.sql.query("savepoint still");
      await db.sql.query(change, values);
      const left = await store(login);
      await db.sql.query("rollback to savepoint still");
      expect(await store(login)).toBe(stores.budi); // Control: only that change took it away.
      return left;
    };
    expect(
      await without(
        `
          update app.acting_sessions set started_at = now() - interval '2 hours',
            expires_at = now() - interval '1 hour' where salesman_id = $1 and ended_at is null`,
        [people.sari],
      ),
    ).toBeNull();
    expect(await without("delete from app.assignments where salesman_id = $1", [people.sari])).toBeNull();
    expect(await without("update app.accounts set status = 'SUSPENDED' where id = $1", [people.budi])).toBeNull();
    expect(await without("update app.partners set shadow_allowed = false where id = $1", [stores.budi])).toBeNull();
    await db.as(people.sari, () => db.sql.query("select app.end_acting()"), login);
    expect(await store(login)).toBeNull();
  }),
);

test(
  "a shadow order says who placed it and owes the owner a mail",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.actFor(people.sari, "PTR-0001");
    await db.fill(people.sari, [sku, 2]);
    await db.fill(people.budi, [sku, 7]);
    const number = await db.order(people.sari);
    const [order] = await db.rows("select * from app.orders where number = $1", [number]);
    expect(order).toMatchObject({ partner_id: stores.budi, placed_by: people.sari, placed_by_name: "Sari" });
    expect(await db.rows("select recipient, state from app.shadow_alerts where order_id = $1", [order!.id])).toEqual([
      { recipient: "budi@demo.test", state: "PENDING" },
    ]);
    // The owner's cart is untouched.
    expect(await db.value("select quantity from app.cart_items where author_id = $1", [people.budi])).toBe(7);
    const trail = await db.rows<{ action: string }>(
      "select action, partner_id, actor_id from app.audit_events where acting_session_id = $1 order by id",
      [order!.acting_session_id],
    );
    expect(trail.map(({ action }) => action)).toEqual(["ACTING_BEGUN", "CART_CHANGED", "ORDER_PLACED"]);
    expect(trail.every((row) => "partner_id" in row && row.partner_id === stores.budi)).toBe(true);
  }),
);

test(
  "raw SQL of the tables' owner cannot commit a shadow order without its alert, nor one without an acting session",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const number = await db.buyFor(people.sari, "PTR-0001", [sku, 1]);
    await db.sql.query("set constraints all immediate"); // Control: with its alert it stands.
    await db.sql.query("set constraints all deferred");
    const copy = (acting: string) => `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
      credit_inputs, tier, market_total, total, checkout_key, cart_digest)
    select 'ORD-2026-999999', partner_id, placed_by, placed_by_name, ${acting}, credit_light, credit_inputs, tier,
      market_total, total, gen_random_uuid(), cart_digest
      from app.orders where number = '${number}'`;
    for (const acting of ["acting_session_id", "null"]) {
      await db.sql.query("savepoint raw");
      await db.sql.query(copy(acting));
      await expect(db.sql.query("set constraints all immediate")).rejects.toMatchObject({ code: "23514" });
      await db.sql.query("rollback to savepoint raw");
    }
    await expect(db.sql.query("delete from app.shadow_alerts")).rejects.toMatchObject(refusedFor("DENIED"));
  }),
);

test(
  "the audit trail cannot be changed, by its owner neither",
  rolledBack(async (db) => {
    await db.actFor(people.sari, "PTR-0001");
    expect(await db.value("select count(*)::int from app.audit_events")).toBeGreaterThan(0);
    for (const attempt of [
      "update app.audit_events set action = 'NOTHING'",
      "delete from app.audit_events",
      "truncate app.audit_events",
    ]) {
      expect(await db.ownerStopped(attempt)).toBe("DENIED");
    }
  }),
);

test(
  "back from Shadow Mode he still reads whom his order is handed to; another salesman does not",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const number = await orderFor(db, people.sari, "PTR-0001", sku);
    const handed = `select d.whatsapp from app.orders o join app.sub_distributors d on d.id = o.routed_to
      where o.number = $1`;
    const whatsapp = await db.value<string>(handed, [number]);
    expect(whatsapp).toMatch(/^62/);
    expect(await db.as(people.sari, () => db.maybeValue(handed, [number]))).toBe(whatsapp);
    expect(await db.as(people.agus, () => db.maybeValue(handed, [number]))).toBeUndefined();
  }),
);
