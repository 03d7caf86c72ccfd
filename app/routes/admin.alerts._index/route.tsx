import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { countAlerts, listAlerts } from "#app/alerts/alerts.server.ts";
import { alertStates, readAlertFilter } from "#app/alerts/alerts.ts";
import { listAddress, shownCount } from "#app/ui/list.ts";
import { AlertTable } from "#app/alerts/alert-table.tsx";
import { choices } from "#app/ui/filters.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { ListPage } from "#app/ui/list-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.alerts.list.title);

export async function loader(args: LoaderFunctionArgs) {
  const filter = readAlertFilter(new URL(args.request.url).searchParams);
  const { data } = await page(args, "staff", (db) => Promise.all([listAlerts(db, filter), countAlerts(db)]));
  const [list, counts] = data;
  return { ...list, counts, filter, readAt: new Date() };
}

export default function Alerts() {
  const lang = useLang();
  const t = useMessages();
  const words = t.alerts.list;
  const { alerts, next, counts, filter, readAt } = useLoaderData<typeof loader>();
  const address = (state: string | null, after: string | null = null) => listAddress("/admin/alerts", { state, after });
  const links = choices([null, ...alertStates], filter.state, (state) => ({
    label: state ? t.alerts.states[state] : words.all,
    href: address(state),
    count: state ? shownCount(counts[state], lang) : undefined,
  }));
  return (
    <ListPage
      words={{ ...words, lead: t.alerts.lead }}
      icon="alert"
      readAt={readAt}
      counted
      filters={[{ label: words.state, links }]}
      pager={{
        next: next && address(filter.state, next),
        first: filter.after ? address(filter.state) : null,
        shown: alerts.length,
      }}
    >
      <AlertTable caption={words.title} alerts={alerts} />
    </ListPage>
  );
}
