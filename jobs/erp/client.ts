import { z } from "zod";
import { exchange, type ErpAccess } from "./exchange.ts";
import { ErpFailure } from "./failure.ts";

/** An order as the ERP wants it; money in whole rupiah, `placedAt` ISO 8601. */
export type ErpOrder = {
  reference: string;
  partner: string;
  placedAt: string;
  total: number;
  /** AMBER: to be held there too until the office has decided. */
  credit: "GREEN" | "AMBER";
  lines: Array<{ sku: string; quantity: number; unitPrice: number }>;
};

/** What became of a pushed order: the ERP's document, or its refusal. */
export type Pushed =
  | { kind: "accepted"; document: string; created: boolean }
  | { kind: "refused"; status: number; message: string };

export type StockRow = { sku: string; warehouse: string; quantity: number };
export type CreditRow = { partner: string; outstanding: number };
/** A whole feed: every row, all of one snapshot. `takenAt` is the ERP's clock. */
export type Snapshot<Row> = { snapshot: string; takenAt: Date; rows: Row[] };

/** Lets a call through, or not: the breaker's place. */
export type Gate = <T>(call: () => Promise<T>) => Promise<T>;

export type ErpClient = ReturnType<typeof erpClient>;

const documentShape = z.object({ document: z.string().min(1).max(80), reference: z.string() });
const pingShape = z.object({ ok: z.literal(true) });
const stockShape = z.object({
  sku: z.string().min(1).max(80),
  warehouse: z.string().min(1).max(20),
  quantity: z.number().int().nonnegative(),
});
const creditShape = z.object({ partner: z.string().min(1).max(80), outstanding: z.number().int().nonnegative() });
const maxPages = 1_000;

/** The one adapter to the ERP. Every call passes the gate; all throw ErpFailure, or what the gate throws when shut. */
export function erpClient(access: ErpAccess, gate: Gate = (call) => call()) {
  return {
    /** Is it alive? */
    async ping(): Promise<void> {
      await gate(async () => {
        const answer = await exchange(access, { path: "/api/v1/ping", answer: pingShape });
        if (!answer.ok) throw new ErpFailure("status", `status ${answer.status}`);
      });
    },

    /** Hands an order over under its own number: sent twice, the ERP still has one document. */
    createOrder(order: ErpOrder): Promise<Pushed> {
      return gate(async () => {
        const answer = await exchange(access, {
          method: "POST",
          path: "/api/v1/orders",
          idempotencyKey: order.reference,
          body: wireOrder(order),
          answer: documentShape,
        });
        if (!answer.ok) return { kind: "refused", status: answer.status, message: answer.message };
        mustBe(order.reference, answer.body.reference);
        return { kind: "accepted", document: answer.body.document, created: answer.status === 201 };
      });
    },

    /** The ERP's document for one of our order numbers, or null when it has none. */
    findOrder(reference: string): Promise<string | null> {
      return gate(async () => {
        const path = `/api/v1/orders/${encodeURIComponent(reference)}`;
        const answer = await exchange(access, { path, answer: documentShape });
        if (!answer.ok && answer.status === 404) return null;
        if (!answer.ok) throw new ErpFailure("status", `status ${answer.status}`);
        mustBe(reference, answer.body.reference);
        return answer.body.document;
      });
    },

    /** Stock of every SKU in every warehouse; a feed with a gap, a double row or two snapshots is a failure. */
    listStock: () => pullAll(access, gate, "/api/v1/stock", stockShape, (row) => JSON.stringify([row.sku, row.warehouse])),

    /** What each partner owes, by the same rules. */
    listCredit: () => pullAll(access, gate, "/api/v1/credit", creditShape, (row) => row.partner),
  };
}

async function pullAll<Row>(
  access: ErpAccess,
  gate: Gate,
  path: string,
  row: z.ZodType<Row>,
  keyOf: (row: Row) => string,
): Promise<Snapshot<Row>> {
  const shape = z.object({
    snapshot: z.string().min(1).max(200),
    taken_at: z.iso.datetime({ offset: true }),
    page: z.number().int(),
    pages: z.number().int().min(1).max(maxPages),
    total: z.number().int().nonnegative(),
    items: z.array(row),
  });
  const rows = new Map<string, Row>();
  const pull = (page: number) =>
    gate(async () => {
      const answer = await exchange(access, { path: `${path}?page=${page}`, answer: shape });
      if (!answer.ok) throw new ErpFailure("status", `status ${answer.status}`);
      for (const item of answer.body.items) {
        if (rows.has(keyOf(item))) throw new ErpFailure("content", `${keyOf(item)} appears twice`);
        rows.set(keyOf(item), item);
      }
      return answer.body;
    });

  const first = await pull(1);
  for (let page = 2; page <= first.pages; page += 1) {
    const next = await pull(page);
    const same = next.snapshot === first.snapshot && next.total === first.total && next.pages === first.pages;
    if (!same || next.page !== page) throw new ErpFailure("content", `page ${page} belongs to another snapshot`);
  }
  if (rows.size === 0) throw new ErpFailure("content", "the feed is empty"); // an ERP without stock is an ERP being repaired
  if (rows.size !== first.total) {
    throw new ErpFailure("content", `${rows.size} rows arrived where ${first.total} were announced`);
  }
  return { snapshot: first.snapshot, takenAt: new Date(first.taken_at), rows: [...rows.values()] };
}

function wireOrder({ placedAt, lines, ...order }: ErpOrder) {
  return {
    ...order,
    placed_at: placedAt,
    lines: lines.map(({ unitPrice, ...line }) => ({ ...line, unit_price: unitPrice })),
  };
}

function mustBe(asked: string, answered: string) {
  if (asked !== answered) throw new ErpFailure("content", "the answer names another order");
}
