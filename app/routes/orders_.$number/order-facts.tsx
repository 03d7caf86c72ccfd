import { hasEnded, type OrderStatus } from "#app/orders/order.ts";
import { Facts } from "#app/ui/facts.tsx";
import { formatDay, formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

type Props = {
  order: {
    storeName: string;
    storeCode: string;
    placedAt: Date | string;
    placedBy: string;
    shadow: boolean;
    status: OrderStatus;
    points: number;
    note: string;
    /** The sub-distributor. */
    routedTo: string | null;
    invoice: { number: string; dueOn: string | null } | null;
  };
};

/** Who placed the order, for whom, when, and where it went. */
export function OrderFacts({ order, owner }: Props & { owner: boolean }) {
  const lang = useLang();
  const t = useMessages();
  const facts = [
    { label: t.orders.store, value: `${order.storeName} (${order.storeCode})` },
    { label: t.orders.placedBy, value: order.shadow ? t.orders.placedBySalesman(order.placedBy) : order.placedBy },
    { label: t.orders.placedAt, value: <Moment at={order.placedAt} /> },
    {
      label: owner ? t.ui.dashboard.subdistributor : t.orders.subdistributor,
      value: order.routedTo ?? (owner ? t.orders.noSubdistributor : t.orders.placement.routedToHq),
    },
  ];
  if (order.invoice) {
    facts.push({ label: t.orders.delivery.invoice, value: <span className="figures">{order.invoice.number}</span> });
    if (order.invoice.dueOn)
      facts.push({ label: t.orders.delivery.dueOn, value: formatDay(order.invoice.dueOn, lang) });
  }
  if (order.points > 0 && !hasEnded(order.status))
    facts.push({ label: t.orders.points, value: formatNumber(order.points, lang) });
  if (order.note) facts.push({ label: t.orders.note, value: order.note });
  return (
    <section className="card card--padded">
      <Facts facts={facts} />
    </section>
  );
}
