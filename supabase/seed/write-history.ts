import type pg from "pg";
import { digestOf } from "./basket.ts";
import { day, wibDate, wibYear } from "./calendar.ts";
import { regions, subDistributors } from "./catalogue.ts";
import { admin, type Partner, secondAdmin } from "./people.ts";
import { amounts, type PastOrder, pointsFor, statusOf, termOf } from "./past-order.ts";
import { Chance } from "./random.ts";
import { asThePast, continueIds, insertRows, type Row } from "./rows.ts";

/** A past order with the keys it gets. Numbers rise with time, as those of checkout do. */
export type Numbered = PastOrder & {
  id: number;
  number: string;
  document: string | null;
  sessionId: string | null;
  key: string;
  loginId: string;
};

const system = "SYSTEM";
const iso = (at: number) => new Date(at).toISOString();
const iso0 = (at: number | null) => (at === null ? null : iso(at));
const six = (n: number) => String(n).padStart(6, "0");

/** Writes orders and all that hangs on them, oldest first; the sequences go on after them. */
export async function writeHistory(client: pg.ClientBase, orders: PastOrder[]): Promise<void> {
  const chance = new Chance(7);
  const numbered = orders
    .toSorted((a, b) => a.at - b.at)
    .map((order, i): Numbered => ({
      ...order,
      id: i + 1,
      number: `ORD-${wibYear(order.at)}-${six(i + 1)}`,
      // Another form than the documents of the ERP of today, which counts from one.
      document: order.syncedAt === null ? null : `SO-${wibYear(order.at)}-${six(i + 1)}`,
      sessionId: order.acting ? chance.uuid() : null,
      key: chance.uuid(),
      loginId: chance.uuid(),
    }));
  const shadow = numbered.filter((order) => order.acting !== null);
  await asThePast(client, async () => {
    await insertRows(client, "app.acting_sessions", shadow.map(actingRow));
    await insertRows(client, "app.orders", numbered.map(orderRow));
    await insertRows(client, "app.shadow_alerts", shadow.map(alertRow));
  });
  await insertRows(
    client,
    "app.alert_attempts",
    shadow.map((order) => ({ order_id: order.id, channel: "EMAIL", at: iso(toldAt(order)), outcome: "ACCEPTED" })),
  );
  await insertRows(client, "app.order_lines", numbered.flatMap(lineRows));
  await insertRows(client, "app.erp_syncs", numbered.map(syncRow));
  await insertRows(client, "app.order_events", numbered.flatMap(eventRows).sort(byTime));
  await insertRows(client, "app.audit_events", numbered.flatMap(auditRows).sort(byTime));
  await insertRows(client, "app.credit_approvals", numbered.flatMap(decisionRows));
  await writeMoney(client, numbered);
  await continueIds(client, "app.orders");
  await client.query(`select setval('app.order_numbers', $1, $2)`, [Math.max(numbered.length, 1), numbered.length > 0]);
}

/** Invoices of all that was approved, and the points that a full payment earned. */
async function writeMoney(client: pg.ClientBase, orders: Numbered[]) {
  const approvals = orders
    .flatMap((order) =>
      order.moves.filter(({ status }) => status === "APPROVED").map((move) => ({ order, at: move.at })),
    )
    .sort((a, b) => a.at - b.at);
  await insertRows(
    client,
    "app.invoices",
    approvals.map(({ order, at }, i) => {
      const amount = amounts(order).total;
      const paid = Math.round(amount * order.paidShare);
      return {
        id: i + 1,
        number: `INV-${wibYear(at)}-${six(i + 1)}`,
        order_id: order.id,
        partner_id: order.partner.id,
        amount,
        paid,
        status: paid === amount ? "PAID" : paid > 0 ? "PARTIAL" : "UNPAID",
        issued_at: iso(at),
        due_on: wibDate(at + termOf(order.partner) * day),
      };
    }),
  );
  await client.query(`select setval('app.invoice_numbers', $1, $2)`, [
    Math.max(approvals.length, 1),
    approvals.length > 0,
  ]);
  await continueIds(client, "app.invoices");
  const earned = approvals
    .filter(({ order }) => order.paidAt !== null)
    .sort((a, b) => a.order.paidAt! - b.order.paidAt!);
  await insertRows(
    client,
    "app.points_ledger",
    earned
      .map(({ order }, i) => ({
        id: i + 1,
        partner_id: order.partner.id,
        order_id: order.id,
        kind: "EARNED",
        points: pointsFor(order.partner, amounts(order).total),
        at: iso(order.paidAt!),
      }))
      .filter(({ points }) => points > 0),
  );
  await continueIds(client, "app.points_ledger");
}

const author = (order: PastOrder) =>
  order.acting?.salesman ?? { id: order.partner.accountId, code: order.partner.code, name: order.partner.name };
const byTime = (a: Row, b: Row) => String(a.at).localeCompare(String(b.at));
const routeOf = (partner: Partner) => subDistributors[regions.findIndex(({ code }) => code === partner.region)]!.id;

const actingRow = ({ acting, partner, sessionId, loginId }: Numbered): Row => ({
  id: sessionId,
  salesman_id: acting!.salesman.id,
  partner_id: partner.id,
  session_id: loginId,
  reason: acting!.reason,
  started_at: iso(acting!.from),
  expires_at: iso(acting!.from + day / 24),
  ended_at: iso(acting!.until),
  ended_reason: "BY_HAND",
});

const orderRow = (order: Numbered): Row => ({
  id: order.id,
  number: order.number,
  partner_id: order.partner.id,
  placed_by: author(order).id,
  placed_by_name: author(order).name,
  acting_session_id: order.sessionId,
  source: "WEB",
  status: statusOf(order),
  sync_status: order.syncError ? "FAILED" : order.syncedAt === null ? "PENDING_SYNC" : "SYNCED",
  sync_error: order.syncError,
  synced_at: iso0(order.syncedAt),
  erp_document: order.document,
  credit_light: order.credit.light,
  credit_inputs: order.credit,
  degraded: order.degraded,
  tier: order.partner.tier,
  market_total: amounts(order).market,
  total: amounts(order).total,
  points: pointsFor(order.partner, amounts(order).total),
  note: "",
  routed_to: routeOf(order.partner),
  routed_at: iso(order.at),
  checkout_key: order.key,
  cart_digest: digestOf(order.lines),
  created_at: iso(order.at),
});

const lineRows = (order: Numbered): Row[] =>
  order.lines.map(({ product, quantity, preorder, unitPrice, marketPrice }, i) => ({
    order_id: order.id,
    line_no: i + 1,
    partner_id: order.partner.id,
    product_id: product.id,
    sku: product.sku,
    name: product.name,
    unit: product.unit,
    quantity,
    preorder,
    unit_price: unitPrice,
    market_price: marketPrice,
  }));

const toldAt = (order: Numbered) => order.at + 2_000 + (order.id % 30) * 1_000;

const alertRow = (order: Numbered): Row => ({
  order_id: order.id,
  recipient: order.partner.email,
  state: "SENT",
  attempts: 1,
  next_attempt_at: iso(toldAt(order)),
  provider_id: order.key,
  created_at: iso(order.at),
  sent_at: iso(toldAt(order)),
});

const syncRow = ({ id, at, syncedAt, syncError }: Numbered): Row => ({
  order_id: id,
  attempts: syncedAt === null && !syncError ? 0 : 1,
  next_attempt_at: iso(at),
  last_error: syncError,
  done_at: iso0(syncError ? at + 5_000 : syncedAt),
});

function eventRows(order: Numbered): Row[] {
  const event = (at: number, kind: string, actor: string, detail: Row = {}): Row => ({
    order_id: order.id,
    at: iso(at),
    kind,
    actor,
    detail,
  });
  return [
    event(order.at, "PLACED", author(order).name, { shadow: order.acting !== null, light: order.credit.light }),
    ...(order.acting ? [event(toldAt(order), "OWNER_TOLD", system)] : []),
    ...(order.syncedAt === null ? [] : [event(order.syncedAt, "SYNCED", system, { document: order.document })]),
    ...(order.syncError ? [event(order.at + 5_000, "SYNC_FAILED", system)] : []),
    ...(order.short
      ? [
          event(order.syncedAt!, "RECONCILE_OPEN", system, { result: "SHORT" }),
          event(order.short.decidedAt, "RECONCILED", secondAdmin.name, {
            resolution: "PREORDER",
            lines: preorderedOf(order),
          }),
        ]
      : []),
    ...order.moves.map(({ status, at, note }) => event(at, status, admin.name, { note })),
  ];
}

const preorderedOf = ({ short, lines }: Numbered) =>
  lines
    .filter(({ product }) => product.sku === short?.sku)
    .map(({ product: { sku, name }, preorder }) => ({ sku, name, from: 0, to: preorder }));

// As private.reconcile_state told it then, before and after the rest became a pre-order.
function stateOf(order: Numbered, decided: boolean): Row {
  const { short, lines, moves, document, partner } = order;
  const then = moves.filter(({ at }) => at <= short!.decidedAt);
  const { total } = amounts(order);
  return {
    status: then.at(-1)?.status ?? "SUBMITTED",
    total,
    points: pointsFor(partner, total),
    sync: "SYNCED",
    document,
    invoice: then.some(({ status }) => status === "APPROVED") ? total : null,
    lines: Object.fromEntries(
      lines.map(({ product: { sku }, quantity, preorder }) => [
        sku,
        [quantity, sku === short!.sku && !decided ? 0 : preorder],
      ]),
    ),
  };
}

// The decision on an AMBER order; nothing had changed since it was placed.
const decisionsOf = (order: Numbered) =>
  order.credit.light === "AMBER"
    ? order.moves.filter(({ status }) => status === "APPROVED" || status === "REJECTED")
    : [];

const decisionRows = (order: Numbered): Row[] =>
  decisionsOf(order).map(({ status, at, note }) => ({
    order_id: order.id,
    partner_id: order.partner.id,
    outcome: status,
    decided_at: iso(at),
    decided_by: admin.code,
    bulk: false,
    note,
    total: amounts(order).total,
    inputs: { ...order.credit, bypass: false },
  }));

function auditRows(order: Numbered): Row[] {
  // As the functions write them: in Shadow Mode, and where staff decides, the store is whom it was done to.
  const row = (
    at: number,
    actor: { id: string; code: string },
    partnerId: string | null,
    action: string,
    entity: string,
    key: string,
    detail: Row,
    before: Row | null = null,
    after: Row | null = null,
  ): Row => ({
    at: iso(at),
    actor_id: actor.id,
    actor_code: actor.code,
    partner_id: partnerId,
    target_code: partnerId && !order.sessionId ? null : partner.code,
    acting_session_id: partnerId && order.sessionId,
    action,
    entity,
    entity_key: key,
    before,
    after,
    detail,
  });
  const { acting, partner } = order;
  const placed = { total: amounts(order).total, light: order.credit.light, shadow: acting !== null };
  return [
    ...(acting
      ? [
          row(acting.from, acting.salesman, partner.id, "ACTING_BEGUN", "partner", partner.code, {
            until: iso(acting.from + day / 24),
          }),
        ]
      : []),
    row(order.at, author(order), partner.id, "ORDER_PLACED", "order", order.number, placed),
    ...(acting
      ? [
          row(acting.until, acting.salesman, partner.id, "ACTING_ENDED", "account", acting.salesman.code, {
            reason: "BY_HAND",
          }),
        ]
      : []),
    ...(order.short
      ? [
          row(
            order.short.decidedAt,
            secondAdmin,
            null,
            "RECONCILE_DECIDED",
            "order",
            order.number,
            { resolution: "PREORDER", result: "SHORT" },
            stateOf(order, false),
            stateOf(order, true),
          ),
        ]
      : []),
    ...order.moves.map((move, i) => {
      const from = order.moves[i - 1]?.status ?? "SUBMITTED";
      return row(
        move.at,
        admin,
        null,
        "ORDER_MOVED",
        "order",
        order.number,
        {},
        { status: from },
        { status: move.status },
      );
    }),
    ...decisionsOf(order).map(({ status, at }) => {
      const figures = { reason: order.credit.reason ?? null, over: order.credit.over ?? null };
      return row(
        at,
        admin,
        null,
        `CREDIT_${status}`,
        "order",
        order.number,
        { total: amounts(order).total, bulk: false },
        { status: "SUBMITTED", ...figures },
        { status, ...figures },
      );
    }),
  ];
}
