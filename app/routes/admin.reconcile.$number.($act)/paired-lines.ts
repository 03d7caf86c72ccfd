import type { AssumedLine, ErpLine, LineDifference } from "#app/reconcile/reconcile.ts";

type Theirs = { confirmed: number; quantity: number; unitPrice: number };
/** An article as it was ordered, as the ERP has it, and what differs. */
export type PairedLine = {
  sku: string;
  ours: AssumedLine | null;
  theirs: Theirs | null;
  differs: LineDifference | null;
};

/** Ours in our order, then what only the ERP has. It may have split one of ours into several. */
export function pairLines(lines: AssumedLine[], erpLines: ErpLine[], differences: LineDifference[]): PairedLine[] {
  const theirs = new Map<string, Theirs>();
  for (const { sku, confirmed, quantity, unitPrice } of erpLines) {
    const known = theirs.get(sku);
    theirs.set(sku, {
      confirmed: (known?.confirmed ?? 0) + confirmed,
      quantity: (known?.quantity ?? 0) + quantity,
      unitPrice,
    });
  }
  const skus = new Set([...lines, ...erpLines].map(({ sku }) => sku));
  return [...skus].map((sku) => ({
    sku,
    ours: lines.find((line) => line.sku === sku) ?? null,
    theirs: theirs.get(sku) ?? null,
    differs: differences.find((line) => line.sku === sku) ?? null,
  }));
}
