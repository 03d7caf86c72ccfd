import type { AssumedLine, ErpLine, LineDifference } from "#app/reconcile/reconcile.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import { type PairedLine, pairLines } from "./paired-lines.ts";
import { ArticleRef } from "#app/ui/ref-link.tsx";

type Props = { lines: AssumedLine[]; erpLines: ErpLine[]; differences: LineDifference[]; compared: boolean };

/** Line by line: what was ordered on which stock and price, and what the ERP has of it. `compared`: it has spoken. */
export function LineTable({ lines, erpLines, differences, compared }: Props) {
  const { lines: t } = useMessages().reconcile;
  const theirs = (...columns: Array<Column<PairedLine>>) => (compared ? columns : []);
  return (
    <Table
      caption={t.title}
      showCaption
      rows={pairLines(lines, erpLines, differences)}
      rowKey={({ sku }) => sku}
      columns={[
        { key: "article", label: t.article, head: true, cell: Article },
        { key: "asked", label: t.asked, number: true, cell: Asked },
        { key: "left", label: t.left, number: true, cell: ({ ours }) => ours?.available ?? t.unknown },
        ...theirs(
          { key: "confirmed", label: t.confirmed, number: true, cell: Confirmed },
          { key: "missing", label: t.missing, number: true, cell: Missing },
        ),
        {
          key: "price",
          label: t.price,
          number: true,
          cell: ({ ours }) => (ours ? <Money amount={ours.unitPrice} /> : "–"),
        },
        ...theirs({ key: "erp-price", label: t.erpPrice, number: true, cell: ErpPrice }),
      ]}
    />
  );
}

function Article({ sku, ours, differs }: PairedLine) {
  return (
    <>
      {ours?.name ?? differs?.name ?? sku}{" "}
      <span className="sub quiet">
        <ArticleRef sku={sku} />
      </span>
    </>
  );
}

function Asked({ ours }: PairedLine) {
  const { lines: t } = useMessages().reconcile;
  if (!ours) return t.notThere;
  return (
    <>
      {ours.quantity}
      {ours.preorder > 0 ? <span className="quiet">{` (${t.preorder(ours.preorder)})`}</span> : null}
    </>
  );
}

function Confirmed({ theirs }: PairedLine) {
  const { lines: t } = useMessages().reconcile;
  if (!theirs) return t.notThere;
  return (
    <>
      {theirs.confirmed}
      {theirs.quantity === theirs.confirmed ? null : <span className="quiet">{` / ${theirs.quantity}`}</span>}
    </>
  );
}

function Missing({ differs }: PairedLine) {
  return differs && differs.missing > 0 ? <strong className="reconcile__bad">{differs.missing}</strong> : "–";
}

function ErpPrice({ theirs, differs }: PairedLine) {
  if (!theirs) return "–";
  const price = <Money amount={theirs.unitPrice} />;
  return differs && differs.price !== 0 ? <strong className="reconcile__bad">{price}</strong> : price;
}
