import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { together } from "#app/db/together.server.ts";
import { page } from "#app/http/page.server.ts";
import { findCircuit, findQueue, listFeeds } from "#app/erp/state.server.ts";
import { findApprovalQueue } from "#app/approvals/approval.server.ts";
import { countOpenResults } from "#app/reconcile/reconciliations.server.ts";
import { countAlerts, listUndelivered } from "#app/alerts/alerts.server.ts";
import { countHeldUp, countIncidents } from "#app/incidents/incident.server.ts";
import { countStaffOrders, findToday, listNewestOrders } from "#app/orders/staff-orders.server.ts";
import { readOrderFilter } from "#app/orders/staff.ts";
import { listSwitches } from "#app/settings/setting.server.ts";
import { bypassKey, forceDegradedKey } from "#app/settings/setting.ts";
import { countTasks } from "#app/incidents/task.server.ts";
import { AlertTable } from "#app/alerts/alert-table.tsx";
import { SwitchLinks } from "#app/approvals/switch-links.tsx";
import { ErpCard } from "#app/erp/erp-card.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { StaffOrderTable } from "#app/orders/staff-order-table.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { Attention, ByStatus } from "./figures.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.ui.overview.title);

const everything = readOrderFilter(new URLSearchParams());

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "staff", (db) =>
    together({
      today: findToday(db),
      counts: countStaffOrders(db, everything),
      queue: findQueue(db),
      alertCounts: countAlerts(db),
      newest: listNewestOrders(db, 8),
      undelivered: listUndelivered(db, 5),
      circuit: findCircuit(db),
      feeds: listFeeds(db),
      switches: listSwitches(db),
      tasks: countTasks(db),
      incidents: countIncidents(db),
      heldUp: countHeldUp(db),
      approvals: findApprovalQueue(db),
      reconcile: countOpenResults(db),
    }),
  );
  const { switches, ...shown } = data;
  const until = (key: string) => switches.find((setting) => setting.key === key)?.expiresAt ?? null;
  return {
    readAt: new Date(),
    auditor: viewer.account?.role === "AUDITOR",
    ...shown,
    bypassUntil: until(bypassKey),
    forcedUntil: until(forceDegradedKey),
  };
}

export default function Overview() {
  const t = useMessages();
  const data = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t.ui.overview.title}</h1>
          <ReadAt at={data.readAt} counted />
        </div>
        {data.auditor ? <p className="quiet">{t.ui.readOnly}</p> : null}
      </div>
      <Attention {...data} />
      <div className="columns columns--main-side">
        <ByStatus counts={data.counts.status} />
        <ErpCard circuit={data.circuit} feeds={data.feeds} forcedUntil={data.forcedUntil}>
          <p>
            <a href="/admin/erp">{t.ui.overview.erpDetails}</a>
          </p>
          {data.auditor ? null : <SwitchLinks />}
        </ErpCard>
      </div>
      <Newest
        title={t.ui.overview.undelivered}
        all={["/admin/alerts", t.ui.overview.allAlerts]}
        none={t.ui.overview.allTold}
      >
        {data.undelivered.length > 0 ? (
          <AlertTable caption={t.ui.overview.undelivered} alerts={data.undelivered} />
        ) : null}
      </Newest>
      <Newest
        title={t.ui.overview.newest}
        all={["/admin/orders", t.ui.overview.allOrders]}
        none={t.ui.overview.noOrders}
      >
        {data.newest.length > 0 ? <StaffOrderTable caption={t.ui.overview.newest} orders={data.newest} /> : null}
      </Newest>
    </>
  );
}

type NewestProps = { title: string; all: [href: string, label: string]; none: string; children: ReactNode };

/** The beginning of a list, with the way to all of it. */
function Newest({ title, all: [href, label], none, children }: NewestProps) {
  return (
    <section className="stack">
      <div className="page-head">
        <h2>{title}</h2>
        <a href={href}>{label}</a>
      </div>
      {children ?? <p className="quiet">{none}</p>}
    </section>
  );
}
