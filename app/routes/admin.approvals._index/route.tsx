import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { countApprovals, listApprovals } from "#app/approvals/approval.server.ts";
import { approvalReasons, readApprovalFilter } from "#app/approvals/approval.ts";
import { selectedAddress } from "#app/orders/several.ts";
import { listAddress, shownCount } from "#app/ui/list.ts";
import { ApprovalCard } from "./approval-card.tsx";
import { SwitchLinks } from "#app/approvals/switch-links.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { choices, FilterFold } from "#app/ui/filters.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { PickBar, PickForm } from "#app/ui/pick-form.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.approvals.title);

/** What waits for a decision about its credit. Selecting is a form of its own that only looks. */
export async function loader(args: LoaderFunctionArgs) {
  const filter = readApprovalFilter(new URL(args.request.url).searchParams);
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([listApprovals(db, filter), countApprovals(db)]),
  );
  const [list, counts] = data;
  return { ...list, counts, filter, mayDecide: viewer.account?.role === "ADMIN", readAt: new Date() };
}

export default function Approvals() {
  const lang = useLang();
  const t = useMessages().approvals;
  const { approvals, next, counts, filter, mayDecide, readAt } = useLoaderData<typeof loader>();
  const address = (reason: string | null, after: string | null = null) =>
    listAddress("/admin/approvals", { reason, after });
  const links = choices([null, ...approvalReasons], filter.reason, (reason) => ({
    label: reason ? t.reasons[reason] : t.all,
    href: address(reason),
    count: shownCount(counts[reason ?? "all"], lang),
  }));
  const selectable = approvals.filter(({ held }) => !held).map(({ number }) => number);
  return (
    <>
      <ListHead title={t.title} lead={mayDecide ? t.lead : t.readOnly} readAt={readAt} counted>
        {approvals.some(({ now }) => now?.bypass) ? <p className="quiet">{t.bypassOn}</p> : null}
      </ListHead>
      <FilterFold groups={[{ label: t.filter, links }]} />
      {approvals.length === 0 ? (
        <EmptyState
          icon="check"
          title={t.emptyTitle}
          text={filter.reason ? t.emptyFilter : t.emptyText}
          action={filter.reason || filter.after ? { href: "/admin/approvals", label: t.showAll } : undefined}
        />
      ) : (
        <PickForm action="/admin/approvals/selected">
          <ul className="approvals">
            {approvals.map((approval) => (
              <ApprovalCard key={approval.number} approval={approval} readAt={readAt} mayDecide={mayDecide} />
            ))}
          </ul>
          {mayDecide && selectable.length > 0 ? (
            <PickBar
              review={t.review}
              all={{
                href: selectedAddress("/admin/approvals/selected", selectable),
                label: t.reviewAll(selectable.length),
              }}
            />
          ) : null}
        </PickForm>
      )}
      <Pager
        next={next && address(filter.reason, next)}
        first={filter.after ? address(filter.reason) : null}
        shown={approvals.length}
      />
      {mayDecide ? <SwitchLinks /> : null}
    </>
  );
}
