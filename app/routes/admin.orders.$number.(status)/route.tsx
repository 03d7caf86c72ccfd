import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DatabaseRefusal, NotFound } from "#app/db/errors.server.ts";
import { env } from "#app/env.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply as handBack } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { creditDecisionOf, waitsForApproval } from "#app/approvals/approval.ts";
import { isOpen } from "#app/disputes/dispute.ts";
import { findStaffOrder, moveOrder } from "#app/orders/staff-order.server.ts";
import { findNextOrder } from "#app/orders/staff-orders.server.ts";
import { moveForm, readOrderFilter } from "#app/orders/staff.ts";
import { findAnyOrder, type Order } from "#app/orders/order.server.ts";
import { hasEnded, isUndecided, type Move } from "#app/orders/order.ts";
import { storeText } from "#app/orders/store-words.ts";
import { OrderHead } from "#app/orders/order-badges.tsx";
import { AuditLinks } from "#app/ui/audit-links.tsx";
import { listBehind, openedFrom } from "#app/ui/back.ts";
import { BackAndOn } from "./back-and-on.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { CloseOrder } from "./close-order.tsx";
import { CreditBasis } from "./credit-basis.tsx";
import { Alert, ErpSync } from "./delivery.tsx";
import { Holds } from "./holds.tsx";
import { MoveForm } from "./move-form.tsx";
import { notMoved } from "./not-moved.ts";
import { OnPaper } from "./on-paper.tsx";
import { OrderHistory } from "./order-history.tsx";
import { Placement } from "./placement.tsx";
import { TellStore } from "./tell-store.tsx";
import { OrderLines } from "#app/orders/order-lines.tsx";
import { ReconcileNote } from "./reconcile-note.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { OrderSummary } from "#app/ui/summary.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ number: string }>((t, data) => data?.number ?? t.orders.list.title);

/** An order, or with /status?to=... the question before it is ended for good. */
export async function loader(args: LoaderFunctionArgs) {
  const number = args.params.number ?? "";
  const list = listBehind(args.request.url);
  const filter = readOrderFilter(new URLSearchParams(list?.split("?")[1]));
  const { viewer, data } = await page(args, "staff", async (db) => {
    const [order, details, next] = await Promise.all([
      findAnyOrder(db, number),
      findStaffOrder(db, number),
      findNextOrder(db, filter, number),
    ]);
    if (!details) throw new NotFound();
    return { order, details, next: next && openedFrom(`/admin/orders/${next}`, list) };
  });
  const mayMove = viewer.account?.role === "ADMIN";
  const to = new URL(args.request.url).searchParams.get("to");
  const { order, details } = data;
  const status = mayMove ? closable(to, details.next) : null;
  const { storeName, total, erpDocument } = order;
  if (status) return { number, closing: { order: { number, storeName, total, erpDocument }, status }, whole: null };
  return {
    number,
    closing: null,
    whole: {
      order: shown(order),
      details,
      next: data.next,
      mayMove,
      mayAudit: viewer.account?.role === "AUDITOR",
      text: mayMove ? storeText(details.store.language, order, env.APP_URL) : null,
      readAt: new Date(),
    },
  };
}

// Of an order, and of its history, what this page shows.
function shown({ id: _, reason: __, over: ___, routedAt: ____, routedTo, lines, events, ...order }: Order) {
  return {
    ...order,
    routedTo: routedTo && { name: routedTo.name },
    lines: lines.map(({ marketPrice: _, ...line }) => line),
    events: events.map(({ detail: { note, error, document, resolution, result }, ...event }) => ({
      ...event,
      detail: { note, error, document, resolution, result },
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const number = args.params.number ?? "";
  return submit(args, "admin", moveForm, async (form, visit) => {
    // The question, with the note that was begun.
    if (form.ask) return handBack(200, { status: form.ask, note: form.note }, []);
    const { status, note } = form;
    const t = messages(visit.lang);
    try {
      await visit.write((db) => moveOrder(db, number, status, note));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      return handBack(409, { status, note }, [{ message: notMoved(t, error) }]);
    }
    return redirectWithToast(`/admin/orders/${number}`, t.orders.moves.moved(number, t.orders.statuses[status]));
  });
}

const closable = (status: string | null | undefined, next: Move[]): Move | null =>
  next.find((move) => move === status && hasEnded(move)) ?? null;

export default function StaffOrderPage() {
  const t = useMessages();
  const { closing, whole } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  if (!whole) return <CloseOrder {...closing} reply={reply} />;
  const { order, details, next, mayMove, mayAudit, text, readAt } = whole;
  const waits = waitsForApproval({ ...order, held: false });
  const decision = creditDecisionOf(order.light, order.events);
  const credit = waits ? "WAITS" : (decision?.outcome ?? null);
  const refused = reply && closable(reply.values.status, details.next);
  if (refused) return <CloseOrder order={order} status={refused} reply={reply} />;
  return (
    <>
      <BackAndOn next={next} />
      <div className="page-head">
        <div>
          <OrderHead order={order} credit={credit} />
          <ReadAt at={readAt} />
        </div>
        <OnPaper number={order.number} />
      </div>
      {order.degraded && isUndecided(order.status) ? (
        <p className="acting-note no-print">{t.orders.placement.degraded}</p>
      ) : null}
      {details.store.suspended ? <p className="acting-note">{t.orders.held.storeSuspended}</p> : null}
      <div className="columns columns--main-side">
        <div className="stack">
          <ReconcileNote number={order.number} reconcile={details.reconcile} mayMove={mayMove} />
          <Holds number={order.number} status={order.status} mayMove={mayMove} details={details} />
          <MoveForm number={order.number} next={details.next} mayMove={mayMove} waits={waits} reply={reply} />
          <OrderLines lines={order.lines} open={isOpen(order.status)} />
          <section className="card card--padded">
            <OrderSummary market={order.marketTotal} total={order.total} tier={order.tier} forStaff />
          </section>
          <CreditBasis order={order} waits={waits} mayMove={mayMove} decision={decision} />
          <OrderHistory events={order.events} />
        </div>
        <aside className="stack">
          <Placement order={order} details={details} />
          <TellStore number={order.number} storeName={order.storeName} text={text} details={details} />
          <ErpSync order={order} mayMove={mayMove} details={details} />
          <Alert number={order.number} alert={details.alert} whatsapp={details.contact?.whatsapp ?? null} />
          {mayAudit ? <AuditLinks object={order.number} /> : null}
        </aside>
      </div>
    </>
  );
}
