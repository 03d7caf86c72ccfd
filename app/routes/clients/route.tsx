import { data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { findActingElsewhere } from "#app/shadow/acting.server.ts";
import { afterBeginning } from "#app/shadow/acting.ts";
import { type ClientFilter, clientSorts, readClientFilter } from "#app/shadow/client.ts";
import { listClientAllowances } from "#app/shadow/consent.server.ts";
import { listStores } from "#app/shadow/store.server.ts";
import { ActingElsewhere } from "#app/shadow/acting-elsewhere.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { choices, Filters } from "#app/ui/filters.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { listAddress, tooLong } from "#app/ui/list.ts";
import { Pager } from "#app/ui/pager.tsx";
import { SearchText, useTooLong } from "#app/ui/search-text.tsx";
import { title } from "#app/ui/title.ts";
import { ClientTable } from "./client-table.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.shadow.clients.title);

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const filter = readClientFilter(params);
  const next = params.get("next");
  const long = tooLong(params);
  const { viewer, data } = await page(args, "salesman", (db) =>
    Promise.all([
      long ? { stores: [], next: null } : listStores(db, filter),
      listClientAllowances(db),
      findActingElsewhere(db),
    ]),
  );
  const [list, allowances, elsewhere] = data;
  const { acting, store } = viewer;
  const at = acting && store ? { id: acting.id, code: store.code } : null;
  return answer(
    { ...list, allowances, elsewhere, filter, acting: at, onward: next && afterBeginning(next) },
    { status: long ? 400 : 200 },
  );
}

export default function Clients() {
  const t = useMessages();
  const { stores, next, allowances, elsewhere, filter, acting, onward } = useLoaderData<typeof loader>();
  const long = useTooLong() !== null;
  const to = (change: Partial<ClientFilter>) => {
    const { q, by, after } = { ...filter, after: null, ...change };
    return listAddress("/clients", { q, by: by === "RECENT" ? null : by, after, next: onward });
  };
  const sorts = choices(clientSorts, filter.by, (by) => ({ label: t.shadow.clients.by[by], href: to({ by }) }));
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t.shadow.clients.title}</h1>
          <p className="lead">{t.shadow.clients.lead}</p>
        </div>
      </div>
      <ActingElsewhere elsewhere={elsewhere} path={to({ after: filter.after })} />
      <form className="search__line" method="get" action="/clients" role="search">
        {filter.by === "RECENT" ? null : <input type="hidden" name="by" value={filter.by} />}
        {onward ? <input type="hidden" name="next" value={onward} /> : null}
        <SearchText label={t.shadow.clients.search} value={filter.q} />
        <SubmitButton kind="quiet">{t.ui.actions.search}</SubmitButton>
      </form>
      <Filters label={t.shadow.clients.sort} links={sorts} />
      {long ? null : stores.length > 0 ? (
        <ClientTable stores={stores} allowances={allowances} acting={acting} next={onward} />
      ) : filter.q ? (
        <EmptyState
          icon="search"
          title={t.shadow.clients.notFoundTitle}
          text={t.shadow.clients.notFoundText}
          action={{ href: "/clients", label: t.ui.actions.clear }}
        />
      ) : (
        <EmptyState icon="clients" title={t.shadow.clients.emptyTitle} text={t.shadow.clients.emptyText} />
      )}
      <Pager next={next && to({ after: next })} first={filter.after ? to({}) : null} shown={stores.length} />
    </>
  );
}
