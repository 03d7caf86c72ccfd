import type { OpenInvoice } from "./invoices.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { formatDay } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";

/** What a store has not paid yet, and for how many days too long. An invoice is read with its order. */
export function InvoiceTable({ invoices }: { invoices: OpenInvoice[] }) {
  const t = useMessages().credit.invoices;
  const lang = useLang();
  return (
    <NumberedTable
      caption={t.title}
      rows={invoices}
      number={{ label: t.number, to: ({ order }) => `/admin/orders/${order}` }}
      columns={[
        {
          key: "due",
          label: t.due,
          cell: ({ dueOn, overdue }) => (
            <span className="row">
              {formatDay(dueOn, lang)}
              {overdue > 0 ? <Badge tone="bad">{t.overdue(overdue)}</Badge> : null}
            </span>
          ),
        },
        { key: "left", label: t.left, number: true, cell: ({ amount, paid }) => <Money amount={amount - paid} /> },
      ]}
    />
  );
}
