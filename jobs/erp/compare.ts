import type { ErpLine } from "#app/reconcile/reconcile.ts";
import type { ErpDocument, SyncOrder } from "./shapes.ts";

export type Result = "CONFIRMED" | "SHORT" | "CREDIT_FAILED" | "DUPLICATE" | "ERROR";

/** What the ERP said, as it is stored and /admin/reconcile shows it; of several documents the first one's figures. */
export type ErpSaid = {
  documents: string[];
  total: number | null;
  lines: ErpLine[];
  credit: { ok: boolean; message: string | null } | null;
  message: string | null;
};

/**
 * A line that is not as assumed: pieces that the ERP cannot ship now, ERP less ours in rupiah a piece, and in pieces
 * ordered.
 */
export type LineDifference = { sku: string; missing: number; price: number; quantity?: number };
/** ERP less ours. `documents` when there are several, `partner` when it is another's. */
export type Difference = {
  total: number;
  lines: LineDifference[];
  credit: string | null;
  documents?: string[];
  partner?: string;
};
export type Comparison = { result: Result; erp: ErpSaid; difference: Difference; error: string | null };

/** What we assumed of an order against the documents that the ERP has for it: at least one. */
export function compareOrder(
  order: Pick<SyncOrder, "partner" | "total" | "lines">,
  documents: [ErpDocument, ...ErpDocument[]],
): Comparison {
  const [document] = documents;
  const numbers = documents.map(({ number }) => number);
  const lines = compareLines(order.lines, document.lines);
  const difference: Difference = {
    total: document.total - order.total,
    lines,
    credit: document.credit.ok ? null : (document.credit.message ?? ""),
    ...(documents.length > 1 && { documents: numbers }),
    ...(document.partner !== order.partner && { partner: document.partner }),
  };
  const [result, error] = judge(difference);
  const { total, credit } = document;
  return {
    result,
    error,
    difference,
    erp: { documents: numbers, total, lines: document.lines, credit, message: credit.message },
  };
}

/** The ERP does not take the order, in its own words. */
export function refusal(status: number, message: string): Comparison {
  return {
    result: "ERROR",
    error: `${status}: ${message}`,
    erp: { documents: [], total: null, lines: [], credit: null, message },
    difference: { total: 0, lines: [], credit: null },
  };
}

function judge({ total, lines, credit, documents, partner }: Difference): [Result, string | null] {
  if (documents) return ["DUPLICATE", `SEVERAL_DOCUMENTS ${documents.join(", ")}`];
  if (partner !== undefined) return ["ERROR", `OTHER_PARTNER ${partner}`];
  if (total !== 0 || lines.some((line) => line.price !== 0 || line.quantity !== undefined))
    return ["ERROR", "FIGURES_DIFFER"];
  if (credit !== null) return ["CREDIT_FAILED", credit || null];
  return [lines.length > 0 ? "SHORT" : "CONFIRMED", null];
}

/** Line by line; the ERP may have split one of ours into several. */
function compareLines(ours: SyncOrder["lines"], theirs: ErpDocument["lines"]): LineDifference[] {
  const skus = new Set([...ours, ...theirs].map((line) => line.sku));
  const differing: LineDifference[] = [];
  for (const sku of skus) {
    const our = ours.filter((line) => line.sku === sku);
    const their = theirs.filter((line) => line.sku === sku);
    const quantity = sum(their, (line) => line.quantity) - sum(our, (line) => line.quantity);
    const missing = Math.max(
      0,
      sum(our, (line) => line.quantity - line.preorder) - sum(their, (line) => line.confirmed),
    );
    const price = our[0]
      ? (their.find((line) => line.unitPrice !== our[0]!.unitPrice)?.unitPrice ?? our[0].unitPrice) - our[0].unitPrice
      : 0;
    if (quantity !== 0 || missing > 0 || price !== 0)
      differing.push({ sku, missing, price, ...(quantity !== 0 && { quantity }) });
  }
  return differing;
}

function sum<Line>(lines: Line[], of: (line: Line) => number): number {
  return lines.reduce((total, line) => total + of(line), 0);
}
