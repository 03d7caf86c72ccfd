import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { listOtherOpenOrders, listPastDecisions } from "#app/approvals/store.server.ts";
import { listOpenInvoices } from "#app/credit/invoices.server.ts";
import { decideCredit, findApproval } from "#app/approvals/approval.server.ts";
import { decisionForm, shownBeside } from "#app/approvals/approval.ts";
import { ApprovalAbout } from "./approval-about.tsx";
import { DecideForm } from "./decide-form.tsx";
import { DecisionMade } from "./decision-made.tsx";
import { FiguresTable } from "#app/approvals/figures-table.tsx";
import { RejectOrder } from "./reject-order.tsx";
import { StoreSide } from "./store-side.tsx";
import { Suggestion } from "#app/approvals/suggestion.tsx";
import { OrderHead } from "#app/orders/order-badges.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";
import { WithdrawnNote } from "#app/orders/order-lines.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { inFull } from "#app/ui/people.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ number: string }>((t, data) =>
  data ? `${t.ui.nav.approvals} ${data.number}` : t.approvals.title,
);

/**
 * One order with all that its credit decision leans on, or with /decision?to=REJECTED the question before it is
 * rejected.
 */
export async function loader(args: LoaderFunctionArgs) {
  const number = args.params.number ?? "";
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([
      findApproval(db, number),
      listOpenInvoices(db, { order: number }, shownBeside),
      listOtherOpenOrders(db, number),
      listPastDecisions(db, number),
    ]),
  );
  const [approval, invoices, others, history] = data;
  const rejecting = new URL(args.request.url).searchParams.get("to") === "REJECTED";
  const mayDecide = viewer.account?.role === "ADMIN";
  const { id: _, region: __, ...shown } = approval;
  if (rejecting && mayDecide && approval.now)
    return { number, rejecting: { number, total: approval.total, storeName: approval.storeName }, whole: null };
  return {
    number,
    rejecting: null,
    whole: { approval: shown, invoices, others, history, mayDecide, readAt: new Date() },
  };
}

/** Decides, worth what was seen. What changed meanwhile is said, and what was typed stays. */
export function action(args: ActionFunctionArgs) {
  const number = args.params.number ?? "";
  return submit(args, "admin", decisionForm, async (decision, visit) => {
    const t = messages(visit.lang).approvals;
    // The question, with the note that was begun.
    if (decision.ask) return reply(200, { outcome: decision.ask, note: decision.note }, []);
    try {
      await visit.write((db) => decideCredit(db, number, decision));
      return redirectWithToast("/admin/approvals", t.decided(number, t.outcome[decision.outcome]));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      const { why, by, total } = error.detail;
      return reply(409, { outcome: decision.outcome, note: decision.note }, [
        {
          message:
            why === "TOTAL"
              ? t.otherTotal(formatRupiah(Number(total), visit.lang))
              : t.already(typeof by === "string" ? inFull((await visit.viewer()).names, by) : null),
        },
      ]);
    }
  });
}

export default function ApprovalPage() {
  const t = useMessages().approvals;
  const { rejecting, whole } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  if (!whole) return <RejectOrder approval={rejecting} reply={refused} />;
  const { approval, invoices, others, history, mayDecide, readAt } = whole;
  const { number, now, decision, credit, placedAt } = approval;
  if (now && mayDecide && refused?.values.outcome === "REJECTED")
    return <RejectOrder approval={approval} reply={refused} />;
  const later = decision
    ? { label: t.atDecision, at: decision.at, figures: decision.inputs }
    : now
      ? { label: t.now, at: readAt, figures: now }
      : null;
  return (
    <>
      <BackLink href="/admin/approvals">{t.back}</BackLink>
      <div>
        <OrderHead order={approval} />
        <ReadAt at={readAt} />
      </div>
      {now ? <WithdrawnNote names={approval.withdrawn} /> : null}
      <div className="columns columns--main-side">
        <div className="stack stack--wide">
          <section className="card card--padded">
            <h2>{t.figures}</h2>
            {now ? <Suggestion now={now} /> : null}
            {now?.bypass ? <p className="quiet">{t.bypassOn}</p> : null}
            <FiguresTable
              explained
              number={number}
              moments={[{ label: t.then, at: placedAt, figures: credit }, ...(later ? [later] : [])]}
            />
          </section>
          {now ? (
            <DecideForm approval={approval} mayDecide={mayDecide} reply={refused} />
          ) : (
            <div className="stack">
              <ErrorSummary errors={refused?.errors ?? []} />
              <KeptText text={refused?.values.note} />
              <DecisionMade number={number} decision={decision} />
            </div>
          )}
          <StoreSide invoices={invoices} others={others} history={history} />
        </div>
        <aside className="stack">
          <ApprovalAbout approval={approval} />
        </aside>
      </div>
    </>
  );
}
