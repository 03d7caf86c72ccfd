import { describe, expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { move, idOf, mails, whats, ownOrder, shadowOrder } from "./orders-told-support.ts";

describe("one mail for one event: where another one says more, that one alone", () => {
  const dispute = (db: TestDb, number: string) =>
    db.as(people.budi, () => db.sql.query("select app.dispute_order($1, 'Saya tidak memesan')", [number]));
  const resolve = (db: TestDb, number: string, outcome: string) =>
    db.as(people.admin, () => db.sql.query("select app.resolve_dispute($1, $2, 'Sudah ditelepon')", [number, outcome]));

  test(
    "«Bukan saya» holds, and its outcome lets go or cancels",
    rolledBack(async (db) => {
      const number = await shadowOrder(db);
      await dispute(db, number);
      expect((await mails(db, number)).map(({ kind }) => kind)).toEqual(["DISPUTE_RECEIVED"]);
      await db.login(people.admin);
      await db.sql.query("savepoint heard");
      await resolve(db, number, "OWNER_AGREES");
      expect((await mails(db, number)).map(({ kind }) => kind)).toEqual(["DISPUTE_RECEIVED", "DISPUTE_RESOLVED"]);
      await db.sql.query("rollback to savepoint heard");
      await resolve(db, number, "ABUSE");
      expect((await mails(db, number)).map(({ kind }) => kind)).toEqual(["DISPUTE_RECEIVED", "DISPUTE_RESOLVED"]);
    }),
  );

  test(
    "held for another reason too: the outcome says that it still stands, and the last release is told",
    rolledBack(async (db) => {
      const number = await shadowOrder(db);
      const id = await idOf(db, number);
      await db.sql.query("select private.hold_order($1, 'SALESMAN_SUSPENDED', 'SYSTEM')", [id]);
      expect(await whats(db, number)).toEqual(["HELD"]);
      await dispute(db, number);
      await resolve(db, number, "OWNER_AGREES");
      expect((await mails(db, number)).at(-1)).toMatchObject({ kind: "DISPUTE_RESOLVED", props: { held: "yes" } });
      await db.as(people.admin, () =>
        db.sql.query("select app.release_held_order($1, 'Pemilik membenarkan')", [number]),
      );
      expect((await mails(db, number)).at(-1)).toMatchObject({
        kind: "ORDER_CHANGED",
        props: { what: "RELEASED" },
      });
    }),
  );

  test(
    "what a dispute tells does not silence what else is done to the order",
    rolledBack(async (db) => {
      const number = await shadowOrder(db);
      await dispute(db, number);
      await resolve(db, number, "OWNER_AGREES");
      await move(db, number, "CANCELLED", "Stok habis");
      expect((await mails(db, number)).at(-1)).toMatchObject({
        kind: "ORDER_CHANGED",
        props: { what: "CANCELLED" },
      });
    }),
  );

  test.each(["CUT", "CANCEL"])("the reconciliation's %s", (resolution) =>
    rolledBack(async (db) => {
      const number = await ownOrder(db);
      await db.atCommit();
      const id = await idOf(db, number);
      const sku = await db.value<string>("select sku from app.order_lines where order_id = $1 and quantity = 3", [id]);
      await db.sql.query("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
      await db.sql.query(
        "select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), 'SHORT', $2, $3, null)",
        [
          id,
          JSON.stringify({ documents: [`SO-${number}`], total: 1, lines: [], credit: { ok: true, message: null } }),
          JSON.stringify({ lines: [{ sku, missing: 2, price: 0 }] }),
        ],
      );
      const at = await db.value("select checked_at::text from app.reconcile_results where order_id = $1", [id]);
      await db.as(people.admin, () =>
        db.sql.query("select app.resolve_reconciliation($1, $2, '', 'Stok habis', $3)", [number, resolution, at]),
      );
      expect((await mails(db, number)).map(({ kind, props }) => [kind, props.outcome])).toEqual([
        ["ORDER_RECEIVED", undefined],
        ["ORDER_RECONCILED", resolution],
      ]);
    })(),
  );
});

test(
  "an order that was up for a decision is told its outcome whatever it is: taken, keyed in, or sound at the second try",
  rolledBack(async (db) => {
    const said = async (number: string, result: string, documents: string[]) => {
      const id = await idOf(db, number);
      await db.sql.query("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
      await db.sql.query(
        "select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), $2, $3, '{}', null)",
        [
          id,
          result,
          JSON.stringify({ documents, total: 1, lines: [], credit: { ok: result !== "CREDIT_FAILED", message: null } }),
        ],
      );
    };
    const decide = async (number: string, resolution: string, document = "") => {
      const at = await db.value("select checked_at::text from app.reconcile_results where order_id = $1", [
        await idOf(db, number),
      ]);
      await db.as(people.admin, () =>
        db.sql.query("select app.resolve_reconciliation($1, $2, $3, 'Sudah dicek', $4)", [
          number,
          resolution,
          document,
          at,
        ]),
      );
    };
    const [accepted, keyed, retried, sound] = [
      await ownOrder(db),
      await ownOrder(db),
      await ownOrder(db),
      await ownOrder(db),
    ];
    await db.atCommit();
    await said(accepted, "CREDIT_FAILED", [`SO-${accepted}`]);
    await said(keyed, "ERROR", []);
    await said(retried, "ERROR", []);
    await decide(accepted, "ACCEPT");
    await decide(keyed, "KEYED", "M-4711");
    await decide(retried, "RETRY");
    expect(await whats(db, retried), "not an outcome yet").toEqual(["ORDER_RECEIVED"]);
    await said(retried, "CONFIRMED", [`SO-${retried}`]);
    await said(sound, "CONFIRMED", [`SO-${sound}`]);
    for (const [number, outcome] of [
      [accepted, "ACCEPT"],
      [keyed, "KEYED"],
      [retried, "CONFIRMED"],
    ])
      expect(await whats(db, number!)).toEqual(["ORDER_RECEIVED", outcome]);
    expect(await whats(db, sound), "nobody was asked to wait").toEqual(["ORDER_RECEIVED"]);
  }),
);
