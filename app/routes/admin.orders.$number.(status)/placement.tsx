import type { StaffOrder } from "#app/orders/staff-order.server.ts";
import type { Order } from "#app/orders/order.server.ts";
import { ContactFacts } from "#app/ui/contact.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, Ref } from "#app/ui/ref-link.tsx";

/** Who placed the order, for whom, why and on what knowledge. */
export function Placement({
  order,
  details,
}: {
  order: Omit<Order, "id" | "reason" | "over" | "routedAt" | "routedTo" | "lines" | "events"> & {
    routedTo: { name: string } | null;
  };
  details: StaffOrder;
}) {
  const lang = useLang();
  const t = useMessages();
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: t.orders.store, value: <Ref code={order.storeCode} name={order.storeName} /> },
    {
      label: t.orders.placedBy,
      value: order.shadow ? (
        <Linked>{t.orders.placedBySalesman(`${order.placedBy} (${details.placedByCode})`)}</Linked>
      ) : (
        t.orders.placement.placedByStore
      ),
    },
    { label: t.orders.placedAt, value: <Moment at={order.placedAt} ago /> },
  ];
  if (details.acting)
    facts.push(
      { label: t.orders.placement.actingReason, value: details.acting.reason },
      { label: t.orders.placement.actingSpan, value: <Moment at={details.acting.startedAt} /> },
    );
  if (details.contact)
    facts.push({ label: t.orders.placement.storeContact, value: <ContactFacts {...details.contact} /> });
  facts.push({ label: t.orders.placement.routedTo, value: order.routedTo?.name ?? t.orders.placement.routedToHq });
  if (order.note) facts.push({ label: t.orders.note, value: order.note });
  if (order.points > 0) facts.push({ label: t.orders.points, value: formatNumber(order.points, lang), number: true });
  facts.push({
    label: t.orders.placement.stockSnapshot,
    value: details.stock ? <Stock {...details.stock} /> : t.orders.placement.stockNone,
  });
  if (!order.degraded) facts.push({ label: t.erp.title, value: t.orders.placement.notDegraded });
  return (
    <section className="card card--padded">
      <h2>{t.orders.placement.title}</h2>
      <Facts facts={facts} />
    </section>
  );
}

function Stock({ asOf, rows }: NonNullable<StaffOrder["stock"]>) {
  const lang = useLang();
  const t = useMessages();
  return (
    <>
      <Moment at={asOf} /> <span className="quiet">{t.orders.placement.stockRows(formatNumber(rows, lang))}</span>
    </>
  );
}
