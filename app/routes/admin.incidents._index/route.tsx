import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { countIncidents, listIncidents } from "#app/incidents/incident.server.ts";
import { type IncidentFilter, readIncidentFilter, severities } from "#app/incidents/incident.ts";
import { listAddress, shownCount } from "#app/orders/office.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Filters } from "#app/ui/filters.tsx";
import { IncidentTable } from "#app/incidents/incident-table.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.title);

export async function loader(args: LoaderFunctionArgs) {
  const filter = readIncidentFilter(new URL(args.request.url).searchParams);
  const { data } = await page(args, "staff", (db) => Promise.all([listIncidents(db, filter), countIncidents(db)]));
  const [list, counts] = data;
  return { ...list, counts, filter, readAt: new Date() };
}

export default function Incidents() {
  const { incidents: t } = useMessages();
  const { incidents, next, counts, filter, readAt } = useLoaderData<typeof loader>();
  const { state, severity } = filter;
  const address = (change: Partial<IncidentFilter>) =>
    listAddress("/admin/incidents", { state, severity, after: null, ...change });
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  return (
    <>
      <div className="stack stack--tight">
        <h1>{t.title}</h1>
        <p className="lead">{t.lead}</p>
        <ReadAt at={readAt} counted />
      </div>
      <div className="stack stack--tight">
        <Filters
          label={t.state}
          links={[
            { label: t.open, href: address({ state: null }), current: state === null, count: shownCount(all) },
            { label: t.closed, href: address({ state: "closed" }), current: state === "closed" },
          ]}
        />
        <Filters
          label={t.severity}
          links={[
            { label: t.anySeverity, href: address({ severity: null }), current: severity === null },
            ...severities.map((level) => {
              const value = String(level) as NonNullable<IncidentFilter["severity"]>;
              return {
                label: t.severities.level(level),
                href: address({ severity: value }),
                current: severity === value,
                count: state ? undefined : shownCount(counts[level]),
              };
            }),
          ]}
        />
      </div>
      {incidents.length > 0 ? (
        <IncidentTable incidents={incidents} />
      ) : (
        <EmptyState icon="check" title={t.emptyTitle} text={t.emptyText} />
      )}
      <Pager
        next={next && address({ after: next })}
        first={filter.after ? address({}) : null}
        shown={incidents.length}
      />
    </>
  );
}
