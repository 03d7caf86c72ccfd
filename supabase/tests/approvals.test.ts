import { describe, expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { rolledBack, refusalOf } from "#tests/support/rolled-back.ts";
import { several } from "#supabase/local/several.ts";
import { totalOf, statusOf, setLimit, decisionOf, trailOf, decide, decideAs, amberOrder } from "./approvals-support.ts";

describe("one decision", () => {
  test(
    "approving makes the invoice, keeps the figures of the moment, and both stand in the trail and on the order",
    rolledBack(async (db) => {
      const { number, total } = await amberOrder(db);
      await setLimit(db, total + 5);
      await decideAs(db, people.admin, number, "APPROVED", "Sudah bicara dengan pemilik", total);
      expect(await statusOf(db, number)).toBe("APPROVED");
      expect(
        await db.value("select amount from app.invoices i join app.orders o on o.id = i.order_id where o.number = $1", [
          number,
        ]),
      ).toBe(total);
      expect(await decisionOf(db, number)).toMatchObject({
        outcome: "APPROVED",
        decided_by: "ADM-001",
        bulk: false,
        note: "Sudah bicara dengan pemilik",
        total,
        inputs: { reason: "WITHIN_LIMIT", over: 0, ours: 0, room: total + 5 },
      });
      expect(await trailOf(db, number)).toEqual([
        {
          action: "CREDIT_APPROVED",
          target_code: "PTR-0001",
          before: { status: "SUBMITTED", reason: "OVER_LIMIT", over: total },
          after: { status: "APPROVED", reason: "WITHIN_LIMIT", over: 0 },
        },
      ]);
      expect(
        await db.value(
          `
            select detail from app.order_events e join app.orders o on o.id = e.order_id where o.number = $1
              and kind = 'APPROVED'`,
          [number],
        ),
      ).toEqual({ note: "Sudah bicara dengan pemilik", forStore: true });
    }),
  );

  test(
    "rejecting needs a word, frees the pieces, and the order never reaches the ERP",
    rolledBack(async (db) => {
      const { number, total, sku } = await amberOrder(db, 4);
      const held = () =>
        db.value<number>(
          "select held from app.product_stock where product_id = (select id from app.products where sku = $1)",
          [sku],
        );
      expect(await held()).toBe(4);
      for (const note of ["", "  x  "])
        expect(await db.stopped(people.admin, decide, [number, "REJECTED", note, total])).toBe("REASON_REQUIRED");
      expect(await db.stopped(people.admin, decide, [number, "CANCELLED", "Melebihi limit", total])).toBe("REQUIRED");
      await decideAs(db, people.admin, number, "REJECTED", "Tunggu pelunasan", total);
      expect(await statusOf(db, number)).toBe("REJECTED");
      expect(await held()).toBe(0);
      expect(
        await db.value(
          "select done_at is not null from app.erp_syncs p join app.orders o on o.id = p.order_id where o.number = $1",
          [number],
        ),
      ).toBe(true);
      expect((await trailOf(db, number)).map(({ action }) => action)).toEqual(["CREDIT_REJECTED"]);
    }),
  );

  test(
    "only an admin decides",
    rolledBack(async (db) => {
      const { number, total } = await amberOrder(db);
      for (const who of [people.budi, people.maya, people.sari, people.auditor]) {
        expect(await db.stopped(who, decide, [number, "APPROVED", "", total])).toBe("DENIED");
        expect(await db.stopped(who, "select app.decide_credits($1, '')", [JSON.stringify([{ number, total }])])).toBe(
          "DENIED",
        );
      }
      expect(await db.stopped(null, decide, [number, "APPROVED", "", total])).toBe("42501");
      expect(await db.stopped(people.admin, decide, [number, "APPROVED", "", total])).toBeNull();
    }),
  );

  test(
    "what was seen counts: another total, another decision or a hold stops it, and a green order is none of this",
    rolledBack(async (db) => {
      const { number, total, sku } = await amberOrder(db);
      for (const seen of [total + 1, null])
        expect(await db.stopped(people.admin, decide, [number, "APPROVED", "", seen])).toBe("STALE");
      await db.sql.query("select private.hold_order(id, 'DISPUTED', 'SYSTEM') from app.orders where number = $1", [
        number,
      ]);
      expect(await db.stopped(people.admin, decide, [number, "APPROVED", "", total])).toBe("ORDER_HELD");
      expect(await db.stopped(people.admin, decide, [number, "REJECTED", "Bukan pesanan toko", total])).toBeNull();
      await db.sql.query(
        "select private.release_order(id, 'DISPUTED', 'SYSTEM', 'jelas') from app.orders where number = $1",
        [number],
      );
      await decideAs(db, people.admin, number, "APPROVED", "", total);
      // A second click of the same admin is the same decision; another admin was late; and it cannot be turned round.
      expect(await db.stopped(people.admin, decide, [number, "APPROVED", "", total])).toBeNull();
      expect(await db.stopped(people.admin2, decide, [number, "APPROVED", "", total])).toBe("STALE");
      expect(await db.stopped(people.admin, decide, [number, "REJECTED", "Berubah pikiran", total])).toBe("STALE");
      expect(await trailOf(db, number)).toHaveLength(1);

      await setLimit(db, 1_000_000_000);
      const green = await db.buy(people.budi, [sku, 1]);
      expect(await db.stopped(people.admin, decide, [green, "APPROVED", "", await totalOf(db, green)])).toBe(
        "NOT_FOUND",
      );
      expect(await db.stopped(people.admin, decide, ["ORD-2001-000001", "APPROVED", "", 1])).toBe("NOT_FOUND");
    }),
  );
});

describe("several at once", () => {
  test(
    "what changed meanwhile is left out and named, the rest goes through",
    rolledBack(async (db) => {
      const { number: fine, total, sku } = await amberOrder(db);
      const more: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        await db.fill(people.budi, [sku, 1]);
        more.push(await db.order(people.budi));
      }
      const [held, decided, other] = several(3, more);
      await db.sql.query("select private.hold_order(id, 'DISPUTED', 'SYSTEM') from app.orders where number = $1", [
        held,
      ]);
      await decideAs(db, people.admin2, decided, "REJECTED", "Pesanan ganda", total);
      const items = [
        { number: fine, total },
        { number: held, total },
        { number: decided, total },
        { number: other, total: total - 1 },
        { number: "ORD-2001-000001", total: 1 },
      ];
      const outcome = await db.as(people.admin, () =>
        db.value<{ approved: string[]; left: Array<{ number: string; why: string }> }>(
          "select app.decide_credits($1, 'Sesuai daftar')",
          [JSON.stringify(items)],
        ),
      );
      expect(outcome.approved).toEqual([fine]);
      expect(Object.fromEntries(outcome.left.map(({ number, why }) => [number, why]))).toEqual({
        [held]: "HELD",
        [decided]: "DECIDED",
        [other]: "TOTAL",
        "ORD-2001-000001": "GONE",
      });
      expect(await decisionOf(db, fine)).toMatchObject({ bulk: true, note: "Sesuai daftar" });
      for (const [number, status] of [
        [fine, "APPROVED"],
        [held, "SUBMITTED"],
        [decided, "REJECTED"],
        [other, "SUBMITTED"],
      ] as const)
        expect([number, await statusOf(db, number)]).toEqual([number, status]);
    }),
  );

  test(
    "fifty and no more, and nothing that is no list",
    rolledBack(async (db) => {
      const { number, total } = await amberOrder(db);
      const many = (n: number) =>
        JSON.stringify([
          { number, total },
          ...Array.from({ length: n - 1 }, (_, i) => ({ number: `ORD-2001-${String(i).padStart(6, "0")}`, total: 1 })),
        ]);
      const ask = "select app.decide_credits($1, $2)";
      expect(await db.stopped(people.admin, ask, [many(51), ""])).toBe("TOO_MANY");
      expect(await db.stopped(people.admin, ask, [many(50), ""])).toBeNull();
      for (const items of ["[]", "{}", "null", null])
        expect(await db.stopped(people.admin, ask, [items, ""])).toBe("BAD_INPUT");
      expect(await db.stopped(people.admin, ask, [many(1), "x".repeat(301)])).toBe("TOO_LONG");
    }),
  );
});

// Committed, on connections of their own.
test("two admins at once: one decides, the other hears that it is decided, and there is one decision", async () => {
  const owner = await connect();
  const admins = await Promise.all(
    [people.admin, people.admin2].map(async (user) => ({ user, session: crypto.randomUUID(), sql: await connect() })),
  );
  const { id, number, total } = (
    await owner.query<{ id: number; number: string; total: number }>(
      `
        select id, number, total from app.orders where credit_light = 'AMBER' and status = 'SUBMITTED' order by id
          limit 1`,
    )
  ).rows[0]!;
  try {
    for (const { user, session } of admins)
      await owner.query(
        "insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())",
        [session, user],
      );
    const [first, second] = several(2, admins);
    for (const { user, session, sql } of admins) {
      await sql.query("begin");
      await sql.query("select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)", [
        JSON.stringify({ sub: user, session_id: session }),
      ]);
    }
    await first.sql.query(decide, [number, "APPROVED", "", total]);
    const late = second.sql.query(decide, [number, "REJECTED", "Melebihi limit", total]).then(() => null, refusalOf);
    const pid = second.sql.processID;
    while (
      (await owner.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [pid]))
        .rowCount !== 1
    )
      continue;
    await first.sql.query("commit");
    expect(await late).toMatchObject({ reason: "STALE", by: "ADM-001" });
    await second.sql.query("rollback");
    expect((await owner.query("select outcome from app.credit_approvals where order_id = $1", [id])).rows).toEqual([
      { outcome: "APPROVED" },
    ]);
  } finally {
    await Promise.all(admins.map(({ sql }) => sql.query("rollback")));
    await owner.query("begin");
    await owner.query("select private.retire('app.credit_approvals', $1, 'TEST')", [`order_id = ${id}`]);
    await owner.query("select private.retire('app.invoices', $1, 'TEST')", [`order_id = ${id}`]);
    await owner.query("select private.retire('app.order_events', $1, 'TEST')", [
      `order_id = ${id} and kind in ('APPROVED', 'REJECTED')`,
    ]);
    await owner.query("select private.audit('ORDER_MOVED', 'order', $1)", [number]);
    await owner.query("update app.orders set status = 'SUBMITTED' where id = $1", [id]);
    await owner.query("delete from auth.sessions where id = any ($1)", [admins.map(({ session }) => session)]);
    await owner.query("commit");
    await Promise.all([owner, ...admins.map(({ sql }) => sql)].map((client) => client.end()));
  }
});
