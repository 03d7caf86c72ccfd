import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { AccountStatus } from "#app/accounts/account-badges.tsx";
import { listOpenInvoices } from "#app/credit/invoices.server.ts";
import { InvoiceTable } from "#app/credit/invoice-table.tsx";
import { DisputeTable } from "#app/disputes/dispute-table.tsx";
import { listDisputesOfStore } from "#app/disputes/staff-disputes.server.ts";
import { listOrdersOfStore } from "#app/orders/store-orders.server.ts";
import { shownOfStore } from "#app/stores/store.ts";
import { findFigures, findStore, listSalesmen, listSessions } from "#app/stores/store.server.ts";
import { AuditLinks } from "#app/ui/audit-links.tsx";
import { TierBadge } from "#app/ui/badges.tsx";
import { ContactFacts } from "#app/ui/contact.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { About } from "./about.tsx";
import { CreditCard } from "./credit-card.tsx";
import { FirstScreen } from "./first-screen.tsx";
import { OrdersOfStore } from "./orders-of-store.tsx";
import { Part } from "./part.tsx";
import { Salesmen, ShadowMode } from "./people.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ store: { name: string } }>((t, data) => data?.store.name ?? t.stores.title);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([
      findStore(db, code),
      findFigures(db, code),
      listOpenInvoices(db, { store: code }, shownOfStore),
      listOrdersOfStore(db, code, shownOfStore),
      listSalesmen(db, code),
      listSessions(db, code),
      listDisputesOfStore(db, code, shownOfStore),
    ]),
  );
  const [store, figures, invoices, orders, salesmen, sessions, disputes] = data;
  return {
    store,
    figures: figures!, // A store that was found has them.
    invoices,
    orders,
    salesmen,
    sessions,
    disputes,
    mayAudit: viewer.account!.role === "AUDITOR",
    readAt: new Date(),
  };
}

export default function StorePage() {
  const { stores: t, credit } = useMessages();
  const { store, figures, invoices, orders, salesmen, sessions, disputes, mayAudit, readAt } =
    useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{store.name}</h1>
          <p className="row">
            <span className="figures">{store.code}</span>
            <TierBadge tier={store.tier} />
            <AccountStatus status={store.status} />
            <a href={`/admin/accounts/${store.account}`}>{t.account}</a>
          </p>
          {store.email && store.whatsapp ? (
            <ContactFacts email={store.email} whatsapp={store.whatsapp} />
          ) : (
            <p className="quiet">{t.noContact}</p>
          )}
          {store.status === "SUSPENDED" ? <p className="field__warning">{t.suspended}</p> : null}
          <ReadAt at={readAt} />
        </div>
      </div>
      <FirstScreen code={store.code} whatsapp={store.whatsapp} figures={figures.credit} />
      <div className="columns columns--main-side">
        <div className="stack">
          <CreditCard figures={figures.credit} />
          <OrdersOfStore code={store.code} orders={orders} />
          <Part
            id="faktur"
            title={credit.invoices.title}
            none={credit.invoices.none}
            rows={invoices.length}
            more={t.first(shownOfStore)}
          >
            <InvoiceTable invoices={invoices} />
          </Part>
          <ShadowMode allowance={figures.allowance} sessions={sessions} />
          <Part title={t.disputes.title} none={t.disputes.none} rows={disputes.length} more={t.newest(shownOfStore)}>
            <DisputeTable caption={t.disputes.title} disputes={disputes} />
          </Part>
        </div>
        <aside className="stack">
          <About store={store} />
          <Salesmen salesmen={salesmen} />
          {mayAudit ? <AuditLinks about={store.code} by={store.account} /> : null}
        </aside>
      </div>
    </>
  );
}
