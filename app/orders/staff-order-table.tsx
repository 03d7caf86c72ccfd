import { waitsForApproval } from "#app/approvals/approval.ts";
import { hasEnded, type OrderStatus, type SyncStatus } from "./order.ts";
import { Badge, CreditLight, type CreditState, SyncStatusBadge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { PickBox } from "#app/ui/pick-box.tsx";
import { OrderBadges } from "./order-badges.tsx";
import { Ref } from "#app/ui/ref-link.tsx";

export type StaffOrderView = {
  number: string;
  placedAt: Date | string;
  placedBy: string;
  placedByCode: string;
  shadow: boolean;
  status: OrderStatus;
  syncStatus: SyncStatus;
  light: CreditState;
  total: number;
  held: boolean;
  storeName: string;
  storeCode: string;
  storeSuspended: boolean;
};

/** `pick`: they can be ticked, to move several along. */
type Props = { caption: string; orders: StaffOrderView[]; pick?: boolean };

/** Orders of all stores: whose they are and who placed them. */
export function StaffOrderTable({ caption, orders, pick = false }: Props) {
  const { orders: t } = useMessages();
  return (
    <NumberedTable
      dense
      caption={caption}
      rows={orders}
      number={{ label: t.number, to: ({ number }) => `/admin/orders/${number}` }}
      pick={pick ? ({ number }) => <PickBox value={number} label={t.together.pick(number)} /> : undefined}
      columns={[
        { key: "store", label: t.store, cell: Store },
        { key: "at", label: t.placedAt, cell: ({ placedAt }) => <Moment at={placedAt} /> },
        { key: "status", label: t.status, cell: Status },
        {
          key: "sync",
          label: t.sync,
          cell: ({ syncStatus, status }) => <SyncStatusBadge status={syncStatus} ended={hasEnded(status)} />,
        },
        {
          key: "by",
          label: t.placedBy,
          cell: By,
        },
        { key: "total", label: t.total, number: true, cell: ({ total }) => <Money amount={total} /> },
      ]}
    />
  );
}

function Store({ storeName, storeCode, storeSuspended }: StaffOrderView) {
  const t = useMessages().orders.held;
  return (
    <span className="row">
      <Ref code={storeCode} name={storeName} />
      {storeSuspended ? <Badge tone="bad">{t.storeBadge}</Badge> : null}
    </span>
  );
}

function Status({ number, status, light, held }: StaffOrderView) {
  return (
    <span className="row">
      <OrderBadges order={{ status, held }} />
      {waitsForApproval({ light, status }) ? (
        <a href={`/admin/approvals/${number}`}>
          <CreditLight state={light} />
        </a>
      ) : null}
    </span>
  );
}

function By({ shadow, placedBy, placedByCode }: StaffOrderView) {
  const t = useMessages().orders;
  if (!shadow) return t.placement.placedByStore;
  return (
    <span className="row">
      <Ref code={placedByCode} name={placedBy} />
      <Badge tone="accent">{t.placedBySalesmanBadge}</Badge>
    </span>
  );
}
