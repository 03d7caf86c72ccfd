import { data as withHeaders, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { together } from "#app/db/together.server.ts";
import { page } from "#app/http/page.server.ts";
import { findCircuit, findQueue } from "#app/erp/state.server.ts";
import { listPosts, listRota } from "#app/incidents/duty.server.ts";
import { listIncidents } from "#app/incidents/incident.server.ts";
import { readIncidentFilter } from "#app/incidents/incident.ts";
import { findPace } from "#app/orders/pace.server.ts";
import { judge } from "#app/vitals/now.ts";
import { findTraffic, listQueues } from "#app/vitals/now.server.ts";
import { IncidentTable } from "#app/incidents/incident-table.tsx";
import { Today } from "#app/incidents/today.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { Figures } from "./figures.tsx";
import { PaceChart } from "./pace-chart.tsx";
import { Verdicts } from "./verdicts.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.vitals.now.title);
const seconds = 15;
const shownIncidents = 8;
/** It fetches itself again, until its reader asks it to stand still. */
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader(args: LoaderFunctionArgs) {
  const { data } = await page(args, "staff", (db) =>
    together({
      listed: listIncidents(db, readIncidentFilter(new URLSearchParams())),
      circuit: findCircuit(db),
      queue: findQueue(db),
      queues: listQueues(db),
      traffic: findTraffic(db),
      pace: findPace(db),
      rota: listRota(db),
      posts: listPosts(db),
    }),
  );
  const { circuit, traffic, pace, queues, queue, rota } = data;
  const open = data.listed.incidents.filter(({ state }) => state !== "RESOLVED");
  const gravest = open.length > 0 ? Math.min(...open.map(({ severity }) => severity)) : null;
  const breaker = { state: circuit.state, silent: circuit.silent };
  const refreshing = !new URL(args.request.url).searchParams.has("still");
  const answer = {
    verdicts: judge({ traffic, pace, queues, breaker, gravest, failedOrders: queue.failed, now: circuit.now }),
    incidents: data.listed.incidents.slice(0, shownIncidents),
    circuit,
    traffic,
    pace,
    queues,
    rota,
    posts: data.posts.map(({ post }) => post),
    refreshing,
    readAt: new Date(),
  };
  return withHeaders(answer, refreshing ? { headers: { refresh: String(seconds) } } : {});
}

export default function Now() {
  const t = useMessages();
  const words = t.vitals.now;
  const data = useLoaderData<typeof loader>();
  return (
    <>
      <div className="stack stack--tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
        <ReadAt at={data.readAt} counted />
        <p className="quiet">
          {data.refreshing ? words.refreshes(seconds) : words.stands}{" "}
          {data.refreshing ? (
            <a href="/admin/now?still=1">{words.still}</a>
          ) : (
            <a href="/admin/now">{words.again(seconds)}</a>
          )}
        </p>
      </div>
      <Verdicts verdicts={data.verdicts} />
      <section className="stack" aria-labelledby="incidents">
        <div className="page-head">
          <h2 id="incidents">{words.incidents}</h2>
          <p className="row">
            <a href="/lapor?dari=/admin/now">{t.incidents.begin}</a>
            <a href="/admin/incidents">{words.allIncidents}</a>
          </p>
        </div>
        {data.incidents.length > 0 ? (
          <IncidentTable incidents={data.incidents} />
        ) : (
          <p className="quiet">{words.noIncidents}</p>
        )}
      </section>
      <Figures {...data} />
      <div className="columns columns--main-side">
        <PaceChart minutes={data.pace.minutes} />
        <div className="stack">
          <Today label={words.onDuty} posts={data.posts} rota={data.rota} onDuty={data.rota.some(({ now }) => now)} />
          <p>
            <a href="/admin/incidents/duty">{t.incidents.duty.title}</a>
          </p>
        </div>
      </div>
    </>
  );
}
