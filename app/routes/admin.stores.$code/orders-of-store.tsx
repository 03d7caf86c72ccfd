import type { SerializeFrom } from "@remix-run/node";
import type { listOrdersOfStore } from "#app/orders/store-orders.server.ts";
import { OrderBadges } from "#app/orders/order-badges.tsx";
import { waitsForApproval } from "#app/approvals/approval.ts";
import { shownOfStore } from "#app/stores/store.ts";
import { CreditLight } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { Ref } from "#app/ui/ref-link.tsx";
import { Part } from "./part.tsx";

type Order = SerializeFrom<Awaited<ReturnType<typeof listOrdersOfStore>>>[number];

/** A store's newest orders, and the way to all of them. */
export function OrdersOfStore({ code, orders }: { code: string; orders: Order[] }) {
  const { stores, orders: words } = useMessages();
  const t = stores.orders;
  return (
    <Part id="order" title={t.title} none={t.none} rows={orders.length} more={stores.newest(shownOfStore)}>
      <NumberedTable
        caption={t.title}
        rows={orders}
        number={{ label: words.number, to: ({ number }) => `/admin/orders/${number}` }}
        columns={[
          { key: "at", label: words.placedAt, cell: Placed },
          { key: "status", label: words.status, cell: Status },
          { key: "total", label: words.total, number: true, cell: ({ total }) => <Money amount={total} /> },
        ]}
      />
      <p>
        <a href={`/admin/orders?q=${code}`}>{t.all}</a>
      </p>
    </Part>
  );
}

function Placed({ placedAt, shadow, placedBy, placedByCode }: Order) {
  const { placement } = useMessages().orders;
  return (
    <>
      <Moment at={placedAt} />
      <span className="sub quiet">
        {shadow ? <Ref code={placedByCode} name={placedBy} /> : placement.placedByStore}
      </span>
    </>
  );
}

function Status({ number, status, syncStatus, light, held }: Order) {
  return (
    <span className="row">
      <OrderBadges order={{ status, held, syncStatus }} />
      {waitsForApproval({ light, status }) ? (
        <a href={`/admin/approvals/${number}`}>
          <CreditLight state={light} />
        </a>
      ) : null}
    </span>
  );
}
