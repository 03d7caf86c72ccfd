import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { countIncidents, listIncidents } from "#app/incidents/incident.server.ts";
import { type IncidentFilter, readIncidentFilter, severities } from "#app/incidents/incident.ts";
import { listAddress, shownCount } from "#app/orders/staff.ts";
import { IncidentTable } from "#app/incidents/incident-table.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListPage } from "#app/ui/list-page.tsx";
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
    <ListPage
      title={t.title}
      lead={t.lead}
      readAt={readAt}
      counted
      filters={[
        {
          label: t.state,
          links: [
            { label: t.open, href: address({ state: null }), current: state === null, count: shownCount(all) },
            { label: t.closed, href: address({ state: "closed" }), current: state === "closed" },
          ],
        },
        {
          label: t.severity,
          links: [
            { label: t.anySeverity, href: address({ severity: null }), current: severity === null },
            ...severities.map((level) => {
              const value = `${level}` as const;
              return {
                label: t.severities.level(level),
                href: address({ severity: value }),
                current: severity === value,
                count: state ? undefined : shownCount(counts[level]),
              };
            }),
          ],
        },
      ]}
      empty={{ icon: "check", title: t.emptyTitle, text: t.emptyText }}
      pager={{
        next: next && address({ after: next }),
        first: filter.after ? address({}) : null,
        shown: incidents.length,
      }}
    >
      <IncidentTable incidents={incidents} />
    </ListPage>
  );
}
