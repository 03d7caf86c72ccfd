import { beforeAll, expect, test } from "vitest";
import type { Work } from "#app/db/transaction.server.ts";
import { NotFound } from "#app/db/errors.server.ts";
import {
  countReconciliations,
  countOpenResults,
  listReconciliations,
  listForBulk,
  listWaiting,
} from "#app/reconcile/reconciliations.server.ts";
import { findReconciliation } from "#app/reconcile/reconcile.server.ts";
import { findErpState, listRuns } from "#app/reconcile/runs.server.ts";
import { type ReconcileState, reconcileStates } from "#app/reconcile/reconcile.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";

const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
let base: { id: number; number: string };

// Thirty-one copies of an order, each with a result of its own: more than a page of what is short.
beforeAll(async () => {
  await owner.query("begin");
  await owner.query(`
    insert into app.orders (number, partner_id, placed_by, placed_by_name, status, credit_light, credit_inputs, tier,
      market_total, total, checkout_key, cart_digest)
    select 'ORD-2019-' || lpad(n::text, 6, '0'), o.partner_id, o.placed_by, o.placed_by_name, 'COMPLETED',
      o.credit_light, o.credit_inputs, o.tier, o.market_total, o.total, gen_random_uuid(), ''
      from generate_series(1, 33) n, (select * from app.orders where acting_session_id is null order by id limit 1) o`);
  await owner.query(`
    insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity, available,
      unit_price, market_price)
    select o.id, 1, o.partner_id, p.id, p.sku, p.name, p.unit, 10, 12, 1000, 1100 from app.orders o,
      (select * from app.products order by id limit 1) p where o.number like 'ORD-2019-%'`);
  await owner.query(
    `
      insert into app.erp_syncs (order_id, done_at, next_attempt_at) select id, case when number < 'ORD-2019-000032'
        then now() end, now() + interval '1 year' from app.orders where number like 'ORD-2019-%'`,
  );
  await owner.query(`insert into app.reconcile_results (order_id, result, assumed, erp, difference, checked_at)
    select o.id, case when o.number = 'ORD-2019-000031' then 'ERROR' else 'SHORT' end, private.assumed(o.id),
      '{"documents":["SO-1"],"total":10000}',
           jsonb_build_object('total', 0, 'lines',
             jsonb_build_array(jsonb_build_object('sku', l.sku, 'missing', 3, 'price', 0))),
             now() - o.id * interval '1 second'
      from app.orders o join app.order_lines l on l.order_id = o.id
        where o.number between 'ORD-2019-000001' and 'ORD-2019-000031'`);
  await owner.query(
    "select private.audit('ORDER_PLACED', 'order', number) from app.orders where number like 'ORD-2019-%'",
  );
  await owner.query("commit");
  base = (await owner.query<typeof base>("select id::int, number from app.orders where number = 'ORD-2019-000001'"))
    .rows[0]!;
});
const page =
  (state: ReconcileState, after: string | null = null): Work<Awaited<ReturnType<typeof listReconciliations>>> =>
  (db) =>
    listReconciliations(db, { state, after });

test("staff reads staff in one round trip; nobody else sees a row of it", async () => {
  const everything: Work<unknown[]> = (db) =>
    Promise.all([
      ...reconcileStates.map((state) =>
        listReconciliations(db, { state, after: null }).then(({ rows }) => rows.length),
      ),
      listWaiting(db, { state: "waiting", after: null }).then(({ waiting }) => waiting.length),
      countOpenResults(db).then(({ open }) => open),
      listForBulk(db, [base.number]).then(({ length }) => length),
    ]);
  for (const person of [persons.admin, persons.auditor]) {
    expect((await read(person, everything)).slice(0, 2)).toEqual([25, 25]);
    expect(await read(person, (db) => countReconciliations(db))).toMatchObject({
      SHORT: 30,
      ERROR: 1,
      open: 31,
      decided: 0,
      waiting: 2,
    });
    await read(person, (db) => Promise.all([findReconciliation(db, base.number), listRuns(db), findErpState(db)]));
  }
  for (const person of [persons.budi, persons.sari]) {
    expect((await read(person, everything)).every((n) => n === 0)).toBe(true);
    await expect(read(person, (db) => findReconciliation(db, base.number))).rejects.toBeInstanceOf(NotFound);
  }
});

test("the oldest wait first, page after page, none twice and none left out", async () => {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { rows, next }: Awaited<ReturnType<typeof listReconciliations>> = await read(
      persons.admin,
      page("SHORT", after),
    );
    seen.push(...rows.map(({ number }) => number));
    after = next;
  } while (after);
  expect(seen).toEqual(Array.from({ length: 30 }, (_, n) => `ORD-2019-${String(30 - n).padStart(6, "0")}`));
  expect((await read(persons.admin, page("SHORT", "no cursor"))).rows).toHaveLength(25);
});

test("an order shows its line by name, what is missing, what a cut would make of it, and the next one", async () => {
  const order = await read(persons.auditor, (db) => findReconciliation(db, "ORD-2019-000030"));
  expect(order.difference).toMatchObject({ differing: 1, lines: [{ missing: 3, name: order.lines[0]!.name }] });
  expect(order.lines).toMatchObject([{ quantity: 10, available: 12, unitPrice: 1000 }]);
  expect(order.next).toBe("ORD-2019-000029");
  expect(order.outlook).toMatchObject({ missing: 3, cut: { total: 7000, market: 7700, lines: [{ from: 10, to: 7 }] } });
  const waiting = await read(persons.admin, (db) => findReconciliation(db, "ORD-2019-000032"));
  expect(waiting).toMatchObject({
    result: null,
    outlook: { waiting: true, choices: ["KEYED"] },
    lines: [{ quantity: 10 }],
  });
  for (const number of ["ORD-2019-999999", "'", "ORD-2026-000001"])
    await expect(read(persons.admin, (db) => findReconciliation(db, number))).rejects.toBeInstanceOf(NotFound);
});
