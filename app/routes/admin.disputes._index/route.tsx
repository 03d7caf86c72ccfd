import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { readDisputeFilter } from "#app/disputes/dispute.ts";
import { countDisputes, listDisputes } from "#app/disputes/office-disputes.server.ts";
import { listAddress, shownCount } from "#app/orders/office.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Filters } from "#app/ui/filters.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { DisputeTable } from "#app/disputes/dispute-table.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.disputes.reports.title);

/** What owners say is not theirs; the undecided ones unless asked otherwise. */
export async function loader(args: LoaderFunctionArgs) {
  const filter = readDisputeFilter(new URL(args.request.url).searchParams);
  const { data } = await page(args, "staff", (db) => Promise.all([listDisputes(db, filter), countDisputes(db)]));
  const [list, counts] = data;
  return { ...list, counts, state: filter.state, paged: filter.after !== null, readAt: new Date() };
}

export default function Disputes() {
  const t = useMessages().disputes.reports;
  const { disputes, next, counts, state, paged, readAt } = useLoaderData<typeof loader>();
  const address = (asked: string, after: string | null = null) =>
    listAddress("/admin/disputes", { state: asked === "open" ? null : asked, after });
  const link = (label: string, asked: string, count?: number) => ({
    label,
    href: address(asked),
    current: state === asked,
    count: count === undefined ? undefined : shownCount(count),
  });
  return (
    <>
      <div className="stack stack--tight">
        <h1>{t.title}</h1>
        <p className="lead">{t.lead}</p>
        <ReadAt at={readAt} counted />
      </div>
      <Filters
        label={t.filter}
        links={[link(t.open, "open", counts.open), link(t.resolved, "resolved", counts.resolved), link(t.all, "all")]}
      />
      {disputes.length > 0 ? (
        <DisputeTable caption={t.title} disputes={disputes} />
      ) : (
        <EmptyState icon="check" title={t.emptyTitle} text={t.emptyText} />
      )}
      <Pager next={next && address(state, next)} first={paged ? address(state) : null} shown={disputes.length} />
    </>
  );
}
