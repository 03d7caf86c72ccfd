import type { ReviewLine } from "#app/reviews/review.server.ts";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { Named } from "#app/ui/named.tsx";
import { type Column, Table } from "#app/ui/table.tsx";

/** The ten of a month with all their figures; each leads to the salesman's case. */
export function ReviewTable({ lines }: { lines: ReviewLine[] }) {
  const lang = useLang();
  const t = useMessages().reviews;
  const count = (
    key: "impersonations" | "stores" | "orders" | "hits" | "disputes" | "suspensions",
  ): Column<ReviewLine> => ({
    key,
    label: t[key],
    number: true,
    cell: (line) => formatNumber(line[key], lang),
  });
  return (
    <Table
      caption={t.top}
      showCaption
      rows={lines}
      rowKey={({ code }) => code}
      columns={[
        { key: "salesman", label: t.salesman, head: true, cell: Salesman },
        count("impersonations"),
        count("stores"),
        count("orders"),
        { key: "amount", label: t.amount, number: true, cell: ({ amount }) => <Money amount={amount} /> },
        count("hits"),
        count("disputes"),
        count("suspensions"),
        { key: "decision", label: t.decision, cell: ({ decision }) => (decision ? t.decisions[decision] : "–") },
      ]}
    />
  );
}

function Salesman({ rank, name, code }: ReviewLine) {
  return (
    <>
      {`${rank}. `}
      <Named name={<a href={`/admin/cases/${code}`}>{name}</a>} code={code} />
    </>
  );
}
