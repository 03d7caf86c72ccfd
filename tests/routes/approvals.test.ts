import { beforeAll, expect, test } from "vitest";
import type { Work } from "#app/db/transaction.server.ts";
import { listOtherOpenOrders, listPastDecisions } from "#app/approvals/store.server.ts";
import { listOpenInvoices } from "#app/credit/invoices.server.ts";
import {
  countApprovals,
  findApproval,
  findApprovalQueue,
  listApprovals,
  listSelected,
} from "#app/approvals/approval.server.ts";
import {
  decisionForm,
  decisionsForm,
  itemsField,
  readApprovalFilter,
  waitsForApproval,
} from "#app/approvals/approval.ts";
import { readSelected, selectedAddress } from "#app/orders/several.ts";
import { settingForm } from "#app/settings/setting.ts";
import { people, stores } from "#tests/support/cast.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";

const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const number = (n: number) => `ORD-2019-${String(n).padStart(6, "0")}`;
const amount = 40;

// Orders of their own, told by their year: more than a page, of all four reasons, and the last one decided.
beforeAll(async () => {
  await owner.query("begin");
  await owner.query(
    `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, credit_light, credit_inputs, tier,
      market_total, total, checkout_key, cart_digest)
    select 'ORD-2019-' || lpad(n::text, 6, '0'), $1, $2, 'Salon Budi', 'AMBER',
           jsonb_build_object('light', 'AMBER', 'reason',
             (array['OVER_LIMIT', 'OLD_DATA', 'NO_DATA', 'BYPASS'])[1 + n % 4], 'limit', 0, 'ours', 0, 'erp', 0,
             'room', 0, 'total', 1000, 'over', 1000, 'asOf', now()),
           'GOLD', 1000, 1000, gen_random_uuid(), 'x' from generate_series(1, ${amount}) n`,
    [stores.budi, people.budi],
  );
  await owner.query(
    "select private.audit('ORDER_PLACED', 'order', number) from app.orders where number like 'ORD-2019-%'",
  );
  await owner.query(
    `insert into app.credit_approvals (order_id, partner_id, outcome, decided_by, total, inputs)
    select id, partner_id, 'APPROVED', 'ADM-001', total, credit_inputs from app.orders where number = $1`,
    [number(amount)],
  );
  await owner.query("update app.orders set status = 'APPROVED' where number = $1", [number(amount)]);
  await owner.query("commit");
});
const filter = (query = "") => readApprovalFilter(new URLSearchParams(query));

test("what waits goes on page after page, oldest first, each exactly once; what is decided is not there", async () => {
  const seen: Array<{ id: number; number: string; now: unknown }> = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listApprovals>> = await read(persons.admin, (db) =>
      listApprovals(db, { reason: null, after }),
    );
    seen.push(...page.approvals);
    after = page.next;
  } while (after);
  expect(seen.map(({ id }) => id)).toEqual([...new Set(seen.map(({ id }) => id))].sort((a, b) => a - b));
  expect(seen.filter((order) => order.number.startsWith("ORD-2019")).map((order) => order.number)).toEqual(
    Array.from({ length: amount - 1 }, (_, n) => number(n + 1)),
  );
  expect(seen.every(({ now }) => now !== null)).toBe(true);
});

test("each reason shows its own, and its count is that many", async () => {
  const counts = await read(persons.auditor, countApprovals);
  for (const reason of ["OLD_DATA", "NO_DATA", "BYPASS"] as const) {
    const { approvals } = await read(persons.auditor, (db) => listApprovals(db, filter(`reason=${reason}`)));
    expect(approvals.length, reason).toBeGreaterThanOrEqual(9);
    expect(approvals.every(({ credit }) => credit.reason === reason)).toBe(true);
    expect(counts[reason]).toBe(approvals.length);
  }
  const { waiting } = await read(persons.admin, findApprovalQueue);
  expect(waiting).toBe(counts.all);
  expect(counts.all).toBe(
    ["OVER_LIMIT", "OLD_DATA", "NO_DATA", "BYPASS"].reduce((sum, reason) => sum + counts[reason]!, 0),
  );
});

test("one with its store's side, decided or not; and a choice shows each as it stands", async () => {
  const [open, decided, others, history, invoices] = await read(persons.admin, (db) =>
    Promise.all([
      findApproval(db, number(1)),
      findApproval(db, number(amount)),
      listOtherOpenOrders(db, number(1)),
      listPastDecisions(db, number(1)),
      listOpenInvoices(db, { order: number(1) }, 20),
    ]),
  );
  expect(open).toMatchObject({
    number: number(1),
    storeCode: "PTR-0001",
    decision: null,
    now: { bypass: false, total: 1000 },
  });
  expect(decided).toMatchObject({ now: null, decision: { outcome: "APPROVED", by: "ADM-001", total: 1000 } });
  expect(others).toHaveLength(20);
  expect(others.every((order) => order.number !== number(1))).toBe(true);
  expect(history.map((past) => past.number)).toContain(number(amount));
  expect(invoices.some(({ order }) => order === number(amount))).toBe(true);
  const selected = await read(persons.admin, (db) => listSelected(db, [number(1), number(amount), "ORD-2001-000001"]));
  expect(selected.map((order) => [order.number, order.decidedBy]).sort()).toEqual([
    [number(1), null],
    [number(amount), "ADM-001"],
  ]);
  await expect(read(persons.admin, (db) => findApproval(db, "ORD-2001-000001"))).rejects.toMatchObject({
    reason: "NOT_FOUND",
  });
  await expect(read(persons.admin, (db) => findApproval(db, "'; drop"))).rejects.toMatchObject({ reason: "NOT_FOUND" });
});

test("nobody but staff reads any of it, his own orders neither", async () => {
  for (const person of [persons.budi, persons.sari]) {
    const works: Array<Work<unknown>> = [
      (db) => listApprovals(db, filter()).then(({ approvals }) => approvals),
      (db) => findApproval(db, number(1)),
      (db) => listSelected(db, [number(1)]),
    ];
    for (const work of works) {
      // Refused, or without a row: which of them comes first is the planner's choice.
      const outcome = await read(person, work).then(
        (rows) => (Array.isArray(rows) ? rows.length : rows),
        (error: { reason: string }) => error.reason,
      );
      expect([0, "DENIED", "NOT_FOUND"]).toContain(outcome);
    }
    const beside = await read(person, (db) =>
      Promise.all([
        listOpenInvoices(db, { order: number(1) }, 20),
        listOtherOpenOrders(db, number(1)),
        listPastDecisions(db, number(1)),
      ]),
    );
    expect(beside.flat()).toEqual([]);
  }
});

test("forms say what was seen, and refuse what cannot be", () => {
  expect(decisionForm.safeParse({ outcome: "REJECTED", seen: "1000", note: "x" }).error?.issues[0]).toMatchObject({
    path: ["note"],
    message: "REASON_REQUIRED",
  });
  expect(decisionForm.safeParse({ outcome: "APPROVED", seen: "1000" }).data).toEqual({
    outcome: "APPROVED",
    seen: 1000,
    note: "",
  });
  for (const seen of ["", "-1", "1e3", "1".repeat(16), undefined])
    expect(decisionForm.safeParse({ outcome: "APPROVED", seen }).success).toBe(false);
  expect(decisionForm.safeParse({ outcome: "SHIPPED", seen: "1" }).success).toBe(false);
  const many = (n: number) => itemsField(Array.from({ length: n }, (_, i) => ({ number: number(i), total: 7 })));
  expect(decisionsForm.safeParse({ items: many(2) }).data?.items).toEqual([
    { number: number(0), total: 7 },
    { number: number(1), total: 7 },
  ]);
  expect(decisionsForm.safeParse({ items: many(50) }).success).toBe(true);
  expect(decisionsForm.safeParse({ items: many(51) }).error?.issues[0]?.message).toBe("TOO_MANY");
  for (const items of ["", "ORD-2019-000001", "x:1", `${number(1)}:1  ${number(2)}:1`])
    expect(decisionsForm.safeParse({ items }).success).toBe(false);
  const selected = readSelected(new URLSearchParams(Array.from({ length: 60 }, (_, i) => ["order", number(i)])));
  expect(selected).toHaveLength(50);
  expect(
    readSelected(
      new URL(selectedAddress("/admin/approvals/selected", [number(1), number(1), "x"]), "http://x").searchParams,
    ),
  ).toEqual([number(1)]);
  expect(filter("reason=OTHER&after=x")).toEqual({ reason: null, after: "x" });
  // What is turned off needs no hours, whatever stands in their field.
  expect(settingForm.safeParse({ value: "false", reason: "Sudah benar", hours: "x" }).success).toBe(true);
  expect(settingForm.safeParse({ value: "true", reason: "Belum benar", hours: "x" }).success).toBe(false);
});

test("a held order waits for its release, not for an approval; what is decided waits no more", () => {
  expect(waitsForApproval({ light: "AMBER", status: "SUBMITTED" })).toBe(true);
  expect(waitsForApproval({ light: "AMBER", status: "PROCESSING", held: false })).toBe(true);
  for (const order of [
    { light: "GREEN", status: "SUBMITTED" },
    { light: "AMBER", status: "APPROVED" },
    { light: "AMBER", status: "SUBMITTED", held: true },
  ])
    expect(waitsForApproval(order)).toBe(false);
});
