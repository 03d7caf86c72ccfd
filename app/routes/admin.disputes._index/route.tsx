import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { readDisputeFilter } from "#app/disputes/dispute.ts";
import { countDisputes, listDisputes } from "#app/disputes/staff-disputes.server.ts";
import { listAddress, shownCount } from "#app/orders/staff.ts";
import { useMessages } from "#app/ui/language.tsx";
import { ListPage } from "#app/ui/list-page.tsx";
import { DisputeTable } from "#app/disputes/dispute-table.tsx";
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
    <ListPage
      title={t.title}
      lead={t.lead}
      readAt={readAt}
      counted
      filters={[
        {
          label: t.filter,
          links: [link(t.open, "open", counts.open), link(t.resolved, "resolved", counts.resolved), link(t.all, "all")],
        },
      ]}
      empty={{ icon: "check", title: t.emptyTitle, text: t.emptyText }}
      pager={{ next: next && address(state, next), first: paged ? address(state) : null, shown: disputes.length }}
    >
      <DisputeTable caption={t.title} disputes={disputes} />
    </ListPage>
  );
}
