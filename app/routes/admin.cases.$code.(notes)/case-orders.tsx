import type { CaseOrder } from "#app/cases/case.ts";
import { OrderStatusBadge } from "#app/ui/badges.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Linked, RefLink } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";
import { TraceVerdict } from "./trace-verdict.tsx";
import { sayKm, sayPlace, sayWhy } from "./words.ts";

/** The shadow orders of a page: what, for whom, from where, how far away that is, and what can be said about it. */
export function CaseOrders({ orders }: { orders: CaseOrder[] }) {
  const lang = useLang();
  const t = useMessages().cases;
  return (
    <Table
      caption={t.ordersTitle}
      showCaption
      rows={orders}
      rowKey={({ number }) => number}
      columns={[
        { key: "order", label: t.order, head: true, cell: OrderCell },
        { key: "store", label: t.store, cell: StoreCell },
        { key: "total", label: t.total, number: true, cell: ({ total }) => <Money amount={total} /> },
        { key: "from", label: t.from, cell: FromCell },
        {
          key: "distance",
          label: t.distance,
          number: true,
          cell: ({ distanceKm }) => (distanceKm === null ? "–" : sayKm(t, distanceKm, lang)),
        },
        { key: "verdict", label: t.verdict, cell: VerdictCell },
      ]}
    />
  );
}

function OrderCell({ number, at, status }: CaseOrder) {
  return (
    <>
      <RefLink href={`/admin/orders/${number}`}>{number}</RefLink>
      <span className="sub quiet figures">
        <Moment at={at} />
      </span>
      <OrderStatusBadge status={status} />
    </>
  );
}

function StoreCell({ store, assigned }: CaseOrder) {
  const t = useMessages().cases;
  return (
    <>
      {store.name}
      <span className="sub quiet">
        <Linked>{`${store.city} · ${store.code}`}</Linked>
      </span>
      {assigned ? null : <span className="sub">{t.notAssigned}</span>}
    </>
  );
}

function FromCell({ place, ip, userAgent, sharedWith }: CaseOrder) {
  const lang = useLang();
  const t = useMessages().cases;
  return (
    <>
      {place ? sayPlace(place) : null}
      {place ? (
        <span className="sub quiet">
          {`${place.operator ?? t.networks[place.network]} · ` +
            `${t.radius.toLowerCase()} ${sayKm(t, place.radiusKm, lang)}`}
        </span>
      ) : null}
      <span className="sub quiet break" title={userAgent ?? undefined}>
        {ip ?? "–"}
      </span>
      {sharedWith.length > 0 ? (
        <span className="sub">
          <Linked>{t.shared(sharedWith.join(", "))}</Linked>
        </span>
      ) : null}
    </>
  );
}

function VerdictCell({ verdict, why }: CaseOrder) {
  const lang = useLang();
  const t = useMessages().cases;
  return (
    <>
      <TraceVerdict verdict={verdict} />
      {why ? <span className="sub quiet">{sayWhy(t, why, lang)}</span> : null}
    </>
  );
}
