import type { DisputeOutcome } from "#app/disputes/dispute.ts";
import { OrderBadges } from "#app/orders/order-badges.tsx";
import type { OrderStatus } from "#app/orders/order.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";

type Row = {
  number: string;
  placedAt: Date | string;
  placedBy: string;
  status: OrderStatus;
  held: boolean;
  total: number;
  disputed: boolean;
  outcome: DisputeOutcome | null;
};

/** Orders that salesmen placed in the store's name, and what the owner said about each. */
export function ShadowOrderTable({ caption, orders }: { caption: string; orders: Row[] }) {
  const { orders: t, shadow } = useMessages();
  return (
    <NumberedTable
      caption={caption}
      rows={orders}
      number={{ label: t.number, to: ({ number }) => `/orders/${number}` }}
      columns={[
        { key: "at", label: t.placedAt, cell: ({ placedAt }) => <Moment at={placedAt} /> },
        { key: "by", label: shadow.consent.salesman, cell: ({ placedBy }) => placedBy },
        {
          key: "status",
          label: t.status,
          cell: ({ status, held }) => (
            <span className="row">
              <OrderBadges order={{ status, held }} />
            </span>
          ),
        },
        { key: "report", label: shadow.consent.report, cell: Report },
        { key: "total", label: t.total, number: true, cell: ({ total }) => <Money amount={total} /> },
      ]}
    />
  );
}

function Report({ number, disputed, outcome }: Row) {
  const { shadow, disputes } = useMessages();
  if (disputed) return shadow.consent.reported[outcome ?? "open"];
  return (
    <a href={`/orders/${number}/dispute`} aria-label={`${disputes.open}: ${number}`}>
      {disputes.open}
    </a>
  );
}
