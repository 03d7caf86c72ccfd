import { describe, expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb, refusedFor } from "#tests/support/rolled-back.ts";
import { decide, placed, said, resolve, refusal, outlook, choices, orderOf, mails, sync } from "./reconcile-support.ts";

test(
  "KEYED: the ERP's number is taken, the sync is done, and nobody sends it any more",
  rolledBack(async (db) => {
    const order = await placed(db, { degraded: true });
    await said(db, order.id, { result: "ERROR", documents: [], error: "toko tidak dikenal" });
    for (const document of ["", "x y", "a", "-1", "x".repeat(41)])
      expect([document, await refusal(db, order, "KEYED", { document, note: "Diketik di ERP" })]).toEqual([
        document,
        "ERP_NUMBER",
      ]);
    expect(await refusal(db, order, "KEYED", { document: "M-17" })).toBe("REASON_REQUIRED");
    await resolve(db, order, "KEYED", { document: " M-17 ", note: "Diketik di ERP" });
    await db.atCommit();
    expect(await orderOf(db, order.id)).toMatchObject({ sync: "SYNCED", document: "M-17" });
    expect(await sync(db, order.id)).toMatchObject({ done: true });
    await db.sql.query("select private.retry_order($1)", [order.id]);
    expect(await sync(db, order.id)).toMatchObject({ done: true });
    expect(await mails(db, order.number)).toMatchObject([{ outcome: "KEYED" }]);

    const other = await placed(db);
    await said(db, other.id, { result: "ERROR", documents: [], error: "toko tidak dikenal" });
    await expect(resolve(db, other, "KEYED", { document: "M-17", note: "Diketik di ERP" })).rejects.toMatchObject({
      ...refusedFor("NUMBER_TAKEN"),
      detail: expect.stringContaining(order.number),
    });
  }),
);

describe("an order that still waits", () => {
  const key = (db: TestDb, number: string, document = "M-20") =>
    db.stopped(people.admin, decide, [number, "KEYED", document, "Diketik di ERP", null]);
  const claimed = async (db: TestDb) => {
    const order = await placed(db);
    await db.sql.query("update app.erp_circuit set state = 'CLOSED'");
    await db.sql.query(
      "update app.erp_syncs set next_attempt_at = now() + interval '1 day' where done_at is null and order_id <> $1",
      [order.id],
    );
    const [claim] = await db.rows<{ order_id: number; ticket: number }>("select * from jobs.claim_sync(5, false)");
    expect(claim!.order_id).toBe(order.id);
    return { ...order, ticket: claim!.ticket };
  };
  const post = (db: TestDb, { id, ticket }: { id: number; ticket: number }) =>
    db.value("select jobs.begin_post($1, $2)", [id, ticket]);

  test(
    "is keyed in by hand, stands among the decided ones, and ends the run it was part of",
    rolledBack(async (db) => {
      const order = await placed(db, { degraded: true });
      await db.sql.query("update app.erp_syncs set done_at = now() where done_at is null and order_id <> $1", [
        order.id,
      ]);
      await db.sql.query("select private.begin_reconcile('COMMAND', 'uji')");
      expect(await choices(db, order.id)).toEqual(["KEYED"]);
      await db.as(people.admin, () => db.sql.query(decide, [order.number, "KEYED", "M-20", "Diketik di ERP", null]));
      await db.atCommit();
      expect(await orderOf(db, order.id)).toMatchObject({ sync: "SYNCED", document: "M-20" });
      expect(
        await db.rows("select result, resolution, resolved_by from app.reconcile_results where order_id = $1", [
          order.id,
        ]),
      ).toEqual([{ result: "CONFIRMED", resolution: "KEYED", resolved_by: "ADM-001" }]);
      expect(await db.value("select count(*)::int from app.reconcile_runs where finished_at is null")).toBe(0);
      expect(await mails(db, order.number)).toMatchObject([{ outcome: "KEYED" }]);
      expect(await key(db, order.number)).toBeNull(); // The same again.
      expect(await key(db, order.number, "M-21")).toBe("STALE");
    }),
  );

  test(
    "that a worker has claimed loses its ticket: nothing is posted after it was keyed in",
    rolledBack(async (db) => {
      const order = await claimed(db);
      await db.as(people.admin, () => db.sql.query(decide, [order.number, "KEYED", "M-20", "Diketik di ERP", null]));
      expect(await post(db, order)).toBe(false);
      expect(
        await db.value("select jobs.settle_sync($1, $2, 'CONFIRMED', '{\"documents\":[\"SO-1\"]}', '{}', null)", [
          order.id,
          order.ticket,
        ]),
      ).toBe(false);
      expect(await orderOf(db, order.id)).toMatchObject({ document: "M-20" });
    }),
  );

  test(
    "that is being posted is not keyed in: it may be there already",
    rolledBack(async (db) => {
      const order = await claimed(db);
      expect(await post(db, order)).toBe(true); // Control: the same ticket posts.
      expect(await key(db, order.number)).toBe("ON_ITS_WAY");
      await db.sql.query("update app.erp_syncs set lease_until = now() - interval '1 hour' where order_id = $1", [
        order.id,
      ]);
      expect(await key(db, order.number)).toBe("ON_ITS_WAY");
      expect(await choices(db, order.id)).toEqual([]);
      expect(await db.stopped(people.admin, "select app.take_to_key($1)", [order.number])).toBe("ON_ITS_WAY");
    }),
  );

  test(
    "is taken out of the queue while somebody keys it in, and given back, or goes on by itself",
    rolledBack(async (db) => {
      const order = await claimed(db);
      await db.as(people.admin, () => db.sql.query("select app.take_to_key($1)", [order.number]));
      expect(await post(db, order)).toBe(false);
      const due = () => db.rows("select * from jobs.claim_sync(5, false)");
      expect(await due()).toEqual([]);
      expect(await outlook(db, order.id)).toMatchObject({ keyedBy: "ADM-001" });
      expect(await db.stopped(people.admin2, "select app.take_to_key($1)", [order.number])).toBe("STALE");
      for (const who of [people.auditor, people.sari, people.budi])
        expect(await db.stopped(who, "select app.take_to_key($1)", [order.number])).toBe("DENIED");
      await db.sql.query("savepoint taken");
      await db.as(people.admin, () => db.sql.query("select app.take_to_key($1, true)", [order.number]));
      expect(await due()).toHaveLength(1);
      await db.sql.query("rollback to savepoint taken");
      await db.sql.query("update app.erp_syncs set lease_until = now() - interval '1 second' where order_id = $1", [
        order.id,
      ]);
      expect(await due()).toHaveLength(1);
      expect(await outlook(db, order.id)).toMatchObject({ keyedBy: null });
    }),
  );

  test(
    "or is held, is not keyed in",
    rolledBack(async (db) => {
      const order = await placed(db);
      await db.sql.query("select private.hold_order($1, 'DISPUTED', 'SYSTEM')", [order.id]);
      expect(await key(db, order.number)).toBe("STALE");
    }),
  );
});
