import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { nowhere, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findAlert, noteOwnerPhoned, sendAgain } from "#app/alerts/alert.server.ts";
import { againForm, phonedForm } from "#app/alerts/alerts.ts";
import { isKeyOf } from "#app/ui/keys.ts";
import { Attempts } from "./attempts.tsx";
import { ChannelCard } from "./channel-card.tsx";
import { PhonedForm } from "./phoned-form.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { AlertState } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { Ref } from "#app/ui/ref-link.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ alert: { number: string } }>((t, data) =>
  data ? t.alerts.title(data.alert.number) : t.alerts.list.title,
);

/** The alert of one order; below it /phoned and /again, to which its forms are sent. */
export async function loader(args: LoaderFunctionArgs) {
  const { number = "", step } = args.params;
  const known = step === undefined || Object.hasOwn(steps, step);
  const { viewer, data } = await page(args, "staff", (db) =>
    known ? findAlert(db, number) : Promise.reject(new NotFound()),
  );
  return { alert: data, mayAct: viewer.account?.role === "ADMIN", readAt: new Date() };
}

export async function action(args: ActionFunctionArgs) {
  const { number = "", step = "" } = args.params;
  return isKeyOf(steps, step) ? steps[step](args, number) : nowhere(args, "admin");
}

const steps = {
  phoned: (args: ActionFunctionArgs, number: string) =>
    submit(args, "admin", phonedForm, async ({ note }, visit) => {
      await visit.write((db) => noteOwnerPhoned(db, number, note));
      return redirectWithToast(`/admin/alerts/${number}`, messages(visit.lang).alerts.phonedDone(number));
    }),
  again: (args: ActionFunctionArgs, number: string) =>
    submit(args, "admin", againForm, async (again, visit) => {
      await visit.write((db) => sendAgain(db, number, again));
      const t = messages(visit.lang).alerts;
      return redirectWithToast(`/admin/alerts/${number}`, t.againDone(t.channels[again.channel]));
    }),
};

export default function AlertPage() {
  const t = useMessages();
  const words = t.alerts;
  const { alert, mayAct, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  // Two channels can show the same fields: theirs carry the channel's name.
  const errors = (reply?.errors ?? []).map(({ field, message }) => ({
    message,
    field: field && reply?.values.channel ? `${field}-${reply.values.channel}` : field,
  }));
  const mail = alert.channels.find(({ channel }) => channel === "EMAIL")!;
  return (
    <>
      <BackLink href="/admin/alerts">{words.back}</BackLink>
      <div className="page-head">
        <div>
          <h1>{words.title(alert.number)}</h1>
          <p className="row">
            <AlertState state={mail.state} />
          </p>
          <ReadAt at={readAt} />
        </div>
        <a href={`/admin/orders/${alert.number}`}>{words.order}</a>
      </div>
      <ErrorSummary errors={errors} />
      <div className="columns columns--main-side">
        <div className="stack">
          {alert.task ? <PhonedForm alert={alert} mayAct={mayAct} reply={reply} /> : null}
          <Attempts attempts={alert.attempts} />
        </div>
        <aside className="stack">
          {alert.channels.map((channel) => (
            <ChannelCard key={channel.channel} number={alert.number} channel={channel} mayAct={mayAct} reply={reply} />
          ))}
          <section className="card card--padded">
            <h2>{words.about}</h2>
            <Facts
              facts={[
                { label: t.alerts.list.store, value: <Ref code={alert.storeCode} name={alert.storeName} /> },
                { label: t.alerts.list.salesman, value: <Ref code={alert.salesmanCode} name={alert.salesman} /> },
                { label: t.orders.total, value: <Money amount={alert.total} />, number: true },
                { label: words.placedAt, value: <Moment at={alert.placedAt} /> },
              ]}
            />
          </section>
          {alert.task ? null : <PhonedForm alert={alert} mayAct={mayAct} reply={reply} />}
        </aside>
      </div>
    </>
  );
}
