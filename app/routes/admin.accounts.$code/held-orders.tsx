import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Named } from "#app/ui/named.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";

type Row = {
  number: string;
  placedAt: Date | string;
  total: number;
  storeCode: string;
  storeName: string;
  disputed: boolean;
};

/**
 * Orders that wait because this account was suspended: a salesman's in stores' names, or (`ofStore`) the store's own.
 */
export function HeldOrders({
  code,
  orders,
  ofStore,
  mayRelease,
}: {
  code: string;
  orders: Row[];
  ofStore: boolean;
  mayRelease: boolean;
}) {
  const t = useMessages().accounts;
  if (orders.length === 0) return <p className="quiet">{t.noHeld}</p>;
  return (
    <>
      <p className="quiet">{ofStore ? t.heldStoreHint : t.heldHint}</p>
      <NumberedTable
        caption={t.held}
        rows={orders}
        number={{ label: t.order, to: ({ number }) => `/admin/orders/${number}` }}
        columns={[
          {
            key: "store",
            label: t.store,
            cell: ({ storeName, storeCode, disputed }) => (
              <>
                <Named name={storeName} code={storeCode} />
                {disputed ? <span className="sub quiet">{t.heldDisputed}</span> : null}
              </>
            ),
          },
          { key: "at", label: t.placedAt, cell: ({ placedAt }) => <Moment at={placedAt} /> },
          { key: "total", label: t.total, number: true, cell: ({ total }) => <Money amount={total} /> },
          ...(mayRelease
            ? [
                {
                  key: "act",
                  label: t.act,
                  bare: true,
                  cell: ({ number }: Row) => (
                    <ButtonLink kind="small" href={`/admin/accounts/${code}/holds/${number}`}>
                      {ofStore ? t.storeHold.decide : t.release.action}
                    </ButtonLink>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}
