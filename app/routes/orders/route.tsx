import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { listOrders } from "#app/orders/orders.server.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { OrderTable } from "#app/orders/order-table.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.orders.title);

export async function loader(args: LoaderFunctionArgs) {
  const after = new URL(args.request.url).searchParams.get("after");
  const { data } = await page(args, "store", (db) => listOrders(db, after));
  return { ...data, after };
}

export default function Orders() {
  const t = useMessages();
  const { orders, next, after } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t.orders.title}</h1>
      {orders.length > 0 ? (
        <OrderTable caption={t.orders.title} orders={orders} />
      ) : (
        <EmptyState
          icon="orders"
          title={t.orders.emptyTitle}
          text={t.orders.emptyText}
          action={{ href: "/products", label: t.orders.emptyAction }}
        />
      )}
      <Pager next={next && `/orders?after=${next}`} first={after ? "/orders" : null} shown={orders.length} />
    </>
  );
}
