import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { resolveForm } from "#app/disputes/dispute.ts";
import { findDispute, resolveDispute } from "#app/disputes/staff-disputes.server.ts";
import { OrderBadges } from "#app/orders/order-badges.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Decision, DisputeAbout } from "./dispute-about.tsx";
import { DisputeState } from "#app/disputes/dispute-table.tsx";
import { ResolveForm } from "./resolve-form.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ dispute: { number: string } }>((t, data) =>
  data ? t.disputes.reports.detail(data.dispute.number) : t.disputes.reports.title,
);

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data: dispute } = await page(args, "staff", (db) => findDispute(db, args.params.number ?? ""));
  return { dispute, mayDecide: viewer.account?.role === "ADMIN", readAt: new Date() };
}

/** Decides, once. The same decision again is the same; another one finds that somebody was first. */
export function action(args: ActionFunctionArgs) {
  const number = args.params.number ?? "";
  return submit(args, "admin", resolveForm, async (resolution, visit) => {
    const t = messages(visit.lang).disputes.reports;
    try {
      await visit.write((db) => resolveDispute(db, number, resolution));
      return redirectWithToast(`/admin/disputes/${number}`, t.decided(number, t.outcomes[resolution.outcome]));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      return reply(409, { note: resolution.note }, [{ message: t.alreadyDecided }]);
    }
  });
}

export default function Dispute() {
  const t = useMessages().disputes.reports;
  const { dispute, mayDecide, readAt } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { number, status } = dispute;
  return (
    <>
      <BackLink href="/admin/disputes">{t.back}</BackLink>
      <div className="stack stack--tight">
        <h1>{t.detail(number)}</h1>
        <p className="row">
          <DisputeState {...dispute} />
          <OrderBadges order={{ status, held: dispute.heldNow }} />
        </p>
        <ReadAt at={readAt} />
      </div>
      <div className="columns columns--main-side">
        {dispute.outcome ? (
          <div className="stack">
            <ErrorSummary errors={refused?.errors ?? []} />
            <KeptText text={refused?.values.note} />
            <Decision dispute={dispute} />
          </div>
        ) : (
          <ResolveForm number={number} status={status} mayDecide={mayDecide} reply={refused} />
        )}
        <DisputeAbout dispute={dispute} />
      </div>
    </>
  );
}
