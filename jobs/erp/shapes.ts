import { z } from "zod";

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

const maxWords = 300;

/**
 * Words of the ERP as we keep them: no NUL and no half characters, which Postgres refuses, nothing unseen that turns
 * the words around it, and no more than a person reads.
 */
export const tidy = (words: string) =>
  words
    .toWellFormed()
    .replace(/\p{Cf}+/gu, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, maxWords)
    .toWellFormed();

/** A list of at most `most`: counted before its rows are looked into, so that a million bad ones cost nothing. */
const few = <Row>(row: z.ZodType<Row>, most: number) => z.array(z.unknown()).max(most).pipe(z.array(row));
const name = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\p{C}]+$/u, "not a name")
    .regex(/\S/, "blank");
const amount = z.number().int().nonnegative();

/** One document of the ERP. `confirmed`: pieces it can ship now. */
export const documentShape = z
  .object({
    document: name(80),
    reference: name(80),
    partner: name(80),
    total: amount,
    credit: z.object({ ok: z.boolean(), message: z.string().transform(tidy).nullable() }),
    lines: few(z.object({ sku: name(80), quantity: amount, confirmed: amount, unit_price: amount }), 1_000),
  })
  .transform(({ lines, ...document }) => ({
    ...document,
    lines: lines.map(({ unit_price, ...line }) => ({ ...line, unitPrice: unit_price })),
  }));
export type ErpDocument = z.output<typeof documentShape>;

export const foundShape = z.object({ reference: name(80), documents: few(documentShape, 50) });
export const pingShape = z.object({ ok: z.literal(true) });

/**
 * A figure as it was sent: a number, or what stood in its place, in few words. Whether it can be used is asked row by
 * row, since one that cannot is set aside.
 */
const figure = z
  .unknown()
  .transform((sent) =>
    typeof sent === "number" && Number.isFinite(sent) ? sent : String(JSON.stringify(sent) ?? sent).slice(0, 40),
  );
export type StockRow = { sku: string; warehouse: string; quantity: number | string };
/** Below zero: the store has paid more than it owed. */
export type CreditRow = { partner: string; outstanding: number | string };
export const stockShape: z.ZodType<StockRow> = z.object({ sku: name(80), warehouse: name(20), quantity: figure });
export const creditShape: z.ZodType<CreditRow> = z.object({ partner: name(80), outstanding: figure });
/** May this stand in a snapshot? */
export const isPieces = (sent: number | string): boolean => Number.isSafeInteger(sent) && Number(sent) >= 0;
export const isDebt = (sent: number | string): boolean => Number.isSafeInteger(sent);

/** One page of a feed. */
export const pageShape = <Row>(row: z.ZodType<Row>) =>
  z.object({
    snapshot: name(200),
    taken_at: z.iso.datetime({ offset: true }),
    page: z.number().int(),
    pages: z.number().int().min(1).max(1_000),
    total: amount.max(500_000),
    items: few(row, 5_000),
  });

/** An order in the words of the ERP's API. */
export function orderBody({ placedAt, lines, ...order }: ErpOrder) {
  return {
    ...order,
    placed_at: placedAt,
    lines: lines.map(({ unitPrice, ...line }) => ({ ...line, unit_price: unitPrice })),
  };
}
