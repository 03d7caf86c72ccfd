import { z } from "zod";
import type { ErpLine } from "#app/reconcile/reconcile.ts";

/**
 * An order on its way to the ERP, as the database gives it: money in whole rupiah, `placedAt` ISO 8601. AMBER is to be
 * held there too until staff has decided; `preorder` pieces of a line need not be there yet.
 */
export const syncOrderShape = z.object({
  number: z.string(),
  partner: z.string(),
  placedAt: z.string(),
  total: z.number().int(),
  credit: z.enum(["GREEN", "AMBER"]),
  lines: z.array(
    z.object({ sku: z.string(), quantity: z.number().int(), preorder: z.number().int(), unitPrice: z.number().int() }),
  ),
});
export type SyncOrder = z.output<typeof syncOrderShape>;

/**
 * What the ERP has of one of our orders; `confirmed` pieces of a line can be shipped now. Lines and credit are stored
 * as they stand here, and read by SQL and by /admin/reconcile.
 */
export type ErpDocument = {
  number: string;
  order: string;
  partner: string;
  total: number;
  credit: { ok: boolean; message: string | null };
  lines: ErpLine[];
};

/** What the ERP has under one of our order numbers. */
export type FoundDocuments = { order: string; documents: ErpDocument[] };

/** A figure as it was sent: a number, or what stood in its place, in few words. */
export type Figure = number | string;
export type StockRow = { sku: string; warehouse: string; quantity: Figure };
/** Below zero: the store has paid more than it owed. */
export type CreditRow = { partner: string; outstanding: Figure };
/** May this stand in a snapshot? */
export const isPieces = (sent: Figure): boolean => Number.isSafeInteger(sent) && Number(sent) >= 0;
export const isDebt = (sent: Figure): boolean => Number.isSafeInteger(sent);

/** One of `pages` pages of a feed that has `total` rows; `takenAt` by the ERP's clock. */
export type FeedPage<Row> = {
  snapshot: string;
  takenAt: Date;
  page: number;
  pages: number;
  total: number;
  rows: Row[];
};
