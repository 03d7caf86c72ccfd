import type { SerializeFrom } from "@remix-run/node";
import type { Approval } from "#app/approvals/approval.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { Suggestion } from "#app/approvals/suggestion.tsx";
import { Ref } from "#app/ui/ref-link.tsx";

type Order = SerializeFrom<Approval>;

/** Exactly what will be approved, store by store with its sum; what is over the limit by the figures of now says so. */
export function SelectedOrders({ orders }: { orders: Order[] }) {
  const t = useMessages().approvals;
  const over = orders.filter(({ now }) => now?.reason === "OVER_LIMIT").length;
  const unsure = orders.filter(({ now }) => now?.reason === "OLD_DATA" || now?.reason === "NO_DATA").length;
  const stores = [...new Set(orders.map(({ storeCode }) => storeCode))].map((code) =>
    orders.filter(({ storeCode }) => storeCode === code),
  );
  return (
    <>
      {orders.some(({ now }) => now?.bypass) ? <p className="quiet">{t.bypassOn}</p> : null}
      {over > 0 ? <p className="acting-note">{t.selected.overNow(over)}</p> : null}
      {unsure > 0 ? <p className="acting-note">{t.selected.unsure(unsure)}</p> : null}
      {stores.map((ofStore) => (
        <OfStore key={ofStore[0]!.storeCode} orders={ofStore} />
      ))}
    </>
  );
}

function OfStore({ orders }: { orders: Order[] }) {
  const { approvals: t, orders: words } = useMessages();
  const { storeName, storeCode } = orders[0]!;
  return (
    <section className="stack stack--tight">
      <div className="page-head">
        <h2>
          <Ref code={storeCode} name={storeName} />
        </h2>
        <p>
          {`${t.selected.perStore(orders.length)} · `}
          <strong>
            <Money amount={orders.reduce((sum, { total }) => sum + total, 0)} />
          </strong>
        </p>
      </div>
      <NumberedTable
        caption={`${storeName}, ${storeCode}`}
        rows={orders}
        number={{ label: words.number, to: ({ number }) => `/admin/approvals/${number}` }}
        columns={[
          { key: "why", label: t.filter, cell: ({ credit }) => <Badge tone="warn">{t.reasons[credit.reason]}</Badge> },
          { key: "now", label: t.now, cell: ({ now }) => (now ? <Suggestion now={now} /> : null) },
          { key: "total", label: t.total, number: true, cell: ({ total }) => <Money amount={total} /> },
        ]}
      />
    </section>
  );
}
