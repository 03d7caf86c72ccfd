import type { AssumedLine, ErpLine, LineDifference } from "#app/reconcile/reconcile.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { Table } from "#app/ui/table.tsx";

type Row = {
  sku: string;
  ours: AssumedLine | null;
  theirs: { confirmed: number; quantity: number; unitPrice: number } | null;
  differs: LineDifference | null;
};

/** Line by line: what was ordered on which stock and price, and what the ERP has of it. `compared`: it has spoken. */
export function LineTable({
  lines,
  erpLines,
  differences,
  compared,
}: {
  lines: AssumedLine[];
  erpLines: ErpLine[];
  differences: LineDifference[];
  compared: boolean;
}) {
  const { lines: t } = useMessages().reconcile;
  const rows = pair(lines, erpLines, differences);
  return (
    <Table
      caption={t.title}
      showCaption
      rows={rows}
      rowKey={({ sku }) => sku}
      columns={[
        {
          key: "article",
          label: t.article,
          head: true,
          cell: ({ sku, ours, differs }) => (
            <>
              {ours?.name ?? differs?.name ?? sku} <span className="sub quiet figures">{sku}</span>
            </>
          ),
        },
        {
          key: "asked",
          label: t.asked,
          number: true,
          cell: ({ ours }) =>
            ours ? (
              <>
                {ours.quantity}
                {ours.preorder > 0 ? <span className="quiet">{` (${t.preorder(ours.preorder)})`}</span> : null}
              </>
            ) : (
              t.notThere
            ),
        },
        { key: "left", label: t.left, number: true, cell: ({ ours }) => ours?.available ?? t.unknown },
        ...(compared
          ? [
              {
                key: "confirmed",
                label: t.confirmed,
                number: true,
                cell: ({ theirs }: Row) =>
                  theirs ? (
                    <>
                      {theirs.confirmed}
                      {theirs.quantity === theirs.confirmed ? null : (
                        <span className="quiet">{` / ${theirs.quantity}`}</span>
                      )}
                    </>
                  ) : (
                    t.notThere
                  ),
              },
              {
                key: "missing",
                label: t.missing,
                number: true,
                cell: ({ differs }: Row) =>
                  differs && differs.missing > 0 ? <strong className="reconcile__bad">{differs.missing}</strong> : "–",
              },
            ]
          : []),
        {
          key: "price",
          label: t.price,
          number: true,
          cell: ({ ours }) => (ours ? <Money amount={ours.unitPrice} /> : "–"),
        },
        ...(compared
          ? [
              {
                key: "erp-price",
                label: t.erpPrice,
                number: true,
                cell: ({ theirs, differs }: Row) =>
                  theirs ? (
                    differs && differs.price !== 0 ? (
                      <strong className="reconcile__bad">
                        <Money amount={theirs.unitPrice} />
                      </strong>
                    ) : (
                      <Money amount={theirs.unitPrice} />
                    )
                  ) : (
                    "–"
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

// Ours in our order, then what only the ERP has. It may have split one of ours into several.
function pair(lines: AssumedLine[], erpLines: ErpLine[], differences: LineDifference[]): Row[] {
  const theirs = new Map<string, { confirmed: number; quantity: number; unitPrice: number }>();
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
