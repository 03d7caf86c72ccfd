import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { listCases } from "#app/cases/case.server.ts";
import { type CaseFilter, caseFilters, readCaseFilter } from "#app/cases/case.ts";
import { listAddress } from "#app/orders/office.ts";
import { CaseTable } from "./case-table.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Filters } from "#app/ui/filters.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
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
  const only = (label: string, value: CaseFilter["with"]) => ({
    label,
    href: to({ with: value }),
    current: filter.with === value,
    count: counts[value ?? "ALL"],
  });
  return (
    <>
      <div className="stack stack--tight">
        <h1>{t.title}</h1>
        <p className="lead">{t.lead}</p>
        <ReadAt at={readAt} />
      </div>
      <div className="stack stack--tight">
        <Filters
          label={t.filter}
          links={[only(t.all, null), ...caseFilters.map((value) => only(t.with[value], value))]}
        />
        <Filters
          label={t.sort}
          links={(["SCORE", "RECENT"] as const).map((by) => ({
            label: t.by[by],
            href: to({ by }),
            current: filter.by === by,
          }))}
        />
      </div>
      {cases.length > 0 ? (
        <CaseTable cases={cases} />
      ) : (
        <EmptyState icon="search" title={t.emptyTitle} text={t.emptyText} />
      )}
      <Pager next={next && to({ after: next })} first={filter.after ? to({}) : null} shown={cases.length} />
    </>
  );
}
