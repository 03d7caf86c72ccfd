import { describe, expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { rolledBack, plenty, type TestDb, reasonOf, refusalOf } from "#tests/support/rolled-back.ts";
import { several } from "#supabase/local/several.ts";

type Decision = {
  outcome: string;
  decided_by: string;
  bulk: boolean;
  note: string;
  total: number;
  inputs: { reason: string; over: number; room: number; ours: number };
};

const priceOf = (db: TestDb, sku: string) =>
  db.value<number>(
    "select price from app.prices r join app.products p on p.id = r.product_id where p.sku = $1 and tier = 'GOLD'",
    [sku],
  );
const totalOf = (db: TestDb, number: string) =>
  db.value<number>("select total from app.orders where number = $1", [number]);
const statusOf = (db: TestDb, number: string) =>
  db.value<string>("select status from app.orders where number = $1", [number]);
const setLimit = async (db: TestDb, limit: number) => {
  await db.sql.query("update app.partners set credit_limit = $1 where id = $2", [limit, stores.budi]);
};
const decisionOf = async (db: TestDb, number: string): Promise<Decision | undefined> =>
  (
    await db.rows<Decision>(
      "select c.* from app.credit_approvals c join app.orders o on o.id = c.order_id where o.number = $1",
      [number],
    )
  )[0];
const trailOf = (db: TestDb, number: string) =>
  db.rows<{
    action: string;
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    target_code: string;
  }>(
    "select action, before, after, target_code from app.audit_events where entity_key = $1 and action like 'CREDIT%'",
    [number],
  );
const decide = "select app.decide_credit($1, $2, $3, $4)";
const decideAs = (db: TestDb, who: string, ...values: [string, string, string, number | null]) =>
  db.as(who, () => db.sql.query(decide, values));

/** A store with nothing owed, and its order of one piece that is over a limit of nothing: AMBER. */
async function amberOrder(db: TestDb, pieces = 1): Promise<{ number: string; total: number; sku: string }> {
  const [sku] = await plenty(db);
  await db.sql.query("update app.orders set status = 'COMPLETED' where partner_id = $1", [stores.budi]);
  await db.sql.query("update app.invoices set status = 'CANCELLED' where partner_id = $1", [stores.budi]);
  await setLimit(db, 0);
  const number = await db.buy(people.budi, [sku, pieces]);
  return { number, total: await totalOf(db, number), sku };
}

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
      for (const note of ["", "  x  ", "x".repeat(301)])
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
    ...["STORE_SUSPENDED", "AGENT_SUSPENDED"].map((reason): Act => [
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
        "release AGENT_SUSPENDED": "done SUBMITTED",
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
