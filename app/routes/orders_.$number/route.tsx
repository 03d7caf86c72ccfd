import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { env } from "#app/env.server.ts";
import { page } from "#app/http/page.server.ts";
import { messages } from "#app/words.ts";
import { creditDecisionOf, waitingOf, waitsForApproval } from "#app/approvals/approval.ts";
import { findOwnDispute } from "#app/disputes/dispute.server.ts";
import { isOpen } from "#app/disputes/dispute.ts";
import { findOrder, type StoreOrder } from "#app/orders/order.server.ts";
import { storeNews } from "#app/reconcile/store-news.ts";
import { OrderHead } from "#app/orders/order-badges.tsx";
import { orderText, whatsappLink, wholeOrderText } from "#app/ui/whatsapp.ts";
import { WaitingNote } from "#app/orders/waiting-note.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { HandOff } from "./hand-off.tsx";
import { OrderFacts } from "./order-facts.tsx";
import { OrderDispute } from "./order-dispute.tsx";
import { Lines } from "./lines.tsx";
import { OrderNow } from "./order-now.tsx";
import { StoreNote } from "./store-note.tsx";
import { OrderSummary } from "#app/ui/summary.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { title } from "#app/ui/title.ts";
import { wordFor } from "#app/ui/word.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ order: { number: string } }>((t, data) => data?.order.number ?? t.orders.title);

export async function loader(args: LoaderFunctionArgs) {
  const number = args.params.number ?? "";
  const { viewer, lang, data } = await page(args, "signed-in", (db) =>
    Promise.all([findOrder(db, number), findOwnDispute(db, number)]),
  );
  const [{ events, reason, over, routedTo, lines, light, syncStatus, degraded, ...order }, dispute] = data;
  const waiting = waitingOf({ ...order, light, reason, over });
  const decided = creditDecisionOf(light, events);
  return {
    order: { ...order, routedTo: routedTo?.name ?? null, lines: lines.map(({ marketPrice: _, ...line }) => line) },
    waiting,
    // That it needs an approval is said no longer than it does, also while it is held.
    credit: waitsForApproval({ light, status: order.status }) ? ("WAITS" as const) : (decided?.outcome ?? null),
    decision: decided && { kind: decided.outcome, at: decided.at, note: decided.note },
    byHand: degraded && syncStatus !== "SYNCED" && isOpen(order.status),
    news: storeNews(events, order.status),
    timeline: events
      .filter(({ kind }) => !ofSync.has(kind))
      .map(({ at, kind, actor }) => ({ at, kind, by: readAs(actor, kind, order) ?? messages(lang).orders.headOffice }))
      .map(({ by, ...event }) => ({ ...event, by: by === "SYSTEM" ? null : by })),
    // What is held, has left or has ended is not handed on.
    handOff: order.held || !isOpen(order.status) ? null : handOff(data[0], decided?.at ?? null),
    ofStore: viewer.store?.code === order.storeCode,
    owner: viewer.account?.role === "PARTNER",
    hq: order.held && isOpen(order.status) ? env.HQ_WHATSAPP : null,
    dispute: dispute && { held: dispute.held, outcome: dispute.outcome },
  };
}

function handOff(order: StoreOrder, creditApproved: Date | null) {
  const sent = orderText({ ...order, creditApproved }, `${env.APP_URL}/orders/${order.number}`);
  const text = wholeOrderText({ ...order, creditApproved });
  return { text, cut: sent !== text, link: whatsappLink(order.routedTo?.whatsapp ?? env.HQ_WHATSAPP, sent) };
}

// Whether our system and the ERP agree on it is staff's to look after.
const ofSync = new Set(["SYNCED", "SYNC_FAILED"]);

/** Who did it, as a store and its salesman know him: people of head office go by no name. */
const readAs = (actor: string, kind: string, { storeName, placedBy }: Pick<StoreOrder, "storeName" | "placedBy">) =>
  [storeName, placedBy, "SYSTEM"].includes(actor) || kind === "WHATSAPP_OPENED" ? actor : null;

export default function OrderPage() {
  const t = useMessages();
  const { order, credit, waiting, decision, byHand, news, timeline, handOff, ofStore, owner, dispute, hq } =
    useLoaderData<typeof loader>();
  const disputed = <OrderDispute order={order} owner={owner} dispute={dispute} hq={hq} />;
  return (
    <>
      {ofStore ? (
        <BackLink href="/orders">{t.orders.back}</BackLink>
      ) : (
        <BackLink href="/dashboard">{t.ui.nav.home}</BackLink>
      )}
      <div className="page-head">
        <div>
          <OrderHead order={order} credit={credit} />
        </div>
      </div>
      {order.held ? disputed : null}
      <OrderNow order={order} owner={owner} waits={waiting !== null} handOff={handOff}>
        {byHand ? <p>{owner ? t.orders.placedDegradedOwn : t.orders.placedDegraded}</p> : null}
        <WaitingNote owner={owner} waiting={waiting} decision={decision} />
      </OrderNow>
      <StoreNote news={news} />
      {order.held ? null : disputed}
      <div className="columns columns--main-side">
        <div className="stack">
          <Lines lines={order.lines} open={isOpen(order.status)} />
          <section className="card card--padded">
            <OrderSummary market={order.marketTotal} total={order.total} tier={order.tier} />
          </section>
          {handOff ? <HandOff text={handOff.text} /> : null}
        </div>
        <aside className="stack">
          <OrderFacts order={order} owner={owner} />
          <section className="card card--padded no-print">
            <h2>{t.orders.timeline}</h2>
            <Timeline
              events={timeline.map(({ at, kind, by }) => ({ at, title: wordFor(t.orders.events, kind) ?? kind, by }))}
            />
          </section>
          <p className="actions">
            <PrintButton />
          </p>
        </aside>
      </div>
    </>
  );
}
