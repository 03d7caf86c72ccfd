import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findAllowance, listShadowOrders, listShadowSessions, setConsent } from "#app/shadow/consent.server.ts";
import { consentForm, shadowPlace } from "#app/shadow/consent.ts";
import { listAddress } from "#app/ui/list.ts";
import { useMessages } from "#app/ui/language.tsx";
import { AllowanceCard } from "#app/shadow/allowance.tsx";
import { ConsentForm } from "./consent-form.tsx";
import { SessionTable } from "#app/shadow/session-table.tsx";
import { ShadowOrderTable } from "./shadow-order-table.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.shadow.consent.title);

/**
 * What the owner allows his salesmen, and what they did with it. For him alone: whoever acts as him has no say in it.
 */
export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const place = shadowPlace.parse({ sessions: params.get("sessions"), orders: params.get("orders") });
  const { data } = await page(args, "owner", (db) =>
    Promise.all([findAllowance(db), listShadowSessions(db, place.sessions), listShadowOrders(db, place.orders)]),
  );
  const [allowance, sessions, orders] = data;
  return { allowance, sessions, orders, place };
}

export function action(args: ActionFunctionArgs) {
  return submit(args, "owner", consentForm, async (consent, visit) => {
    const ended = await visit.write((db) => setConsent(db, consent));
    const t = messages(visit.lang).shadow.consent;
    return redirectWithToast("/shadow", consent.allowed ? t.saved : t.savedOff(ended));
  });
}

export default function SalesmanAccess() {
  const t = useMessages().shadow.consent;
  const { allowance, sessions, orders, place } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const address = (more: Partial<typeof place>) => listAddress("/shadow", { ...place, ...more });
  return (
    <>
      <div className="stack stack--tight">
        <h1>{t.title}</h1>
        <p className="lead">{t.lead}</p>
      </div>
      {allowance ? (
        <div className="columns columns--main-side">
          <ConsentForm allowance={allowance} reply={reply} />
          <AllowanceCard allowance={allowance} />
        </div>
      ) : null}
      <section className="stack">
        <h2>{t.orders}</h2>
        {orders.orders.length > 0 ? (
          <ShadowOrderTable caption={t.orders} orders={orders.orders} />
        ) : (
          <p className="quiet">{t.noOrders}</p>
        )}
        <Pager
          label={t.orders}
          next={orders.next && address({ orders: orders.next })}
          first={place.orders ? address({ orders: null }) : null}
        />
      </section>
      <section className="stack">
        <h2>{t.sessions}</h2>
        {sessions.sessions.length > 0 ? (
          <SessionTable caption={t.sessions} sessions={sessions.sessions} />
        ) : (
          <p className="quiet">{t.noSessions}</p>
        )}
        <Pager
          label={t.sessions}
          next={sessions.next && address({ sessions: sessions.next })}
          first={place.sessions ? address({ sessions: null }) : null}
        />
      </section>
    </>
  );
}
