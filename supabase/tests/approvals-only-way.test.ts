import { describe, expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, reasonOf, refusalOf } from "#tests/support/rolled-back.ts";
import { totalOf, statusOf, setLimit, decisionOf, trailOf, decide, decideAs, amberOrder } from "./approvals-support.ts";

/** What an admin may do with an order: its name, what has to be so before, the command and its words. */
type Act = [name: string, before: string[], command: string, words: string[]];

describe("one way only", () => {
  const move = "select app.move_order($1, $2, $3)";

  test(
    "staff approves and rejects no AMBER order, held or not, and changes nothing; the rest of its moves stay",
    rolledBack(async (db) => {
      const { number, total, sku } = await amberOrder(db);
      const refusal = (status: string, note: string) =>
        db.as(people.admin, () => db.sql.query(move, [number, status, note])).then(() => null, refusalOf);
      const byStaff = async (step: string) => {
        for (const status of ["APPROVED", "REJECTED"]) {
          for (const note of ["", "Disetujui lewat meja order"]) {
            const answer = [step, status, await refusal(status, note)];
            expect(answer).toEqual([step, status, { reason: "CREDIT_FIRST", number }]);
          }
        }
        expect([await decisionOf(db, number), await trailOf(db, number)]).toEqual([undefined, []]);
      };
      await byStaff("fresh");
      await db.as(people.admin, () => db.sql.query(move, [number, "PROCESSING", ""]));
      await byStaff("in process");
      expect(await db.stopped(people.admin, move, [number, "CANCELLED", "Toko membatalkan"])).toBeNull();
      await db.sql.query("select private.hold_order(id, 'DISPUTED', 'SYSTEM') from app.orders where number = $1", [
        number,
      ]);
      await byStaff("held");
      await db.sql.query(
        "select private.release_order(id, 'DISPUTED', 'SYSTEM', 'jelas') from app.orders where number = $1",
        [number],
      );
      await decideAs(db, people.admin, number, "APPROVED", "", total); // The control: the page of approvals can.
      expect(await db.stopped(people.admin, move, [number, "SHIPPED", ""])).toBeNull();

      await setLimit(db, 1_000_000_000);
      const green = await db.buy(people.budi, [sku, 1]);
      expect(await db.stopped(people.admin, move, [green, "REJECTED", "Toko tutup"])).toBeNull();
      await db.as(people.admin, () => db.sql.query(move, [green, "APPROVED", ""]));
      expect([await statusOf(db, green), await decisionOf(db, green), await trailOf(db, green)]).toEqual([
        "APPROVED",
        undefined,
        [],
      ]);
    }),
  );

  test(
    "SQL by hand neither: the table asks for the written decision of just that outcome",
    rolledBack(async (db) => {
      const { number } = await amberOrder(db);
      const byHand = async (status: string) => {
        await db.sql.query("savepoint hand");
        const refused = await db.sql
          .query("update app.orders set status = $2 where number = $1", [number, status])
          .then(() => null, reasonOf);
        await db.sql.query("rollback to savepoint hand");
        return refused;
      };
      expect([
        await byHand("APPROVED"),
        await byHand("REJECTED"),
        await byHand("PROCESSING"),
        await byHand("CANCELLED"),
      ]).toEqual(["CREDIT_FIRST", "CREDIT_FIRST", null, null]);
      await db.sql.query(
        `insert into app.credit_approvals (order_id, partner_id, outcome, decided_by, total, inputs)
      select id, partner_id, 'REJECTED', 'ADM-001', total, credit_inputs from app.orders where number = $1`,
        [number],
      );
      expect([await byHand("APPROVED"), await byHand("REJECTED")]).toEqual(["CREDIT_FIRST", null]);
    }),
  );

  // Every act of staff that meets an order, as an admin: [name, what has to be so before, the act].
  const decided = (resolution: string): [string, string[], string, string[]] => [
    `reconcile ${resolution}`,
    [
      `insert into app.reconcile_results (order_id, result, assumed, erp, difference, checked_at)
       select id, 'CREDIT_FAILED', private.assumed(id), '{"documents": ["SO-1"]}',
         '{"credit": "limit terlampaui", "lines": [{"sku": "SKU", "missing": 1, "price": 0}]}', now() from app.orders
         where number = $1`,
      `
        update app.erp_syncs set done_at = now(), posted_at = null where order_id = (select id from app.orders
          where number = $1)`,
      `
        update app.orders
          set ${
            ["RETRY", "KEYED"].includes(resolution)
              ? "sync_status = 'FAILED', sync_error = 'ditolak'"
              : "sync_status = 'SYNCED', synced_at = now(), erp_document = 'SO-AMBER'"
          } where number = $1`,
    ],
    `
      select app.resolve_reconciliation($1, $2, 'SO-AMBER', 'Sudah ditelepon',
        (select checked_at from app.reconcile_results r join app.orders o on o.id = r.order_id where o.number = $1))`,
    [resolution],
  ];
  const disputed = (outcome: string): Act => [
    `dispute ${outcome}`,
    ["select private.raise_dispute(id, 'LINK', '') from app.orders where number = $1"],
    "select app.resolve_dispute($1, $2, 'Sudah ditelepon')",
    [outcome],
  ];
  const acts: Act[] = [
    ...["PROCESSING", "APPROVED", "REJECTED", "CANCELLED"].map((status): Act => [
      `staff ${status}`,
      [],
      "select app.move_order($1, $2, 'uji coba')",
      [status],
    ]),
    ...["ACCEPT", "CUT", "PREORDER", "CANCEL", "RETRY", "KEYED"].map(decided),
    ...["OWNER_AGREES", "MISTAKE", "ABUSE"].map(disputed),
    ...["STORE_SUSPENDED", "SALESMAN_SUSPENDED"].map((reason): Act => [
      `release ${reason}`,
      [`select private.hold_order(id, '${reason}', 'SYSTEM') from app.orders where number = $1`],
      "select app.release_held_order($1, 'Sudah dicek', $2)",
      [reason],
    ]),
    ["tell the store", [], "select app.tell_store($1)", []],
    ["key in", [], "select app.take_to_key($1)", []],
  ];
  test(
    "no other act approves: of all that staff may do with an order only the page of approvals",
    rolledBack(async (db) => {
      const [sku] = await plenty(db);
      await setLimit(db, 0);
      const number = await db.buyFor(people.sari, "PTR-0001", [sku, 2]);
      const total = await totalOf(db, number);
      const outcomes: Record<string, string> = {};
      await db.login(people.admin); // Before the savepoints, which end with it else.
      const approved: Act = ["approvals APPROVED", [], decide, ["APPROVED", "", String(total)]];
      for (const [name, before, act, more] of [...acts, approved]) {
        await db.sql.query("savepoint act");
        for (const text of before) await db.sql.query(text.replace("SKU", sku), text.includes("$1") ? [number] : []);
        const code = await db.as(people.admin, () => db.sql.query(act, [number, ...more])).then(() => "done", reasonOf);
        outcomes[name] = `${code} ${await statusOf(db, number)}`;
        await db.sql.query("rollback to savepoint act");
      }
      expect(outcomes).toEqual({
        "staff PROCESSING": "done PROCESSING",
        "staff APPROVED": "CREDIT_FIRST SUBMITTED",
        "staff REJECTED": "CREDIT_FIRST SUBMITTED",
        "staff CANCELLED": "done CANCELLED",
        "reconcile ACCEPT": "done SUBMITTED",
        "reconcile CUT": "done SUBMITTED",
        "reconcile PREORDER": "done SUBMITTED",
        "reconcile CANCEL": "done CANCELLED",
        "reconcile RETRY": "done SUBMITTED",
        "reconcile KEYED": "done SUBMITTED",
        "dispute OWNER_AGREES": "done SUBMITTED",
        "dispute MISTAKE": "done CANCELLED",
        "dispute ABUSE": "done CANCELLED",
        "release STORE_SUSPENDED": "done SUBMITTED",
        "release SALESMAN_SUSPENDED": "done SUBMITTED",
        "tell the store": "done SUBMITTED",
        "key in": "done SUBMITTED",
        "approvals APPROVED": "done APPROVED",
      });
    }),
  );

  test(
    "and none can come by: one function sets a status, two write decisions, and no login writes either table",
    rolledBack(async (db) => {
      const containing = (pattern: string) =>
        db
          .rows<{ name: string }>(
            `
              select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname in ('app', 'private', 'jobs') and p.prosrc ~ $1 order by 1`,
            [pattern],
          )
          .then((found) => found.map(({ name }) => name));
      expect(await containing("update app\\.orders( o)? set ([^;]*, )?status =")).toEqual(["private.put_order_status"]);
      expect(await containing("put_order_status")).toEqual([
        "app.decide_credit",
        "app.decide_credits",
        "app.move_order",
        "app.move_orders",
      ]);
      expect(await containing("insert into app\\.credit_approvals")).toEqual(["private.note_credit_decision"]);
      expect(await containing("note_credit_decision")).toEqual(["app.decide_credit", "app.decide_credits"]);
      expect(await containing("update app\\.orders( o)? set ([^;]*, )?credit_light =")).toEqual([]);
      for (const role of ["web", "anon", "authenticated", "worker"]) {
        for (const table of ["app.orders", "app.credit_approvals"]) {
          expect([
            role,
            table,
            await db.value(
              `
                select has_any_column_privilege($1, $2, 'insert, update')
                  or has_table_privilege($1, $2, 'delete, truncate, trigger')`,
              [role, table],
            ),
          ]).toEqual([role, table, false]);
        }
      }
    }),
  );
});
