import { isOpen } from "#app/disputes/dispute.ts";
import { hasEnded } from "#app/orders/order.ts";
import { syncErrorWords } from "#app/erp/sync-error.ts";
import type { AlertDetail, StaffOrder } from "#app/orders/staff-order.server.ts";
import type { Order } from "#app/orders/order.server.ts";
import { AlertState, SyncStatusBadge } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatDay } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { PhoneOwner } from "#app/ui/phone-owner.tsx";

/** How far the order has come into the ERP, and its invoice. */
export function ErpSync({
  order,
  mayMove,
  details: { sync, syncedAt, invoice },
}: {
  order: Pick<Order, "syncStatus" | "erpDocument" | "number" | "status" | "held" | "degraded" | "total">;
  mayMove: boolean;
  details: StaffOrder;
}) {
  const { reconcile, orders, ui, erp } = useMessages();
  const lang = useLang();
  const facts: Parameters<typeof Facts>[0]["facts"] = [];
  if (order.erpDocument)
    facts.push({ label: orders.delivery.erpDocument, value: <span className="figures">{order.erpDocument}</span> });
  if (syncedAt) facts.push({ label: orders.delivery.syncedAt, value: <Moment at={syncedAt} /> });
  if (sync) facts.push({ label: orders.delivery.attempts, value: sync.attempts, number: true });
  if (sync && !sync.doneAt) facts.push({ label: ui.nextAttempt, value: <Moment at={sync.nextAttemptAt} /> });
  if (sync?.lastError) facts.push({ label: ui.lastError, value: syncErrorWords(erp.syncErrors, sync.lastError) });
  facts.push({
    label: orders.delivery.invoice,
    value: invoice ? <span className="figures">{invoice.number}</span> : orders.delivery.invoiceNone,
  });
  if (invoice)
    facts.push(
      { label: orders.delivery.dueOn, value: formatDay(invoice.dueOn, lang) },
      { label: orders.delivery.paid, value: <Money amount={invoice.paid} />, number: true },
    );
  return (
    <section className="card card--padded no-print">
      <div className="page-head">
        <h2>{orders.delivery.syncTitle}</h2>
        <SyncStatusBadge status={order.syncStatus} ended={hasEnded(order.status)} />
      </div>
      <Facts facts={facts} />
      {mayMove && sync && !sync.doneAt && !order.held && isOpen(order.status) ? (
        <p className="no-print">
          <a href={`/admin/reconcile/${order.number}`}>{reconcile.undecided.waiting}</a>
        </p>
      ) : null}
    </section>
  );
}

/** The mail that tells the store's owner, for an order that a salesman placed. */
export function Alert({
  number,
  alert,
  whatsapp,
}: {
  number: string;
  alert: AlertDetail | null;
  whatsapp: string | null;
}) {
  const { alerts, orders } = useMessages();
  return (
    <section className="card card--padded no-print">
      <div className="page-head">
        <h2>{orders.delivery.alert}</h2>
        {alert ? <AlertState state={alert.state} /> : null}
      </div>
      {alert ? <AlertFacts {...alert} /> : <p className="quiet">{orders.delivery.noAlert}</p>}
      {alert?.state === "FAILED" || alert?.state === "BOUNCED" ? <PhoneOwner whatsapp={whatsapp} /> : null}
      {alert ? (
        <p>
          <a href={`/admin/alerts/${number}`}>{alerts.tries}</a>
        </p>
      ) : null}
    </section>
  );
}

function AlertFacts({ recipient, attempts, createdAt, sentAt, nextAttemptAt, lastError, state }: AlertDetail) {
  const { orders, ui } = useMessages();
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: orders.delivery.recipient, value: <span className="break">{recipient}</span> },
    { label: orders.delivery.attempts, value: attempts, number: true },
    { label: orders.delivery.createdAt, value: <Moment at={createdAt} /> },
  ];
  if (sentAt) facts.push({ label: orders.delivery.sentAt, value: <Moment at={sentAt} /> });
  if (state === "PENDING") facts.push({ label: ui.nextAttempt, value: <Moment at={nextAttemptAt} /> });
  if (lastError) facts.push({ label: ui.lastError, value: lastError });
  return <Facts facts={facts} />;
}
