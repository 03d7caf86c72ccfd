import { data as withHeaders, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import {
  bulkResolutions,
  reconcileStates,
  type ReconcileState,
  readReconcileFilter,
} from "#app/reconcile/reconcile.ts";
import { countReconciliations, listReconciliations, listWaiting } from "#app/reconcile/reconciliations.server.ts";
import { findErpState, listRuns } from "#app/reconcile/runs.server.ts";
import { listAddress, shownCount } from "#app/ui/list.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { choices, FilterFold } from "#app/ui/filters.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { PickForm } from "#app/ui/pick-form.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReconcileCard } from "./reconcile-card.tsx";
import { ErpStateLine } from "./erp-state-line.tsx";
import { RunCard, RunsTable } from "./run-card.tsx";
import { WaitingTable } from "./waiting-table.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.reconcile.title);
/** While a run is under way the page fetches itself again, until its reader asks it to stand still. */
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

/** What is under way, and what waits for a decision. */
export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const filter = readReconcileFilter(params);
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([
      listReconciliations(db, filter),
      listWaiting(db, filter),
      countReconciliations(db),
      listRuns(db),
      findErpState(db),
    ]),
  );
  const [decisions, { waiting, next: waitingNext }, counts, runs, erp] = data;
  const running = runs[0]?.finishedAt === null ? runs[0] : null;
  // A list in which something may be ticked stays as it is.
  const refreshing = running !== null && filter.state === "open" && filter.after === null && !params.has("still");
  const answer = {
    rows: decisions.rows,
    waiting,
    next: decisions.next ?? waitingNext,
    counts,
    erp,
    running,
    past: runs.filter((run) => run !== running).slice(0, 5),
    state: filter.state,
    paged: filter.after !== null,
    refreshing,
    mayDecide: viewer.account?.role === "ADMIN",
    readAt: new Date(),
  };
  return withHeaders(answer, refreshing ? { headers: { refresh: "5" } } : {});
}

export default function Reconcile() {
  const lang = useLang();
  const t = useMessages().reconcile;
  const { rows, waiting, next, counts, erp, running, past, state, paged, refreshing, mayDecide, readAt } =
    useLoaderData<typeof loader>();
  const address = (asked: ReconcileState, after: string | null = null) =>
    listAddress("/admin/reconcile", { state: asked === "open" ? null : asked, after });
  const bulk = mayDecide && state === "SHORT" && rows.length > 0;
  const [emptyTitle, emptyText] = t.empty[
    state === "decided" || state === "CONFIRMED" || state === "waiting" ? state : "open"
  ] as [string, string];
  const links = choices(reconcileStates, state, (each) => ({
    label: t.states[each],
    href: address(each),
    count: shownCount(counts[each], lang),
  }));
  const list = rows.map((row) => <ReconcileCard key={row.number} row={row} pick={bulk} mayDecide={mayDecide} />);
  return (
    <>
      <ListHead title={t.title} lead={t.lead} readAt={readAt} counted />
      <ErpStateLine
        erp={erp}
        waiting={shownCount(counts.waiting, lang)}
        mayRun={mayDecide}
        running={running !== null}
      />
      {running ? <RunCard run={running} closed={erp.state === "CLOSED"} refreshing={refreshing} /> : null}
      <FilterFold groups={[{ label: t.filter, links }]} />
      {state === "waiting" && waiting.length > 0 ? (
        <WaitingTable rows={waiting} />
      ) : rows.length === 0 ? (
        <EmptyState icon="check" title={emptyTitle} text={emptyText} />
      ) : bulk ? (
        <PickForm action="/admin/reconcile/bulk">
          {list}
          <div className="row">
            <strong>{t.bulk.with}:</strong>
            {bulkResolutions.map((resolution) => (
              <button key={resolution} type="submit" name="to" value={resolution} className="button button--quiet">
                {t.bulk.ask[resolution]}
              </button>
            ))}
          </div>
        </PickForm>
      ) : (
        <div className="stack">{list}</div>
      )}
      <Pager
        next={next && address(state, next)}
        first={paged ? address(state) : null}
        shown={rows.length + waiting.length}
      />
      <RunsTable runs={past} />
    </>
  );
}
