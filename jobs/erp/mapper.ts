import { z } from "zod";
import { fieldOf } from "#app/db/thrown.ts";
import type { CreditRow, ErpDocument, FeedPage, Figure, FoundDocuments, StockRow, SyncOrder } from "./shapes.ts";
import { tidy } from "./tidy.ts";

// The names of the ERP's API stand in this file alone: its answers are checked and become our shapes, our order becomes
// its body. Rows of a feed are called alike on both sides.

/** A list of at most `most`: counted before its rows are looked into, so that a million bad ones cost nothing. */
const few = <Row>(row: z.ZodType<Row>, most: number) => z.array(z.unknown()).max(most).pipe(z.array(row));
const name = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\p{C}]+$/u, "not a name")
    .regex(/\S/, "blank");
const amount = z.number().int().nonnegative();

export const pingAnswer = z.object({ ok: z.literal(true) });

const documentLine = z
  .object({ sku: name(80), quantity: amount, confirmed: amount, unit_price: amount })
  .transform(({ unit_price, ...line }) => ({ ...line, unitPrice: unit_price }));
/** One document of the ERP. */
export const documentAnswer: z.ZodType<ErpDocument> = z
  .object({
    document: name(80),
    reference: name(80),
    partner: name(80),
    total: amount,
    credit: z.object({ ok: z.boolean(), message: z.string().transform(tidy).nullable() }),
    lines: few(documentLine, 1_000),
  })
  .transform(({ document, reference, ...rest }) => ({ number: document, order: reference, ...rest }));

/** The documents of one of our order numbers. */
export const foundAnswer: z.ZodType<FoundDocuments> = z
  .object({ reference: name(80), documents: few(documentAnswer, 50) })
  .transform(({ reference, documents }) => ({ order: reference, documents }));

// Whether a figure can be used is asked row by row, since one that cannot is set aside.
const figure = z
  .unknown()
  .transform((sent): Figure =>
    typeof sent === "number" && Number.isFinite(sent) ? sent : String(JSON.stringify(sent) ?? sent).slice(0, 40),
  );
export const stockRow: z.ZodType<StockRow> = z.object({ sku: name(80), warehouse: name(20), quantity: figure });
export const creditRow: z.ZodType<CreditRow> = z.object({ partner: name(80), outstanding: figure });

/** One page of a feed. */
export const pageAnswer = <Row>(row: z.ZodType<Row>): z.ZodType<FeedPage<Row>> =>
  z
    .object({
      snapshot: name(200),
      taken_at: z.iso.datetime({ offset: true }),
      page: z.number().int(),
      pages: z.number().int().min(1).max(1_000),
      total: amount.max(500_000),
      items: few(row, 5_000),
    })
    .transform(({ taken_at, items, ...page }) => ({ ...page, takenAt: new Date(taken_at), rows: items }));

/** Why the ERP refuses, in its own words. */
export function refusalMessage(body: unknown): string {
  const message = fieldOf(body, "message");
  return (typeof message === "string" && tidy(message)) || "no reason given";
}

/** The order that the ERP is to make a document of. */
export const orderBody = ({ number, partner, total, credit, placedAt, lines }: SyncOrder) => ({
  reference: number,
  partner,
  total,
  credit,
  placed_at: placedAt,
  lines: lines.map(({ sku, quantity, unitPrice }) => ({ sku, quantity, unit_price: unitPrice })),
});
