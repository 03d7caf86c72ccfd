import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { countStaffOrders, listStaffOrders } from "#app/orders/staff-orders.server.ts";
import { readOrderFilter } from "#app/orders/staff.ts";
import { listAddress } from "#app/ui/list.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { TextField } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { StaffOrderTable } from "#app/orders/staff-order-table.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { OrderFilters } from "./order-filters.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.orders.list.title);

export async function loader(args: LoaderFunctionArgs) {
  const filter = readOrderFilter(new URL(args.request.url).searchParams);
  const { data } = await page(args, "staff", (db) =>
    Promise.all([listStaffOrders(db, filter), countStaffOrders(db, filter)]),
  );
  const [list, counts] = data;
  return { ...list, counts, filter, readAt: new Date() };
}

export default function Orders() {
  const t = useMessages();
  const { orders, next, counts, filter, readAt } = useLoaderData<typeof loader>();
  const { q, status, sync, shadow, held } = filter;
  const address = (after: string | null) => listAddress("/admin/orders", { ...filter, after });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t.orders.list.title}</h1>
          {q ? <p>{t.orders.list.resultsFor(q)}</p> : null}
          <ReadAt at={readAt} counted />
        </div>
        <form className="search__line" method="get" action="/admin/orders" role="search">
          {Object.entries({ status, sync, shadow, held }).map(([name, value]) =>
            value ? <input key={name} type="hidden" name={name} value={value} /> : null,
          )}
          <TextField
            name="q"
            type="search"
            label={t.orders.list.search}
            hint={t.orders.list.searchHint}
            defaultValue={q}
            maxLength={80}
          />
          <SubmitButton kind="quiet">{t.ui.actions.search}</SubmitButton>
        </form>
      </div>
      <OrderFilters filter={filter} counts={counts} />
      {orders.length > 0 ? (
        <StaffOrderTable caption={t.orders.list.title} orders={orders} />
      ) : (
        <EmptyState
          icon="search"
          title={t.orders.list.emptyTitle}
          text={t.orders.list.emptyText}
          action={{ href: "/admin/orders", label: t.ui.actions.clear }}
        />
      )}
      <Pager next={next && address(next)} first={filter.after ? address(null) : null} shown={orders.length} />
    </>
  );
}
