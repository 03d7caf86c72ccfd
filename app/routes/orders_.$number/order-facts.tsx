import { hasEnded, type OrderStatus } from "#app/orders/order.ts";
import { CreditLight, type CreditState } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

type Props = {
  order: {
    storeName: string;
    storeCode: string;
    placedAt: Date | string;
    placedBy: string;
    shadow: boolean;
    status: OrderStatus;
    /** Null when nothing is left to say of it. */
    light: CreditState | null;
    points: number;
    note: string;
    /** The sub-distributor. */
    routedTo: string | null;
  };
};

/** Who placed the order, for whom, when, and where it went. */
export function OrderFacts({ order }: Props) {
  const t = useMessages();
  const facts = [
    { label: t.orders.store, value: `${order.storeName} (${order.storeCode})` },
    { label: t.orders.placedBy, value: order.shadow ? t.orders.placedBySalesman(order.placedBy) : order.placedBy },
    { label: t.orders.placedAt, value: <Moment at={order.placedAt} /> },
    ...(order.light ? [{ label: t.ui.dashboard.credit, value: <CreditLight state={order.light} /> }] : []),
    { label: t.ui.dashboard.subdistributor, value: order.routedTo ?? t.orders.noSubdistributor },
  ];
  if (order.points > 0 && !hasEnded(order.status))
    facts.push({ label: t.orders.points, value: formatNumber(order.points) });
  if (order.note) facts.push({ label: t.orders.note, value: order.note });
  return (
    <section className="card card--padded">
      <Facts facts={facts} />
    </section>
  );
}
