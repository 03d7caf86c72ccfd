import { describe, expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { placed, said, short, resolve, tasks } from "./reconcile-support.ts";

describe("what the ERP's document still says otherwise becomes a task", () => {
  const corrections = (db: TestDb, number: string) =>
    db.rows<{ detail: Record<string, unknown> }>(
      `
        select detail, extract(epoch from due_at - opened_at)::int / 3600 as hours, done_by, done_at is null as open
          from app.tasks where kind = 'CORRECT_IN_ERP' and dedup_key = $1`,
      [`correct-in-erp/${number}`],
    );
  const lineOf = (db: TestDb, id: number, sku: string) =>
    db.row<{ name: string; price: number }>(
      "select name, unit_price as price from app.order_lines where order_id = $1 and sku = $2",
      [id, sku],
    );

  test(
    "after a CUT: the quantities and the total",
    rolledBack(async (db) => {
      const order = await placed(db);
      const [one, two] = [await lineOf(db, order.id, order.one), await lineOf(db, order.id, order.two)];
      await said(db, order.id, {
        result: "SHORT",
        difference: short(order.one, 3, [{ sku: order.two, missing: 4, price: 0 }]),
      });
      await resolve(db, order, "CUT");
      const lines = [
        { sku: order.one, name: one.name, pieces: { from: 10, to: 7 } },
        { sku: order.two, name: two.name, pieces: { from: 4, to: 0 } },
      ];
      expect(await corrections(db, order.number)).toEqual([
        {
          hours: 4,
          done_by: null,
          open: true,
          detail: {
            document: "SO-1",
            lines: lines.toSorted((a, b) => a.sku.localeCompare(b.sku)),
            total: { from: order.total, to: one.price * 7 },
          },
        },
      ]);
    }),
  );

  test(
    "after an ACCEPT of another price or quantity: what the ERP has, and what the store was promised",
    rolledBack(async (db) => {
      const order = await placed(db);
      const two = await lineOf(db, order.id, order.two);
      await said(db, order.id, {
        result: "ERROR",
        difference: { total: 5000, lines: [{ sku: order.two, missing: 0, price: 1000, quantity: 1 }], credit: null },
      });
      await resolve(db, order, "ACCEPT", { note: "Harga promo" });
      expect(await corrections(db, order.number)).toMatchObject([
        {
          detail: {
            document: "SO-1",
            total: { from: order.total + 5000, to: order.total },
            lines: [
              {
                sku: order.two,
                name: two.name,
                pieces: { from: 5, to: 4 },
                price: { from: two.price + 1000, to: two.price },
              },
            ],
          },
        },
      ]);
    }),
  );

  test(
    "after an ACCEPT of a refused credit: to open it there; with and without the ERP's reason",
    rolledBack(async (db) => {
      for (const [credit, document] of [
        ["limit terlampaui", "SO-1"],
        ["", "SO-2"],
      ] as const) {
        const order = await placed(db);
        await said(db, order.id, {
          result: "CREDIT_FAILED",
          documents: [document],
          difference: { total: 0, lines: [], credit },
        });
        await resolve(db, order, "ACCEPT", { note: "Disetujui" });
        expect((await corrections(db, order.number)).map(({ detail }) => detail)).toEqual([{ document, credit }]);
      }
    }),
  );

  test(
    "and nothing does where the ERP has it as the store was promised",
    rolledBack(async (db) => {
      for (const [n, [resolution, result]] of (
        [
          ["ACCEPT", "SHORT"],
          ["PREORDER", "SHORT"],
          ["CANCEL", "SHORT"],
          ["ACCEPT", "DUPLICATE"],
        ] as const
      ).entries()) {
        const order = await placed(db);
        const document = `SO-${n}`;
        await said(db, order.id, {
          result,
          documents: [document, ...(result === "DUPLICATE" ? ["SO-9"] : [])],
          difference: result === "SHORT" ? short(order.one, 3) : {},
        });
        await resolve(db, order, resolution, { note: "Sudah ditelepon", document });
        expect([resolution, await corrections(db, order.number)]).toEqual([resolution, []]);
      }
    }),
  );

  test(
    "an admin closes it with a note, and the system when the order is cancelled: then its document is stopped",
    rolledBack(async (db) => {
      const cut = async (document: string) => {
        const order = await placed(db);
        await said(db, order.id, { result: "SHORT", documents: [document], difference: short(order.one, 3) });
        await resolve(db, order, "CUT");
        return order;
      };
      const order = await cut("SO-1");
      const id = await db.value<number>("select id from app.tasks where dedup_key = $1", [
        `correct-in-erp/${order.number}`,
      ]);
      const close = "select app.close_task($1, $2)";
      for (const who of [people.budi, people.sari, people.auditor])
        expect(await db.stopped(who, close, [id, "Sudah dikurangi"])).toBe("DENIED");
      expect(await db.stopped(people.admin, close, [id, "ok"])).toBe("REASON_REQUIRED");
      await db.as(people.admin2, () => db.sql.query(close, [id, "Sudah dikurangi"]));
      expect(await corrections(db, order.number)).toMatchObject([{ open: false, done_by: "ADM-002" }]);

      const ended = await cut("SO-2");
      await db.as(people.admin, () =>
        db.sql.query("select app.move_order($1, 'CANCELLED', 'Toko membatalkan')", [ended.number]),
      );
      expect(await corrections(db, ended.number)).toMatchObject([{ open: false, done_by: "SYSTEM" }]);
      expect(await tasks(db, ended.number)).toEqual([{ kind: "STOP_ORDER_IN_ERP", document: "SO-2" }]);
    }),
  );
});
