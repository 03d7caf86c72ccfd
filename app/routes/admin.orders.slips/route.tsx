import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { atOnce, readSelected } from "#app/orders/several.ts";
import { listSlips } from "#app/orders/slips.server.ts";
import { listBehind, openedFrom } from "#app/ui/back.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useHere } from "#app/ui/here.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { SlipSheet } from "./slip-sheet.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.orders.slip.title);

/** The orders that the address names, as the warehouse picks them: of money there is nothing in the data either. */
export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const numbers = readSelected(params);
  const { data: slips } = await page(args, "staff", (db) => listSlips(db, numbers));
  return {
    slips,
    gone: numbers.filter((number) => !slips.some((slip) => slip.number === number)),
    tooMany: params.getAll("order").length > atOnce,
    readAt: new Date(),
  };
}

export default function Slips() {
  const t = useMessages().orders;
  const { slips, gone, tooMany, readAt } = useLoaderData<typeof loader>();
  const list = listBehind(useHere());
  const [only] = slips.length === 1 ? slips : [];
  return (
    <div className="slips stack">
      <div className="no-print stack">
        {only ? (
          <BackLink href={openedFrom(`/admin/orders/${only.number}`, list)}>{t.backToOrder}</BackLink>
        ) : (
          <BackLink href="/admin/orders">{t.list.back}</BackLink>
        )}
        <div className="page-head">
          <div>
            <h1>{t.slip.title}</h1>
            <p>{t.slip.lead}</p>
            <ReadAt at={readAt} />
          </div>
          <PrintButton />
        </div>
        {tooMany ? <p className="acting-note">{t.slip.most(atOnce)}</p> : null}
        {gone.length > 0 ? <p className="acting-note">{t.slip.notFound(gone.join(", "))}</p> : null}
      </div>
      {slips.length > 0 ? (
        slips.map((order) => <SlipSheet key={order.number} order={order} />)
      ) : (
        <EmptyState icon="search" title={t.slip.none} text={t.slip.noneText} />
      )}
    </div>
  );
}
