import type { SerializeFrom } from "@remix-run/node";
import type { ReactNode } from "react";
import type { OpenOrder, PastDecision } from "#app/approvals/store.server.ts";
import { InvoiceTable } from "#app/credit/invoice-table.tsx";
import type { OpenInvoice } from "#app/credit/invoices.server.ts";
import { shownBeside } from "#app/approvals/approval.ts";
import { OrderBadges } from "#app/orders/order-badges.tsx";
import { CreditLight } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { PastDecisions } from "./past-decisions.tsx";

type Props = { invoices: OpenInvoice[]; others: SerializeFrom<OpenOrder>[]; history: SerializeFrom<PastDecision>[] };

/** What else is known of the store's credit: what it owes, what it has ordered, how it was decided before. */
export function StoreSide({ invoices, others, history }: Props) {
  const { approvals: t, credit } = useMessages();
  return (
    <>
      <Part title={credit.invoices.title} none={credit.invoices.none} rows={invoices.length}>
        <InvoiceTable invoices={invoices} />
      </Part>
      <Part title={t.otherOrders} none={t.noOtherOrders} rows={others.length}>
        <OtherOrders orders={others} />
      </Part>
      <Part title={t.history} none={t.noHistory} rows={history.length}>
        <PastDecisions decisions={history} />
      </Part>
    </>
  );
}

function Part({ title, none, rows, children }: { title: string; none: string; rows: number; children: ReactNode }) {
  const t = useMessages().approvals;
  return (
    <section className="stack stack--tight">
      <h2>{title}</h2>
      {rows === 0 ? <p className="quiet">{none}</p> : children}
      {rows === shownBeside ? <p className="quiet">{t.atMost(shownBeside)}</p> : null}
    </section>
  );
}

function OtherOrders({ orders }: { orders: Props["others"] }) {
  const { approvals: t, orders: words } = useMessages();
  return (
    <NumberedTable
      caption={t.otherOrders}
      rows={orders}
      number={{
        label: words.number,
        to: ({ number, light }) => `/admin/${light === "AMBER" ? "approvals" : "orders"}/${number}`,
      }}
      columns={[
        { key: "at", label: words.placedAt, cell: ({ placedAt }) => <Moment at={placedAt} /> },
        {
          key: "status",
          label: words.status,
          cell: ({ status, light, held }) => (
            <span className="row">
              <OrderBadges order={{ status, held }} />
              {light === "AMBER" ? <CreditLight state={light} /> : null}
            </span>
          ),
        },
        { key: "total", label: t.total, number: true, cell: ({ total }) => <Money amount={total} /> },
      ]}
    />
  );
}
