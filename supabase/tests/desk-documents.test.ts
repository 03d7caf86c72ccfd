import { expect, test } from "vitest";
import { onStage, people, plenty, refusedFor, type Stage } from "./support.ts";

const decide = "select app.resolve_reconciliation($1, $2, $3, $4, $5)";
const checkedAt = (stage: Stage, id: number) =>
  stage.value<string | null>("select checked_at::text from app.reconcile_results where order_id = $1", [id]);
const key = async (stage: Stage, { id, number }: { id: number; number: string }, document: string) => {
  const at = await checkedAt(stage, id);
  await stage.as(people.admin, () => stage.sql.query(decide, [number, "KEYED", document, "Diketik di ERP", at]));
};
const toStop = (stage: Stage, id: number) =>
  stage.rows(
    `
      select detail ->> 'document' as document from app.tasks where order_id = $1 and kind = 'STOP_ORDER_IN_ERP'
        and done_at is null`,
    [id],
  );

async function placed(stage: Stage, who: string = people.budi) {
  const {
    skus: [one],
  } = (await plenty(stage)) as { skus: [string] };
  await stage.fill(who, [one, 10]);
  const number = await stage.order(who);
  return { number, id: await stage.value<number>("select id from app.orders where number = $1", [number]) };
}

async function said(stage: Stage, id: number, result: string, documents: string[], difference: object = {}) {
  await stage.sql.query("update app.erp_pushes set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
  await stage.sql.query(
    "select jobs.settle_sync($1, (select ticket from app.erp_pushes where order_id = $1), $2, $3, $4, null)",
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
  onStage(async (stage) => {
    for (const [n, difference] of [{ total: 5000 }, { partner: "PTR-0009" }].entries()) {
      const order = await placed(stage);
      await said(stage, order.id, "ERROR", [`SO-WRONG-${n}`], difference);
      await key(stage, order, `SO-BYHAND-${n}`);
      expect(await toStop(stage, order.id)).toEqual([{ document: `SO-WRONG-${n}` }]);
    }
  }),
);

test(
  "KEYED: the document that was keyed in is not stopped, nor one that is another order's own",
  onStage(async (stage) => {
    const order = await placed(stage);
    await said(stage, order.id, "ERROR", ["SO-RIGHT"], { total: 5000 });
    await key(stage, order, "so-right");
    expect(await toStop(stage, order.id)).toEqual([]);

    const first = await placed(stage, people.maya);
    await said(stage, first.id, "CONFIRMED", ["SO-MAYA"]);
    const second = await placed(stage);
    await said(stage, second.id, "CONFIRMED", ["SO-MAYA"]);
    await key(stage, second, "SO-BUDI");
    expect(await toStop(stage, second.id)).toEqual([]);
  }),
);

test(
  "a document's number is the same in capitals and in small letters: it is one order's alone",
  onStage(async (stage) => {
    const first = await placed(stage, people.maya);
    await said(stage, first.id, "CONFIRMED", ["SO-500"]);
    const second = await placed(stage);
    for (const document of ["SO-500", "so-500", "So-500"]) {
      await expect(key(stage, second, document)).rejects.toMatchObject({
        ...refusedFor("NUMBER_TAKEN"),
        detail: expect.stringContaining(first.number) as string,
      });
    }
    // By the ERP's own word neither: the desk is asked.
    await stage.sql.query("savepoint spoken");
    await said(stage, second.id, "CONFIRMED", ["so-500"]);
    expect(await stage.value("select sync_status from app.orders where id = $1", [second.id])).toBe("FAILED");
    await stage.sql.query("rollback to savepoint spoken");
    await key(stage, second, "so-501"); // Control.
  }),
);
