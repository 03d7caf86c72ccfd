import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { disputeStates, readDisputeFilter } from "#app/disputes/dispute.ts";
import { countDisputes, listDisputes } from "#app/disputes/staff-disputes.server.ts";
import { listAddress, shownCount } from "#app/ui/list.ts";
import { choices } from "#app/ui/filters.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
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
  const lang = useLang();
  const t = useMessages().disputes.reports;
  const { disputes, next, counts, state, paged, readAt } = useLoaderData<typeof loader>();
  const address = (asked: string, after: string | null = null) =>
    listAddress("/admin/disputes", { state: asked === "open" ? null : asked, after });
  const links = choices(disputeStates, state, (value) => ({
    label: t[value],
    href: address(value),
    count: value === "all" ? undefined : shownCount(counts[value], lang),
  }));
  return (
    <ListPage
      words={t}
      readAt={readAt}
      counted
      filters={[{ label: t.filter, links }]}
      pager={{ next: next && address(state, next), first: paged ? address(state) : null, shown: disputes.length }}
    >
      <DisputeTable caption={t.title} disputes={disputes} />
    </ListPage>
  );
}
