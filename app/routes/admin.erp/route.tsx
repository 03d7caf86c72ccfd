import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { findCircuit, findQueue, listCircuitEvents, listFeedRuns, listFeeds, listPushTroubles } from "#app/models/erp-state.server.ts";
import { shownCount } from "#app/models/office.ts";
import { listSwitches } from "#app/models/setting.server.ts";
import { forceDegradedKey } from "#app/models/setting.ts";
import { ErpCard } from "#app/ui/erp-card.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { CircuitHistory, FeedRuns, Troubles } from "./tables.tsx";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title((t) => t.admin.erp.title);

export async function loader(args: LoaderFunctionArgs) {
  const { data } = await page(args, "staff", (db) =>
    Promise.all([findCircuit(db), listFeeds(db), listCircuitEvents(db), listFeedRuns(db), findQueue(db), listPushTroubles(db), listSwitches(db)]),
  );
  const [circuit, feeds, history, runs, queue, troubles, switches] = data;
  const forcedUntil = switches.find(({ key }) => key === forceDegradedKey)?.expiresAt ?? null;
  return { circuit, feeds, history, runs, queue, troubles, forcedUntil, readAt: new Date() };
}

export default function Erp() {
  const t = useMessages().admin;
  const { circuit, feeds, history, runs, queue, troubles, forcedUntil, readAt } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="stack stack--tight">
        <h1>{t.erp.title}</h1>
        <ReadAt at={readAt} counted />
      </div>
      <div className="columns columns--even">
        <ErpCard circuit={circuit} feeds={feeds} forcedUntil={forcedUntil} />
        <section className="card card--padded">
          <h2>{t.erp.queue}</h2>
          <Facts
            facts={[
              { label: t.erp.waiting, value: <a href="/admin/orders?sync=PENDING_SYNC">{shownCount(queue.waiting)}</a>, number: true },
              { label: t.erp.oldest, value: queue.oldest ? <Oldest number={queue.oldestNumber} at={queue.oldest} /> : t.common.none },
              { label: t.erp.failed, value: <a href="/admin/orders?sync=FAILED">{shownCount(queue.failed)}</a>, number: true },
            ]}
          />
        </section>
      </div>
      <section className="stack">
        <h2>{t.erp.troubles}</h2>
        {troubles.length > 0 ? <Troubles caption={t.erp.troubles} troubles={troubles} /> : <p className="quiet">{t.erp.noTroubles}</p>}
      </section>
      <section className="stack">
        <h2>{t.erp.runs}</h2>
        {runs.length > 0 ? <FeedRuns caption={t.erp.runs} runs={runs} /> : <p className="quiet">{t.erp.noRuns}</p>}
      </section>
      <section className="stack">
        <h2>{t.erp.history}</h2>
        {history.length > 0 ? <CircuitHistory caption={t.erp.history} events={history} /> : <p className="quiet">{t.erp.noHistory}</p>}
      </section>
    </>
  );
}

function Oldest({ number, at }: { number: string | null; at: Date | string }) {
  return (
    <>
      {number ? <a className="figures" href={`/admin/orders/${number}`}>{number}</a> : null} <Moment at={at} ago />
    </>
  );
}
