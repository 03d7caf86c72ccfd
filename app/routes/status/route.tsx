import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { evenly } from "#app/http/even.server.ts";
import { maintenance } from "#app/http/maintenance.server.ts";
import { limited } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { subscribeForm } from "#app/status/forms.ts";
import { lastStatus } from "#app/status/last-status.server.ts";
import { shownNow, worstOf } from "#app/status/status.ts";
import { subscribe } from "#app/status/status.server.ts";
import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";
import { IncidentList } from "./incident-list.tsx";
import { Planned } from "./planned.tsx";
import { ServiceList, toneOf } from "./service-list.tsx";
import { Subscribe } from "./subscribe.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
const feed = { tagName: "link", rel: "alternate", type: "application/atom+xml", title: "Atom", href: "/status.atom" };
export const meta: MetaFunction = (args) => [...(title((t) => t.status.title)(args) ?? []), feed];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

/** For everybody and about nobody: it may be kept for a moment, and is there while the database is not. */
export async function loader(args: LoaderFunctionArgs) {
  const visit = await visitOf(args);
  const { status, away } = await lastStatus((work) => visit.read(work));
  const { incidents, ...shown } = shownNow(status, away, maintenance());
  const asked = new URL(args.request.url).searchParams.has("asked");
  return data(
    {
      ...shown,
      incidents: incidents.map(({ updates, ...incident }) => ({
        ...incident,
        updates: updates.map(({ textId, textEn, ...one }) => ({ ...one, text: visit.lang === "en" ? textEn : textId })),
      })),
      asked,
    },
    { headers: { "cache-control": asked || away ? "private, no-store" : "public, max-age=15", vary: "Cookie" } },
  );
}

/** Asks to be told by mail. The same answer after the same time, whoever has the address. */
export const action = (args: ActionFunctionArgs) =>
  submit(args, "anyone", subscribeForm, async ({ email }, visit) => {
    const wait = await evenly(() => visit.writeAsGuest((db) => subscribe(db, email, visit.lang, visit.origin.ip)));
    if (wait > 0) return limited(visit, wait, { email }, messages(visit.lang).status.subscribe.limited);
    return redirect("/status?asked=1#kabar", { status: 303 });
  });

export default function StatusPage() {
  const t = useMessages().status;
  const { at, away, maintenance, services, incidents, asked } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const worst = worstOf(services);
  return (
    <div className="status stack stack--wide">
      <header className="stack stack--tight">
        <h1>{t.title}</h1>
        <p className="lead">{t.lead}</p>
      </header>
      <section className={`status__now status__now--${toneOf[worst]} stack stack--tight`}>
        <p className="status__overall">
          <State tone={toneOf[worst]}>{t.overall[worst]}</State>
        </p>
        {away ? <p>{t.away}</p> : null}
        <p className="quiet">
          {t.at} <Moment at={at} />
        </p>
      </section>
      <Planned maintenance={maintenance} />
      <ServiceList services={services} />
      <IncidentList incidents={incidents} />
      <Subscribe reply={reply} asked={asked} />
    </div>
  );
}
