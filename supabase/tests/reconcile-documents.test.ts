import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, refusedFor } from "#tests/support/rolled-back.ts";

const decide = "select app.resolve_reconciliation($1, $2, $3, $4, $5)";
const checkedAt = (db: TestDb, id: number) =>
  db.maybeValue<string | null>("select checked_at::text from app.reconcile_results where order_id = $1", [id]);
const key = async (db: TestDb, { id, number }: { id: number; number: string }, document: string) => {
  const at = await checkedAt(db, id);
  await db.as(people.admin, () => db.sql.query(decide, [number, "KEYED", document, "Diketik di ERP", at]));
};
const toStop = (db: TestDb, id: number) =>
  db.rows(
    `
      select detail ->> 'document' as document from app.tasks where order_id = $1 and kind = 'STOP_ORDER_IN_ERP'
        and done_at is null`,
    [id],
  );

async function placed(db: TestDb, who: string = people.budi) {
  const [one] = await plenty(db);
  const number = await db.buy(who, [one, 10]);
  return { number, id: await db.value<number>("select id from app.orders where number = $1", [number]) };
}

async function said(db: TestDb, id: number, result: string, documents: string[], difference: object = {}) {
  await db.sql.query("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
  await db.sql.query(
    "select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), $2, $3, $4, null)",
    [
      id,
      result,
      JSON.stringify({ documents, total: 1, lines: [], credit: { ok: true, message: null } }),
      JSON.stringify(difference),
    ],
  );
}

test(
  "KEYED under a number of its own: what the ERP named for the order before has to be stopped there",
  rolledBack(async (db) => {
    for (const [n, difference] of [{ total: 5000 }, { partner: "PTR-0009" }].entries()) {
      const order = await placed(db);
      await said(db, order.id, "ERROR", [`SO-WRONG-${n}`], difference);
      await key(db, order, `SO-BYHAND-${n}`);
      expect(await toStop(db, order.id)).toEqual([{ document: `SO-WRONG-${n}` }]);
    }
  }),
);

test(
  "KEYED: the document that was keyed in is not stopped, nor one that is another order's own",
  rolledBack(async (db) => {
    const order = await placed(db);
    await said(db, order.id, "ERROR", ["SO-RIGHT"], { total: 5000 });
    await key(db, order, "so-right");
    expect(await toStop(db, order.id)).toEqual([]);

    const first = await placed(db, people.maya);
    await said(db, first.id, "CONFIRMED", ["SO-MAYA"]);
    const second = await placed(db);
    await said(db, second.id, "CONFIRMED", ["SO-MAYA"]);
    await key(db, second, "SO-BUDI");
    expect(await toStop(db, second.id)).toEqual([]);
  }),
);

test(
  "a document's number is the same in capitals and in small letters: it is one order's alone",
  rolledBack(async (db) => {
    const first = await placed(db, people.maya);
    await said(db, first.id, "CONFIRMED", ["SO-500"]);
    const second = await placed(db);
    for (const document of ["SO-500", "so-500", "So-500"]) {
      await expect(key(db, second, document)).rejects.toMatchObject({
        ...refusedFor("NUMBER_TAKEN"),
        detail: expect.stringContaining(first.number),
      });
    }
    // By the ERP's own word neither: staff is asked.
    await db.sql.query("savepoint spoken");
    await said(db, second.id, "CONFIRMED", ["so-500"]);
    expect(await db.value("select sync_status from app.orders where id = $1", [second.id])).toBe("FAILED");
    await db.sql.query("rollback to savepoint spoken");
    await key(db, second, "so-501"); // Control.
  }),
);
