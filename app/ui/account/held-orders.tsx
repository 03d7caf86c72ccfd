import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Table } from "#app/ui/table.tsx";

type Row = { number: string; placedAt: Date | string; total: number; storeCode: string; storeName: string; disputed: boolean };

/** Orders in stores' names that wait because their salesman was suspended. */
export function HeldOrders({ code, orders, mayRelease }: { code: string; orders: Row[]; mayRelease: boolean }) {
  const t = useMessages().accounts;
  if (orders.length === 0) return <p className="quiet">{t.noHeld}</p>;
  return (
    <>
      <p className="quiet">{t.heldHint}</p>
      <Table
        caption={t.held}
        rows={orders}
        rowKey={({ number }) => number}
        columns={[
          { key: "order", label: t.order, head: true, cell: ({ number }) => <a className="figures" href={`/admin/orders/${number}`}>{number}</a> },
          { key: "store", label: t.store, cell: ({ storeName, storeCode, disputed }) => <>{storeName}<span className="sub quiet">{disputed ? `${storeCode} · ${t.heldDisputed}` : storeCode}</span></> },
          { key: "at", label: t.placedAt, cell: ({ placedAt }) => <Moment at={placedAt} /> },
          { key: "total", label: t.total, number: true, cell: ({ total }) => <Money amount={total} /> },
          ...(mayRelease
            ? [{ key: "act", label: t.act, bare: true, cell: ({ number }: Row) => <a className="button button--small" href={`/admin/accounts/${code}/holds/${number}`}>{t.release.action}</a> }]
            : []),
        ]}
      />
    </>
  );
}
