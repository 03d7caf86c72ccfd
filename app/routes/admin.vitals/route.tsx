import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { findSpeed } from "#app/vitals/speed.server.ts";
import { type Metric, metrics } from "#app/vitals/vital.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { choices, FilterFold } from "#app/ui/filters.tsx";
import { formatDecimal } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { listAddress } from "#app/ui/list.ts";
import { ListHead } from "#app/ui/list-page.tsx";
import { title } from "#app/ui/title.ts";
import { DayChart } from "./day-chart.tsx";
import { RouteTable } from "./route-table.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.vitals.title);

/** How fast our pages were on the phones that opened them. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const metric = metrics.find((name) => name === searchParams.get("metric")) ?? metrics[0];
  const days = searchParams.get("days") === "28" ? 28 : 7;
  const { data } = await page(args, "staff", (db) => findSpeed(db, metric, days));
  return { ...data, metric, span: days, readAt: new Date() };
}

export default function Vitals() {
  const lang = useLang();
  const { vitals: t } = useMessages();
  const { routes, days, measured, sent, metric, span, readAt } = useLoaderData<typeof loader>();
  const address = (one: Metric, long: number) =>
    listAddress("/admin/vitals", { metric: one === metrics[0] ? null : one, days: long === 28 ? "28" : null });
  const share = sent > 0 ? formatDecimal(Math.min(100, (100 * measured) / sent), lang, 0) : null;
  return (
    <>
      <ListHead title={t.title} lead={t.lead} readAt={readAt}>
        <p>{share === null ? t.coverageNone : t.coverage(measured, sent, share)}</p>
      </ListHead>
      <FilterFold
        groups={[
          { label: t.metric, links: choices(metrics, metric, (one) => ({ label: one, href: address(one, span) })) },
          {
            label: t.days,
            links: choices([7, 28], span, (long) => ({ label: t.lastDays(long), href: address(metric, long) })),
          },
        ]}
      />
      {routes.length === 0 ? (
        <EmptyState icon="clock" title={t.emptyTitle} text={t.emptyText} />
      ) : (
        <>
          <DayChart metric={metric} days={days} />
          <RouteTable routes={routes} metric={metric} />
        </>
      )}
      <p className="quiet">{t.note}</p>
    </>
  );
}
