import { data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { countStaffOrders, listStaffOrders } from "#app/orders/staff-orders.server.ts";
import { countOf } from "#app/orders/export.ts";
import { readOrderFilter, wrongIn } from "#app/orders/staff.ts";
import { listAddress, searchMost } from "#app/ui/list.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { keysOf } from "#app/ui/keys.ts";
import { useMessages } from "#app/ui/language.tsx";
import { StaffOrderTable } from "#app/orders/staff-order-table.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { ExportLinks } from "./export-links.tsx";
import { OrderFilters } from "./order-filters.tsx";
import { OrderSearch } from "./order-search.tsx";
import { PickedOrders } from "./picked-orders.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.orders.list.title);

/** All orders, as filtered and sorted. A day that is none, or a search too long, finds nothing, and is named. */
export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const filter = readOrderFilter(params);
  const wrong = wrongIn(params, filter);
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([
      wrong.any ? { orders: [], next: null } : listStaffOrders(db, filter),
      countStaffOrders(db, wrong.any ? { ...filter, from: null, to: null } : filter),
    ]),
  );
  const [list, counts] = data;
  const mayMove = viewer.account?.role === "ADMIN";
  return answer({ ...list, counts, filter, wrong, mayMove, readAt: new Date() }, { status: wrong.any ? 400 : 200 });
}

export default function Orders() {
  const t = useMessages();
  const { orders, next, counts, filter, wrong, mayMove, readAt } = useLoaderData<typeof loader>();
  const { q } = filter;
  const address = (after: string | null) => listAddress("/admin/orders", { ...filter, after });
  const mistakes = [
    ...keysOf(wrong.typed).map((field) => ({ field, message: t.orders.list.noDay })),
    ...(wrong.long ? [{ field: "q", message: t.ui.form.tooLong(searchMost) }] : []),
    ...(wrong.backwards ? [{ field: "to", message: t.orders.list.backwards }] : []),
  ];
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t.orders.list.title}</h1>
          {q ? <p>{t.orders.list.resultsFor(q)}</p> : null}
          <ReadAt at={readAt} counted />
        </div>
      </div>
      <ErrorSummary errors={mistakes} />
      <OrderFilters filter={filter} counts={counts} open={mistakes.length > 0}>
        <OrderSearch filter={filter} typed={wrong.typed} backwards={wrong.backwards} />
      </OrderFilters>
      {mistakes.length > 0 ? null : orders.length === 0 ? (
        <EmptyState
          icon="search"
          title={t.orders.list.emptyTitle}
          text={t.orders.list.emptyText}
          action={{ href: "/admin/orders", label: t.ui.actions.clear }}
        />
      ) : (
        <PickedOrders numbers={orders.map(({ number }) => number)} mayMove={mayMove}>
          <StaffOrderTable caption={t.orders.list.title} orders={orders} pick />
        </PickedOrders>
      )}
      <Pager next={next && address(next)} first={filter.after ? address(null) : null} shown={orders.length} />
      {orders.length > 0 ? <ExportLinks filter={filter} orders={countOf(filter, counts)} /> : null}
    </>
  );
}
