import { createHash } from "node:crypto";
import { z } from "zod";
import { readText, writeAtomically } from "#mocks/file.ts";

export const erpModes = ["up", "down", "hang", "slow", "500", "garbage", "partial"] as const;
export type ErpMode = (typeof erpModes)[number];

export const warehouses = ["SBY", "JKT"] as const;

const masterDataShape = z.object({ skus: z.array(z.string()), partners: z.array(z.string()) });
const documentShape = z.object({
  document: z.string(),
  reference: z.string(),
  partner: z.string(),
  placed_at: z.string(),
  total: z.number().int(),
  credit: z.enum(["GREEN", "AMBER"]).optional(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number().int(), unit_price: z.number().int() })),
  received_at: z.string(),
});
const stored = z.object({ masterData: masterDataShape, orders: z.array(documentShape) });

export type MasterData = z.output<typeof masterDataShape>;
export type ErpDocument = z.output<typeof documentShape>;
export const orderShape = documentShape.omit({ document: true, received_at: true });

/**
 * What it is told to say otherwise than by itself: pieces of a SKU, words against a partner's credit or an order, a
 * price.
 */
export type Rules = {
  stock: Record<string, number>;
  credit: Record<string, string>;
  price: Record<string, number>;
  refuse: Record<string, string>;
};
const noRules = (): Rules => ({ stock: {}, credit: {}, price: {}, refuse: {} });

function change<Value>(known: Record<string, Value>, changes: Record<string, Value | null> = {}) {
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete known[key];
    else known[key] = value;
  }
}

/** A document as the ERP tells it today. */
export type ToldDocument = ReturnType<ErpState["tell"]>;

/**
 * What the pretended ERP knows. With a file, its documents and master data survive a restart; mode, rules and
 * carelessness do not.
 */
export class ErpState {
  mode: ErpMode = "up";
  calls = 0;
  /** The last ones: what was asked, and for which request of whoever asked. */
  seen: Array<{ method: string; path: string; traceparent: string | null }> = [];
  /** A legacy ERP: each POST makes a document, idempotency key or not. */
  careless = false;
  rules = noRules();
  /** How long `slow` takes and after how long `hang` gives the connection up, in milliseconds. */
  readonly slowMs: number;
  readonly hangMs: number;
  readonly apiKey: string | null;
  private readonly file: string | null;
  private readonly orders = new Map<string, ErpDocument[]>();
  private known: MasterData = { skus: [], partners: [] };
  private readonly snapshots = { stock: 0, credit: 0 };
  private readonly started = Date.now().toString(36);

  constructor(options: { file?: string; apiKey?: string; slowMs?: number; hangMs?: number } = {}) {
    this.slowMs = options.slowMs ?? 3_000;
    this.hangMs = options.hangMs ?? 60_000;
    this.apiKey = options.apiKey ?? null;
    this.file = options.file ?? null;
    const text = this.file === null ? null : readText(this.file);
    if (text === null) return;
    const { masterData, orders } = stored.parse(JSON.parse(text));
    this.known = masterData;
    for (const order of orders) this.orders.set(order.reference, [...this.find(order.reference), order]);
  }

  /** Adds SKUs and partner codes; what is known already stays, so feeding twice changes nothing. */
  learn(more: MasterData): MasterData {
    this.known = {
      skus: [...new Set([...this.known.skus, ...more.skus])].sort(),
      partners: [...new Set([...this.known.partners, ...more.partners])].sort(),
    };
    this.save();
    return this.known;
  }

  /** One document per reference, however often it is sent, unless careless; on disk before the sender hears of it. */
  receive(order: z.output<typeof orderShape>): { document: ErpDocument; created: boolean } {
    const [known] = this.find(order.reference);
    if (known && !this.careless) return { document: known, created: false };
    return { document: this.add(order), created: true };
  }

  /** A person of the ERP keys an order in once more: a second document. Null when there is no first. */
  keyIn(reference: string): ErpDocument | null {
    const [known] = this.find(reference);
    return known ? this.add(known) : null;
  }

  find(reference: string): ErpDocument[] {
    return this.orders.get(reference) ?? [];
  }

  list(): ErpDocument[] {
    return [...this.orders.values()].flat();
  }

  /** The document as its rules make it today: what it can ship, at which price, and whether the credit holds. */
  tell({ document, reference, partner, total, lines }: ErpDocument) {
    const { price, credit } = this.rules;
    const priced = lines.map((line) => ({
      ...line,
      unit_price: price[line.sku] ?? line.unit_price,
      confirmed: Math.min(line.quantity, this.piecesOf(line.sku)),
    }));
    const dearer = priced.reduce(
      (sum, line, index) => sum + line.quantity * (line.unit_price - lines[index]!.unit_price),
      0,
    );
    const message = credit[partner] ?? null;
    return {
      document,
      reference,
      partner,
      total: total + dearer,
      credit: { ok: message === null, message },
      lines: priced,
    };
  }

  private piecesOf(sku: string): number {
    return this.rules.stock[sku] ?? warehouses.reduce((sum, warehouse) => sum + stockOf(sku, warehouse), 0);
  }

  /** Adds to the rules; null takes one away. */
  rule(more: { [Kind in keyof Rules]?: Record<string, Rules[Kind][string] | null> }): Rules {
    change(this.rules.stock, more.stock);
    change(this.rules.credit, more.credit);
    change(this.rules.price, more.price);
    change(this.rules.refuse, more.refuse);
    return this.rules;
  }

  clearRules() {
    this.rules = noRules();
  }

  private add({ placed_at, partner, reference, total, credit, lines }: z.output<typeof orderShape>): ErpDocument {
    const before = this.find(reference);
    const document = {
      document: documentOf(before.length === 0 ? reference : `${reference}#${before.length + 1}`),
      reference,
      partner,
      placed_at,
      total,
      credit,
      lines,
      received_at: new Date().toISOString(),
    };
    this.orders.set(reference, [...before, document]);
    this.save();
    return document;
  }

  get masterData(): MasterData {
    return this.known;
  }

  /** A feed read starts at page 1; the pages after it belong to the same snapshot. */
  snapshotFor(feed: "stock" | "credit", page: number): string {
    if (page === 1) this.snapshots[feed] += 1;
    return `${feed}-${this.started}-${this.snapshots[feed]}`;
  }

  private save() {
    if (this.file !== null) {
      writeAtomically(this.file, JSON.stringify({ masterData: this.known, orders: this.list() }));
    }
  }
}

/**
 * The document number of an order: made from its reference, so an ERP that lost its file never gives a number twice.
 */
export function documentOf(reference: string): string {
  return `SO-${createHash("sha256").update(reference).digest("hex").slice(0, 10).toUpperCase()}`;
}

/** Pieces in one warehouse: the same for the same SKU on every machine; about one SKU in ten is scarce (0 to 10). */
export function stockOf(sku: string, warehouse: string): number {
  const scarce = fraction(`scarce:${sku}`) < 0.1;
  const share = fraction(`${warehouse}:${sku}`);
  return scarce ? Math.floor(share * 11) : 5 + Math.floor(share * 396);
}

/** What a partner owes, in rupiah: 0 to 40 % of Rp 20.000.000, the same for the same code. */
export function outstandingOf(partner: string): number {
  return Math.floor(fraction(`credit:${partner}`) * 8_000) * 1_000;
}

function fraction(seed: string): number {
  return createHash("sha256").update(seed).digest().readUInt32BE(0) / 2 ** 32;
}
