import { createHash } from "node:crypto";
import { z } from "zod";
import { readText, writeAtomically } from "#mocks/file.ts";

export const erpModes = ["up", "down", "hang", "slow", "500", "garbage", "partial"] as const;
export type ErpMode = (typeof erpModes)[number];

export const warehouses = ["SBY", "JKT"] as const;

const worldShape = z.object({ skus: z.array(z.string()), partners: z.array(z.string()) });
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
const stored = z.object({ world: worldShape, orders: z.array(documentShape) });

export type World = z.output<typeof worldShape>;
export type ErpDocument = z.output<typeof documentShape>;
export const orderShape = documentShape.omit({ document: true, received_at: true });

/** What the pretended ERP knows. With a file, its documents and world survive a restart; the mode does not. */
export class ErpState {
  mode: ErpMode = "up";
  calls = 0;
  /** How long `slow` takes and after how long `hang` gives the connection up, in milliseconds. */
  readonly slowMs: number;
  readonly hangMs: number;
  readonly apiKey: string | null;
  private readonly file: string | null;
  private readonly orders = new Map<string, ErpDocument>();
  private knownWorld: World = { skus: [], partners: [] };
  private snapshots = 0;
  private readonly started = Date.now().toString(36);

  constructor(options: { file?: string; apiKey?: string; slowMs?: number; hangMs?: number } = {}) {
    this.slowMs = options.slowMs ?? 3_000;
    this.hangMs = options.hangMs ?? 60_000;
    this.apiKey = options.apiKey ?? null;
    this.file = options.file ?? null;
    const text = this.file === null ? null : readText(this.file);
    if (text === null) return;
    const { world, orders } = stored.parse(JSON.parse(text));
    this.knownWorld = world;
    for (const order of orders) this.orders.set(order.reference, order);
  }

  /** Adds SKUs and partner codes; what is known already stays, so feeding twice changes nothing. */
  learn(more: World): World {
    this.knownWorld = {
      skus: [...new Set([...this.knownWorld.skus, ...more.skus])].sort(),
      partners: [...new Set([...this.knownWorld.partners, ...more.partners])].sort(),
    };
    this.save();
    return this.knownWorld;
  }

  /** One document per reference, however often it is sent; on disk before the sender hears of it. */
  receive(order: z.output<typeof orderShape>): { document: ErpDocument; created: boolean } {
    const known = this.orders.get(order.reference);
    if (known) return { document: known, created: false };
    const document = {
      ...order,
      document: documentOf(order.reference),
      received_at: new Date().toISOString(),
    };
    this.orders.set(order.reference, document);
    this.save();
    return { document, created: true };
  }

  find(reference: string): ErpDocument | null {
    return this.orders.get(reference) ?? null;
  }

  list(): ErpDocument[] {
    return [...this.orders.values()];
  }

  get world(): World {
    return this.knownWorld;
  }

  /** A feed read starts at page 1; the pages after it belong to the same snapshot. */
  snapshotFor(feed: "stock" | "credit", page: number): string {
    if (page === 1) this.snapshots += 1;
    return `${feed}-${this.started}-${this.snapshots}`;
  }

  private save() {
    if (this.file !== null) {
      writeAtomically(this.file, JSON.stringify({ world: this.knownWorld, orders: this.list() }));
    }
  }
}

/** The document number of an order: made from its reference, so an ERP that lost its file never gives a number twice. */
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
