import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DatabaseRefusal, NotFound } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply } from "#app/http/reply.server.ts";
import { nowhere, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findReconciliation, resolveReconciliation, takeToKey } from "#app/reconcile/reconcile.server.ts";
import { decisionForm } from "#app/reconcile/reconcile.ts";
import { OrderBadges } from "#app/orders/order-badges.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { isKeyOf } from "#app/ui/keys.ts";
import { DecisionForm } from "./decision-form.tsx";
import { Keying } from "./keying.tsx";
import { LineTable } from "./line-table.tsx";
import { NextOpen, OrderAbout } from "./order-about.tsx";
import { refused } from "./refused.ts";
import { Result } from "#app/reconcile/result.tsx";
import { Settled } from "./settled.tsx";
import { Sides } from "#app/reconcile/sides.tsx";
import { TellStore } from "#app/reconcile/tell-store.tsx";
import { WithdrawnNote } from "#app/orders/order-lines.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ order: { number: string } }>((t, data) =>
  data ? t.reconcile.order.title(data.order.number) : t.reconcile.title,
);

/** One compared order; below it /decision, /keying and /queue, to which its forms are sent. */
export async function loader(args: LoaderFunctionArgs) {
  const { number = "", act } = args.params;
  const known = act === undefined || Object.hasOwn(acts, act);
  const { viewer, data } = await page(args, "staff", (db) =>
    known ? findReconciliation(db, number) : Promise.reject(new NotFound()),
  );
  return { order: data, mayDecide: viewer.account?.role === "ADMIN", readAt: new Date() };
}

export async function action(args: ActionFunctionArgs) {
  const { number = "", act = "" } = args.params;
  return isKeyOf(acts, act) ? acts[act](args, number) : nowhere(args, "admin");
}

const keying = (release: boolean) => (args: ActionFunctionArgs, number: string) =>
  submit(args, "admin", z.object({}), (_, visit) =>
    orRefused(visit.lang, {}, async () => {
      await visit.write((db) => takeToKey(db, number, release));
      const t = messages(visit.lang).reconcile.waiting;
      return redirectWithToast(`/admin/reconcile/${number}`, release ? t.givenBack(number) : t.taken(number));
    }),
  );
const acts = {
  decision: (args: ActionFunctionArgs, number: string) =>
    submit(args, "admin", decisionForm, (decision, visit) =>
      orRefused(
        visit.lang,
        { resolution: decision.resolution, document: decision.document, note: decision.note },
        async () => {
          await visit.write((db) => resolveReconciliation(db, number, decision));
          const t = messages(visit.lang).reconcile;
          return redirectWithToast(
            `/admin/reconcile/${number}`,
            t.order.decided(number, t.resolutions[decision.resolution]),
          );
        },
      ),
    ),
  keying: keying(false),
  queue: keying(true),
};

// What the page says in its own words; the rest is for submit.
async function orRefused(lang: "id" | "en", values: Record<string, string>, work: () => Promise<Response>) {
  try {
    return await work();
  } catch (error) {
    const said =
      error instanceof DatabaseRefusal ? refused(error, values.resolution, messages(lang).reconcile, lang) : null;
    if (!said) throw error;
    return reply(409, values, [said]);
  }
}

export default function ReconcileOrder() {
  const t = useMessages().reconcile;
  const { order, mayDecide, readAt } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { number, result, resolution, outlook } = order;
  const open = result !== null && result !== "CONFIRMED" && resolution === null;
  return (
    <>
      <BackLink href={outlook.waiting && !open ? "/admin/reconcile?state=waiting" : "/admin/reconcile"}>
        {t.order.back}
      </BackLink>
      <div className="page-head">
        <div>
          <h1>{t.order.title(number)}</h1>
          <p className="row">
            {result ? <Result result={result} resolution={resolution} /> : null}
            <OrderBadges order={order} />
          </p>
          <ReadAt at={readAt} />
        </div>
        <a href={`/admin/orders/${number}`}>{t.order.toOrder}</a>
      </div>
      {open || outlook.waiting ? <WithdrawnNote names={order.withdrawn} /> : null}
      {order.degraded && (open || outlook.waiting) ? <p className="acting-note">{t.degraded}</p> : null}
      <ErrorSummary errors={answer?.errors ?? []} />
      {open || outlook.choices.length > 0 ? null : <KeptText text={answer?.values.note} />}
      {result ? (
        <section className="card card--padded">
          <Sides row={order} heading="h2" />
        </section>
      ) : null}
      <div className="columns columns--main-side">
        <div className="stack">
          {outlook.waiting ? (
            <Keying number={number} outlook={outlook} held={order.held} mayDecide={mayDecide} />
          ) : null}
          {open || outlook.choices.length > 0 ? (
            <DecisionForm order={order} mayDecide={mayDecide} reply={answer} />
          ) : outlook.waiting ? null : (
            <Settled order={order} />
          )}
        </div>
        <aside className="stack">
          {open ? null : <NextOpen number={order.next} mayDecide={mayDecide} />}
          {!open && !outlook.waiting ? <TellStore row={order} mayTell={mayDecide} /> : null}
          <OrderAbout order={order} />
          {open ? <NextOpen number={order.next} mayDecide={mayDecide} /> : null}
        </aside>
      </div>
      <LineTable
        lines={order.lines}
        erpLines={order.erpLines}
        differences={order.difference.lines}
        compared={(order.erp.documents ?? []).length > 0}
      />
    </>
  );
}
