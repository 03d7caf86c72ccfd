import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { listReviewMonths } from "#app/reviews/review.server.ts";
import { listAddress } from "#app/ui/list.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReviewState } from "#app/reviews/review-state.tsx";
import { Table } from "#app/ui/table.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.reviews.title);

export async function loader(args: LoaderFunctionArgs) {
  const after = new URL(args.request.url).searchParams.get("after");
  const { data } = await page(args, "staff", (db) => listReviewMonths(db, after));
  return { ...data, after, readAt: new Date() };
}

export default function Reviews() {
  const { reviews: words, ui } = useMessages();
  const { reviews, next, after, readAt } = useLoaderData<typeof loader>();
  return (
    <>
      <ListHead title={words.title} lead={words.lead} readAt={readAt} />
      {reviews.length > 0 ? (
        <Table
          caption={words.title}
          rows={reviews}
          rowKey={({ month }) => month}
          columns={[
            {
              key: "month",
              label: words.month,
              head: true,
              cell: ({ month }) => <a href={`/admin/reviews/${month}`}>{ui.month(month)}</a>,
            },
            { key: "state", label: words.stateColumn, cell: ({ state }) => <ReviewState state={state} /> },
            {
              key: "signed",
              label: words.signedColumn,
              cell: ({ signed, salesmen }) => words.signedOf(signed, salesmen),
            },
            { key: "due", label: words.dueAt, cell: ({ dueAt }) => <Moment at={dueAt} /> },
            { key: "made", label: words.madeAt, cell: ({ madeAt }) => <Moment at={madeAt} /> },
          ]}
        />
      ) : (
        <EmptyState icon="clock" title={words.emptyTitle} text={words.emptyText} />
      )}
      <p className="quiet">{words.dueHint}</p>
      <Pager next={next && listAddress("/admin/reviews", { after: next })} first={after ? "/admin/reviews" : null} />
    </>
  );
}
