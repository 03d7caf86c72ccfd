import type { DecisionOutcome } from "#app/approvals/approval.ts";
import { CreditDecided, CreditLight, HeldBadge, OrderStatusBadge, SyncStatusBadge } from "#app/ui/badges.tsx";
import { hasEnded, type OrderStatus, type SyncStatus } from "./order.ts";

/** What there is to say of an order's credit: nothing, that it waits for a person, or what that person decided. */
export type CreditSaid = "WAITS" | DecisionOutcome | null;

type Props = { order: { status: OrderStatus; held: boolean; syncStatus?: SyncStatus }; credit?: CreditSaid };

/**
 * How far an order is, whether it is held, what became of its credit, and (with `syncStatus`, for staff) whether the
 * ERP has it: badges for a row. What is printed may go to others than the credit is told to, and says nothing of it.
 */
export function OrderBadges({ order: { status, held, syncStatus }, credit = null }: Props) {
  const ended = hasEnded(status);
  return (
    <>
      <OrderStatusBadge status={status} />
      <HeldBadge held={held} ended={ended} />
      {credit === null ? null : (
        <span className="no-print">
          {credit === "WAITS" ? <CreditLight state="AMBER" /> : <CreditDecided outcome={credit} />}
        </span>
      )}
      {syncStatus ? <SyncStatusBadge status={syncStatus} ended={ended} /> : null}
    </>
  );
}

/** The head of an order's page: its number and its state. */
export function OrderHead({ order, credit }: { order: Props["order"] & { number: string }; credit?: CreditSaid }) {
  return (
    <>
      <h1 className="figures">{order.number}</h1>
      <p className="row">
        <OrderBadges order={order} credit={credit} />
      </p>
    </>
  );
}
