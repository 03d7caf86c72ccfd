import type { Waiting } from "#app/approvals/approval.ts";
import { hasEnded, type OrderStatus } from "./order.ts";
import { WaitingFor } from "./waiting-note.tsx";
import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import { OrderBadges } from "./order-badges.tsx";

export type OrderRowView = {
  number: string;
  placedAt: Date | string;
  /** Who placed it; where all are of one person, that is not shown. */
  placedBy?: string;
  shadow?: boolean;
  status: OrderStatus;
  total: number;
  held: boolean;
  waiting: Waiting | null;
  storeName?: string;
  /** Its number, where one was made. */
  invoice?: string | null;
};

/** Orders as a list; with the store's name where they are of several. */
export function OrderTable({ caption, orders }: { caption: string; orders: OrderRowView[] }) {
  const t = useMessages();
  const columns: Array<Column<OrderRowView>> = [
    {
      key: "number",
      label: t.orders.number,
      head: true,
      cell: ({ number, invoice }) => (
        <>
          <RefLink href={`/orders/${number}`}>{number}</RefLink>
          {invoice ? <span className="sub quiet">{t.orders.invoiceNumber(invoice)}</span> : null}
        </>
      ),
    },
    { key: "at", label: t.orders.placedAt, cell: ({ placedAt }) => <Moment at={placedAt} /> },
    { key: "status", label: t.orders.status, cell: (order) => <Status {...order} /> },
    {
      key: "by",
      label: t.orders.placedBy,
      cell: ({ placedBy = "", shadow = false }) => <PlacedBy name={placedBy} shadow={shadow} />,
    },
    { key: "total", label: t.orders.total, number: true, cell: ({ total }) => <Money amount={total} /> },
  ];
  // A salesman's own orders: whose they are is what differs, not who placed them.
  if (orders.some(({ storeName }) => storeName))
    columns.splice(3, 1, { key: "store", label: t.orders.store, cell: ({ storeName }) => storeName });
  return <Table caption={caption} rows={orders} rowKey={({ number }) => number} columns={columns} />;
}

function Status({ status, held, waiting }: OrderRowView) {
  const t = useMessages();
  return (
    <>
      <span className="row">
        <OrderBadges order={{ status, held }} credit={waiting && "WAITS"} />
      </span>
      {held && !hasEnded(status) ? <span className="sub quiet">{t.orders.held.short}</span> : null}
      {waiting ? <WaitingFor {...waiting} /> : null}
    </>
  );
}

function PlacedBy({ name, shadow }: { name: string; shadow: boolean }) {
  const t = useMessages();
  return (
    <span className="row">
      {name}
      {shadow ? <Badge tone="accent">{t.orders.placedBySalesmanBadge}</Badge> : null}
    </span>
  );
}
