import { exchange, type ErpAccess } from "./exchange.ts";
import { ErpFailure } from "./failure.ts";
import { type Feed, openFeed, pullWhole } from "./feeds.ts";
import { creditRow, documentAnswer, foundAnswer, orderBody, pingAnswer, stockRow } from "./mapper.ts";
import { type CreditRow, type ErpDocument, isDebt, isPieces, type StockRow, type SyncOrder } from "./shapes.ts";

/** What became of an order that was to be created: the ERP's document, or its refusal. */
export type Created =
  { kind: "accepted"; document: ErpDocument; created: boolean } | { kind: "refused"; status: number; message: string };

/** What is asked of the ERP, as the statistics of its calls know it. */
export type ErpOperation = "ping" | "find" | "create" | "stock" | "credit";
/** Lets a call through, or not: the breaker's place. */
export type Gate = <T>(operation: ErpOperation, call: () => Promise<T>) => Promise<T>;

const stockFeed: Feed<StockRow> = {
  name: "stock",
  row: stockRow,
  keyOf: (row) => `${row.sku} ${row.warehouse}`,
  fits: (row) => isPieces(row.quantity),
};
const creditFeed: Feed<CreditRow> = {
  name: "credit",
  row: creditRow,
  keyOf: (row) => row.partner,
  fits: (row) => isDebt(row.outstanding),
};

export type ErpClient = ReturnType<typeof erpClient>;

/**
 * The one adapter to the ERP. Every call passes the gate; all throw ErpFailure, or what the gate throws when it lets
 * none through.
 */
export function erpClient(access: ErpAccess, gate: Gate = (_operation, call) => call()) {
  return {
    /** Is it alive? */
    async ping(): Promise<void> {
      await gate("ping", async () => {
        const answer = await exchange(access, { path: "/api/v1/ping", answer: pingAnswer });
        if (!answer.ok) throw new ErpFailure("status", `status ${answer.status}`);
      });
    },

    /**
     * Hands an order over under its own number. Whether it may have been handed over before is the caller's to know;
     * `inTime` is asked right before it leaves.
     *
     * @throws ErpTooLate when it says no: nothing was sent.
     */
    createOrder(order: SyncOrder, inTime: () => boolean = () => true): Promise<Created> {
      return gate("create", async () => {
        if (!inTime()) throw new ErpTooLate();
        return create(access, order);
      });
    },

    /**
     * The ERP's documents for one of our order numbers: none, one, or more than there should be. Any refusal is a
     * failure: «no such path» is not «no document».
     */
    findDocuments: (number: string) => gate("find", () => find(access, number)),

    /** Stock of every SKU in every warehouse, whole or not at all. */
    listStock: () => pullWhole(access, gate, stockFeed),

    /** What each partner owes, by the same rules. */
    listCredit: () => pullWhole(access, gate, creditFeed),

    /** Is a feed's first page as it should be? The rest is for whoever pulls it. */
    async checkFeed(name: "stock" | "credit"): Promise<void> {
      await (name === "stock" ? openFeed(access, gate, stockFeed) : openFeed(access, gate, creditFeed)).pull(1);
    },
  };
}

async function create(access: ErpAccess, order: SyncOrder): Promise<Created> {
  const answer = await exchange(access, {
    method: "POST",
    path: "/api/v1/orders",
    idempotencyKey: order.number,
    body: orderBody(order),
    answer: documentAnswer,
  });
  if (!answer.ok) return { kind: "refused", status: answer.status, message: answer.message };
  mustBe(order.number, answer.body.order);
  return { kind: "accepted", document: answer.body, created: answer.status === 201 };
}

async function find(access: ErpAccess, number: string): Promise<ErpDocument[]> {
  const answer = await exchange(access, {
    path: `/api/v1/orders?reference=${encodeURIComponent(number)}`,
    answer: foundAnswer,
  });
  if (!answer.ok) throw new ErpFailure("status", `status ${answer.status}`);
  const { documents } = answer.body;
  for (const named of [answer.body.order, ...documents.map(({ order }) => order)]) mustBe(number, named);
  if (new Set(documents.map((document) => document.number)).size < documents.length)
    throw new ErpFailure("content", "a document appears twice");
  return documents;
}

/** The moment for it has passed; nothing was sent. */
export class ErpTooLate extends Error {
  constructor() {
    super("too long since we may send it");
    this.name = "ErpTooLate";
  }
}

function mustBe(asked: string, answered: string) {
  if (asked !== answered) throw new ErpFailure("content", "the answer names another order");
}
