import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { listForBulk } from "#app/reconcile/reconciliations.server.ts";
import { resolveReconciliation } from "#app/reconcile/reconcile.server.ts";
import { bulkForm, bulkResolutions, pickedOrders } from "#app/reconcile/reconcile.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LeftOutList } from "#app/ui/left-out-list.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { BulkLook } from "./bulk-look.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ to: "PREORDER" | "CUT" }>((t, data) =>
  data ? t.reconcile.bulk.title[data.to] : t.reconcile.title,
);

/** What one decision would do to the orders that were ticked, before it is made. */
export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const to = bulkResolutions.find((each) => each === params.get("to")) ?? "PREORDER";
  const numbers = pickedOrders(params).map(({ number }) => number);
  const { data } = await page(args, "admin", (db) => listForBulk(db, numbers));
  return { rows: data, to, gone: numbers.filter((number) => !data.some((row) => row.number === number)) };
}

/** Each order in a transaction of its own: one that changed meanwhile stops none of the others, and is shown again. */
export const action = (args: ActionFunctionArgs) =>
  submit(args, "admin", bulkForm, async ({ resolution, note, ...fields }, visit) => {
    const picked = pickedOrders(Object.entries(fields));
    const left: typeof picked = [];
    for (const one of picked) {
      const { number, checked } = one;
      try {
        await visit.write((db) => resolveReconciliation(db, number, { resolution, document: "", note, checked }));
      } catch (error) {
        if (!(error instanceof DatabaseRefusal && ["STALE", "PAID_BEYOND", "NOT_FOUND"].includes(error.reason)))
          throw error;
        left.push(one);
      }
    }
    const t = messages(visit.lang).reconcile.bulk;
    const done = picked.length - left.length;
    if (left.length === 0) return redirectWithToast("/admin/reconcile?state=SHORT", t.done(done));
    return redirectWithToast(lookAt(resolution, left), t.some(done, left.length), "warn");
  });

/** The look at these, as they are now. */
const lookAt = (to: string, orders: ReturnType<typeof pickedOrders>) =>
  `/admin/reconcile/bulk?${new URLSearchParams([
    ["to", to],
    ...orders.map(({ number, checked }): [string, string] => [`o-${number}`, checked]),
  ])}`;

export default function Bulk() {
  const { reconcile } = useMessages();
  const { rows, to, gone } = useLoaderData<typeof loader>();
  const t = reconcile.bulk;
  return (
    <>
      <BackLink href="/admin/reconcile?state=SHORT">{reconcile.order.back}</BackLink>
      <div className="stack stack--tight">
        <h1>{t.title[to]}</h1>
        {rows.length > 0 ? <p className="lead">{t.look}</p> : null}
      </div>
      {rows.length > 0 ? (
        <BulkLook rows={rows} to={to} />
      ) : (
        <EmptyState
          icon="check"
          title={t.none}
          text={t.noneText}
          action={{ href: "/admin/reconcile?state=SHORT", label: reconcile.order.back }}
        />
      )}
      <LeftOutList
        title={t.leftOut}
        rows={gone.map((number) => ({ number, href: `/admin/reconcile/${number}`, why: t.gone }))}
      />
    </>
  );
}
