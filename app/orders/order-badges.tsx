import { HeldBadge, OrderStatusBadge, SyncStatusBadge } from "#app/ui/badges.tsx";
import { hasEnded, type OrderStatus, type SyncStatus } from "./order.ts";

type Props = { order: { status: OrderStatus; held: boolean; syncStatus?: SyncStatus } };

/** How far an order is, whether it is held, and (with `syncStatus`) whether the ERP has it: badges for a row. */
export function OrderBadges({ order: { status, held, syncStatus } }: Props) {
  const ended = hasEnded(status);
  return (
    <>
      <OrderStatusBadge status={status} />
      <HeldBadge held={held} ended={ended} />
      {syncStatus ? <SyncStatusBadge status={syncStatus} ended={ended} /> : null}
    </>
  );
}

/** The head of an order's page: its number and its state. */
export function OrderHead({ order }: { order: Props["order"] & { number: string } }) {
  return (
    <>
      <h1 className="figures">{order.number}</h1>
      <p className="row">
        <OrderBadges order={order} />
      </p>
    </>
  );
}
