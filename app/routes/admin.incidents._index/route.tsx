import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { countIncidentLists, countIncidents, listIncidents } from "#app/incidents/incident.server.ts";
import { type IncidentFilter, incidentLists, readIncidentFilter, severityChoices } from "#app/incidents/incident.ts";
import { listAddress, shownCount } from "#app/ui/list.ts";
import { IncidentTable } from "#app/incidents/incident-table.tsx";
import { choices } from "#app/ui/filters.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { ListPage } from "#app/ui/list-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.title);

export async function loader(args: LoaderFunctionArgs) {
  const filter = readIncidentFilter(new URL(args.request.url).searchParams);
  const { data } = await page(args, "staff", (db) =>
    Promise.all([listIncidents(db, filter), countIncidents(db), countIncidentLists(db)]),
  );
  const [list, counts, lists] = data;
  return { ...list, counts, lists, filter, readAt: new Date() };
}

export default function Incidents() {
  const lang = useLang();
  const { incidents: t } = useMessages();
  const { incidents, next, counts, lists, filter, readAt } = useLoaderData<typeof loader>();
  const { state, severity } = filter;
  const address = (change: Partial<IncidentFilter>) =>
    listAddress("/admin/incidents", { state, severity, after: null, ...change });
  // How many were ever closed is nobody's question.
  const states = choices([null, ...incidentLists], state, (value) => ({
    label: value ? t.lists[value] : t.open,
    href: address({ state: value }),
    count: value === "closed" ? undefined : shownCount(lists[value ?? "open"], lang),
  }));
  const levels = choices([null, ...severityChoices], severity, (value) => ({
    label: value ? t.severities.level(Number(value)) : t.anySeverity,
    href: address({ severity: value }),
    count: value && !state ? shownCount(counts[value], lang) : undefined,
  }));
  return (
    <ListPage
      more={
        <p className="row no-print">
          <a href="/lapor?dari=/admin/incidents">{t.begin}</a>
          <a href="/admin/incidents/duty">{t.duty.title}</a>
          <a href="/admin/incidents/known-errors">{t.knownErrors.title}</a>
        </p>
      }
      words={t}
      readAt={readAt}
      counted
      filters={[
        { label: t.state, links: states },
        { label: t.severity, links: levels },
      ]}
      pager={{
        next: next && address({ after: next }),
        first: filter.after ? address({}) : null,
        shown: incidents.length,
      }}
    >
      {lists.late > 0 && !filter.after && state !== "closed" ? (
        <p className="field__warning">{t.lateOnes(lists.late)}</p>
      ) : null}
      <IncidentTable incidents={incidents} />
    </ListPage>
  );
}
