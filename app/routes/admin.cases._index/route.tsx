import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { listCases } from "#app/cases/case.server.ts";
import { type CaseFilter, caseFilters, readCaseFilter } from "#app/cases/case.ts";
import { listAddress } from "#app/ui/list.ts";
import { CaseTable } from "./case-table.tsx";
import { choices } from "#app/ui/filters.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListPage } from "#app/ui/list-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.cases.title);

export async function loader(args: LoaderFunctionArgs) {
  const filter = readCaseFilter(new URL(args.request.url).searchParams);
  const { data } = await page(args, "staff", (db) => listCases(db, filter));
  return { ...data, filter, readAt: new Date() };
}

export default function Cases() {
  const t = useMessages().cases;
  const { cases, counts, next, filter, readAt } = useLoaderData<typeof loader>();
  const to = (change: Partial<CaseFilter>) => {
    const { with: only, by, after } = { ...filter, after: null, ...change };
    return listAddress("/admin/cases", { with: only, by: by === "SCORE" ? null : by, after });
  };
  const only = choices([null, ...caseFilters], filter.with, (value) => ({
    label: value ? t.with[value] : t.all,
    href: to({ with: value }),
    count: counts[value ?? "ALL"],
  }));
  const sorts = choices(["SCORE", "RECENT"] as const, filter.by, (by) => ({ label: t.by[by], href: to({ by }) }));
  return (
    <ListPage
      words={t}
      icon="search"
      readAt={readAt}
      filters={[
        { label: t.filter, links: only },
        { label: t.sort, links: sorts },
      ]}
      pager={{ next: next && to({ after: next }), first: filter.after ? to({}) : null, shown: cases.length }}
    >
      <CaseTable cases={cases} />
    </ListPage>
  );
}
