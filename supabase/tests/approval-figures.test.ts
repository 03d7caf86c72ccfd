import { describe, expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { setLimit, decideAs, amberOrder } from "./approvals-support.ts";

const priceOf = (db: TestDb, sku: string) =>
  db.value<number>(
    "select price from app.prices r join app.products p on p.id = r.product_id where p.sku = $1 and tier = 'GOLD'",
    [sku],
  );

describe("the figures of now", () => {
  const figures = (db: TestDb, number: string) =>
    db.as(people.admin, () =>
      db.maybeValue<Record<string, unknown>>(
        "select f.figures from app.approval_figures(array(select id from app.orders where number = $1)) f",
        [number],
      ),
    );

  test(
    "do not count the order twice, on our side and on the ERP's, in its snapshot or not",
    rolledBack(async (db) => {
      const { number, total, sku } = await amberOrder(db);
      expect(await priceOf(db, sku)).toBe(total);
      for (const [limit, expected] of [
        [total, { light: "GREEN", reason: "WITHIN_LIMIT", room: total, over: 0 }],
        [total - 1, { light: "AMBER", reason: "OVER_LIMIT", room: total - 1, over: 1 }],
      ] as const) {
        await setLimit(db, limit);
        expect(await figures(db, number)).toMatchObject({ ours: 0, erp: 0, total, ...expected });
      }
      // The ERP's figure has it in: synced before the snapshot.
      await setLimit(db, total);
      await db.sql.query(
        "update app.orders set sync_status = 'SYNCED', synced_at = now() - interval '1 hour' where number = $1",
        [number],
      );
      await db.sql.query("update app.partner_credit set outstanding = $1 where partner_id = $2", [total, stores.budi]);
      expect(await figures(db, number)).toMatchObject({ erp: 0, over: 0, reason: "WITHIN_LIMIT" });
      await db.sql.query("update app.partner_credit set outstanding = $1 where partner_id = $2", [
        total + 7,
        stores.budi,
      ]);
      expect(await figures(db, number)).toMatchObject({ erp: 7, over: 7, reason: "OVER_LIMIT" });
    }),
  );

  test(
    "another order of the store that waits counts; under the bypass they are compared all the same",
    rolledBack(async (db) => {
      const { number, total, sku } = await amberOrder(db);
      await db.fill(people.budi, [sku, 1]);
      await db.order(people.budi);
      await setLimit(db, total * 2);
      expect(await figures(db, number)).toMatchObject({ ours: total, reason: "WITHIN_LIMIT" });
      await setLimit(db, total * 2 - 1);
      expect(await figures(db, number)).toMatchObject({ reason: "OVER_LIMIT", over: 1, bypass: false });
      await db.as(people.admin, () =>
        db.sql.query("select app.change_setting('CREDIT_CHECK_BYPASS', 'true', 'angka ERP salah', 1)"),
      );
      expect(await figures(db, number)).toMatchObject({ reason: "OVER_LIMIT", over: 1, bypass: true });
      await db.sql.query("update app.feeds set as_of = now() - interval '61 minutes' where name = 'credit'");
      expect(await figures(db, number)).toMatchObject({ reason: "OLD_DATA" });
      await db.sql.query("update app.partner_credit set outstanding = null where partner_id = $1", [stores.budi]);
      expect(await figures(db, number)).toMatchObject({ reason: "NO_DATA", erp: null });
    }),
  );

  test(
    "are staff's; and what no longer waits has none",
    rolledBack(async (db) => {
      const { number, total } = await amberOrder(db);
      const ask = "select * from app.approval_figures(array(select id from app.orders))";
      for (const who of [people.budi, people.sari]) expect(await db.stopped(who, ask)).toBe("DENIED");
      expect(await db.stopped(people.auditor, ask)).toBeNull();
      expect(await figures(db, number)).toBeTruthy();
      await decideAs(db, people.admin, number, "APPROVED", "", total);
      expect(await figures(db, number)).toBeUndefined();
    }),
  );
});
