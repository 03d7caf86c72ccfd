import { data as withHeaders, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { together } from "#app/db/together.server.ts";
import { page } from "#app/http/page.server.ts";
import { findWatch, listCheckpoints, listStockChecks } from "#app/erp/duty.server.ts";
import {
  findCircuit,
  findUndecided,
  findErpIncident,
  findQueue,
  listCircuitEvents,
  listFeedRuns,
  listFeeds,
  listSyncTroubles,
} from "#app/erp/state.server.ts";
import { isWaiting, testLook } from "#app/erp/connection-test.ts";
import { findLastTest, listCallHours } from "#app/erp/watch.server.ts";
import { PlaybookLine } from "#app/playbooks/playbook-line.tsx";
import { listSwitches } from "#app/settings/setting.server.ts";
import { forceDegradedKey } from "#app/settings/setting.ts";
import { CallCharts } from "./call-charts.tsx";
import { CircuitCard } from "./circuit-card.tsx";
import { CircuitChart } from "./circuit-chart.tsx";
import { CheckpointCard, StockCard } from "./duty-cards.tsx";
import { FeedCard } from "./feed-card.tsx";
import { PullTables } from "./pull-tables.tsx";
import { QueueCard } from "./queue-card.tsx";
import { SwitchesCard } from "./switches-card.tsx";
import { Troubles } from "./trouble-table.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.erp.title);
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

/** Everything about the ERP from our own tables: this page, like all of the web process, never calls it. */
export async function loader(args: LoaderFunctionArgs) {
  const range = new URL(args.request.url).searchParams.get("range") === "week" ? ("week" as const) : ("day" as const);
  const { viewer, data } = await page(args, "staff", (db) =>
    together({
      circuit: findCircuit(db),
      events: listCircuitEvents(db, range === "week" ? 168 : 24),
      test: findLastTest(db),
      incident: findErpIncident(db),
      feeds: listFeeds(db),
      runs: listFeedRuns(db),
      queue: findQueue(db),
      decisions: findUndecided(db),
      troubles: listSyncTroubles(db),
      hours: listCallHours(db),
      switches: listSwitches(db),
      checks: listStockChecks(db, 1),
      watch: findWatch(db),
      checkpoints: listCheckpoints(db),
    }),
  );
  const { checks, incident, ...shown } = data;
  const forcedUntil = shown.switches.find(({ key }) => key === forceDegradedKey)?.expiresAt ?? null;
  const answer = {
    ...shown,
    range,
    incident: incident?.ref ?? null,
    check: checks[0] ?? null,
    forcedUntil,
    mayAct: viewer.account?.role === "ADMIN",
  };
  // A header rather than a script or a tag: it ends with the answer, and works everywhere.
  return withHeaders(answer, isWaiting(shown.test) ? { headers: { refresh: String(testLook) } } : {});
}

export default function Erp() {
  const { erp } = useMessages();
  const data = useLoaderData<typeof loader>();
  const { circuit, feeds, troubles, mayAct } = data;
  const { now } = circuit;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{erp.title}</h1>
          <ReadAt at={now} counted />
          <PlaybookLine slug="erp-heartattack" letter="A" />
        </div>
        <PrintButton />
      </div>
      <div className="columns columns--even">
        <CircuitCard
          circuit={circuit}
          test={data.test}
          incident={data.incident}
          forcedUntil={data.forcedUntil}
          mayAct={mayAct}
        />
        <CircuitChart events={data.events} now={now} range={data.range} />
      </div>
      <div className="columns columns--even">
        <QueueCard queue={data.queue} decisions={data.decisions} now={now} />
        <SwitchesCard switches={data.switches} mayAct={mayAct} />
      </div>
      <CallCharts hours={data.hours} />
      <section className="stack" aria-labelledby="feeds">
        <h2 id="feeds">{erp.feeds.title}</h2>
        <div className="columns columns--even">
          {feeds.map((feed) => (
            <FeedCard key={feed.name} feed={feed} now={now} mayAct={mayAct} />
          ))}
        </div>
      </section>
      <PullTables runs={data.runs} />
      <div className="columns columns--even">
        <StockCard check={data.check} now={now} />
        <CheckpointCard watch={data.watch} checkpoints={data.checkpoints} />
      </div>
      <section className="stack" aria-labelledby="troubles">
        <h2 id="troubles">{erp.troubles.title}</h2>
        {troubles.length > 0 ? (
          <Troubles caption={erp.troubles.title} troubles={troubles} />
        ) : (
          <p className="quiet">{erp.troubles.none}</p>
        )}
      </section>
    </>
  );
}
