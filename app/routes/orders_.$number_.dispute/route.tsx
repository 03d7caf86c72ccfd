import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { disputeOrder, findOwnDispute } from "#app/disputes/dispute.server.ts";
import { disputeForm, fateOf } from "#app/disputes/dispute.ts";
import { findOrder } from "#app/orders/order.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { DisputeForm } from "#app/disputes/dispute-form.tsx";
import { DisputeThanks } from "#app/disputes/dispute-thanks.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.disputes.title);

/**
 * The question before the owner says «bukan saya» on his order's page; afterwards what came of it, with what was typed
 * meanwhile.
 */
export async function loader(args: LoaderFunctionArgs) {
  const number = args.params.number ?? "";
  const { data } = await page(args, "owner", async (db) => {
    const [order, dispute] = await Promise.all([findOrder(db, number), findOwnDispute(db, number)]);
    if (!order.shadow) throw new NotFound();
    return { order, dispute };
  });
  const { status, storeName: store, placedBy: salesman, total, placedAt, lines } = data.order;
  const { dispute } = data;
  return {
    dispute: dispute && { at: dispute.at, outcome: dispute.outcome },
    fate: fateOf({ status, dispute }),
    order: { number, store, salesman, total, placedAt, lines: lines.length },
  };
}

/** The owner himself: not the salesman who acts as him, whom the database turns away. */
export function action(args: ActionFunctionArgs) {
  const number = args.params.number ?? "";
  return submit(args, "owner", disputeForm, async ({ note }, visit) => {
    await visit.write((db) => disputeOrder(db, number, note));
    return redirectWithToast(`/orders/${number}`, messages(visit.lang).disputes.done(number));
  });
}

export default function DisputeOrder() {
  const t = useMessages();
  const { order, fate, dispute } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <div className="narrow">
      <BackLink href={`/orders/${order.number}`}>{order.number}</BackLink>
      {dispute ? (
        <DisputeThanks order={order} fate={fate} dispute={dispute} reply={reply} />
      ) : (
        <DisputeForm order={order} fate={fate} action={`/orders/${order.number}/dispute`} reply={reply}>
          <ButtonLink kind="quiet" href={`/orders/${order.number}`}>
            {t.disputes.keep}
          </ButtonLink>
        </DisputeForm>
      )}
    </div>
  );
}
