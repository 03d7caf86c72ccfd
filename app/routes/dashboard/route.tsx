import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { findActingElsewhere } from "#app/shadow/acting.server.ts";
import { findAllowance, ofSalesman } from "#app/shadow/consent.server.ts";
import type { Allowance as ShadowAllowance } from "#app/shadow/consent.ts";
import { findCredit, findPoints } from "#app/credit/credit.server.ts";
import { listOpenOrders, listPlacedBySalesman } from "#app/orders/orders.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ActingElsewhere } from "#app/shadow/acting-elsewhere.tsx";
import { AllowanceCard, AllowanceNote } from "#app/shadow/allowance.tsx";
import { OrderTable } from "#app/orders/order-table.tsx";
import { StoreFigures } from "./store-figures.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.ui.dashboard.title);

/** The first page of a store, and of a salesman; each part is empty for whom it is not. One round trip for both. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "signed-in", (db) =>
    Promise.all([
      findCredit(db),
      findPoints(db),
      listOpenOrders(db),
      listPlacedBySalesman(db),
      findAllowance(db),
      findActingElsewhere(db),
    ]),
  );
  const [credit, points, open, placed, allowance, elsewhere] = data;
  const role = viewer.account?.role;
  if (role === "ADMIN" || role === "AUDITOR") throw redirect("/admin", { status: 303 });
  return {
    name: viewer.account?.name ?? "",
    salesman: role === "SALESMAN",
    store: viewer.store && {
      name: viewer.store.name,
      code: viewer.store.code,
      city: viewer.store.city,
      tier: viewer.store.tier,
    },
    credit,
    points: viewer.store ? points : null,
    open,
    placed,
    allowance: role === "SALESMAN" ? ofSalesman(viewer, allowance) : allowance,
    elsewhere,
  };
}

export default function Dashboard() {
  const t = useMessages();
  const { name, salesman, store, credit, points, open, placed, allowance, elsewhere } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t.ui.dashboard.hello(salesman || !store ? name : store.name)}</h1>
          {salesman ? (
            <p className="quiet">{store ? t.ui.dashboard.actingNow(store.name) : t.ui.dashboard.notActing}</p>
          ) : null}
        </div>
        <p className="actions">
          {store ? (
            <ButtonLink href="/products">{t.ui.dashboard.shop}</ButtonLink>
          ) : (
            <ButtonLink href="/clients">{t.ui.dashboard.manageClients}</ButtonLink>
          )}
        </p>
      </div>
      <ActingElsewhere elsewhere={elsewhere} path="/dashboard" />
      {store && credit && points ? <StoreFigures store={store} credit={credit} points={points} /> : null}
      {store && allowance ? <Allowance allowance={allowance} salesman={salesman} /> : null}
      {store ? (
        <section className="stack">
          <div className="page-head">
            <h2>{t.ui.dashboard.openOrders}</h2>
            <a href="/orders">{t.ui.dashboard.allOrders}</a>
          </div>
          {open.length > 0 ? (
            <OrderTable caption={t.ui.dashboard.openOrders} orders={open} />
          ) : (
            <p className="quiet">{t.ui.dashboard.noOpenOrders}</p>
          )}
        </section>
      ) : null}
      {salesman ? (
        <section className="stack">
          <h2>{t.ui.dashboard.shadowOrders}</h2>
          {placed.length > 0 ? (
            <OrderTable caption={t.ui.dashboard.shadowOrders} orders={placed} />
          ) : (
            <p className="quiet">{t.ui.dashboard.noShadowOrders}</p>
          )}
        </section>
      ) : null}
    </>
  );
}

/** The owner can change it; the salesman who acts as him is told, where there is a cap. */
function Allowance({ allowance, salesman }: { allowance: ShadowAllowance; salesman: boolean }) {
  const t = useMessages().shadow.allowance;
  if (salesman) return <AllowanceNote allowance={allowance} />;
  return (
    <AllowanceCard allowance={allowance}>
      <p>
        <a href="/shadow">{t.change}</a>
      </p>
    </AllowanceCard>
  );
}
