import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply as handBack } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { LeadAnswers } from "#app/leads/answers.tsx";
import { leadMove, leadStates } from "#app/leads/lead.ts";
import { findLead, listLeadEvents, moveLead, noteLead } from "#app/leads/lead.server.ts";
import { LeadStateMark } from "#app/leads/lead-table.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PhoneOwner } from "#app/ui/phone-owner.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";
import { LeadFacts } from "./lead-facts.tsx";
import { MoveForm } from "./move-form.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ lead: { number: string } }>((t, data) =>
  data ? t.leads.detail(data.lead.number) : t.leads.title,
);

export async function loader(args: LoaderFunctionArgs) {
  const number = args.params.number ?? "";
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([findLead(db, number), listLeadEvents(db, number)]),
  );
  const [lead, events] = data;
  return { lead, events, mayWork: viewer.account?.role === "ADMIN" };
}

const meanwhile = z.object({ state: z.enum(leadStates) });

/** Leads it on or writes a note. What another did meanwhile is told first. */
export function action(args: ActionFunctionArgs) {
  const number = args.params.number ?? "";
  return submit(args, "admin", leadMove, async (move, visit) => {
    const t = messages(visit.lang).leads;
    const here = `/admin/leads/${number}`;
    try {
      if (move.state === "NOTED") {
        await visit.write((db) => noteLead(db, number, move.note));
        return redirectWithToast(here, t.noted);
      }
      await visit.write((db) => moveLead(db, number, move));
      return redirectWithToast(here, t.moved(number, t.states[move.state]));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      const { state } = meanwhile.parse(error.detail);
      return handBack(409, { note: move.note }, [{ message: t.movedMeanwhile(t.states[state]) }]);
    }
  });
}

export default function LeadPage() {
  const { leads: t, privacy } = useMessages();
  const { lead, events, mayWork } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { number, state } = lead;
  return (
    <>
      <BackLink href="/admin/leads">{t.back}</BackLink>
      <div className="stack stack--tight">
        <h1>{t.detail(number)}</h1>
        <p className="row">
          <LeadStateMark {...lead} />
        </p>
      </div>
      <div className="columns columns--main-side">
        <div className="stack">
          {state === "ERASED" ? (
            <>
              <ErrorSummary errors={refused?.errors ?? []} />
              <KeptText text={refused?.values.note} />
              <p className="card card--padded">{t.erased}</p>
            </>
          ) : lead.restricted ? (
            <>
              <ErrorSummary errors={refused?.errors ?? []} />
              <KeptText text={refused?.values.note} />
              <p className="card card--padded">{privacy.restrictedText}</p>
            </>
          ) : (
            <MoveForm lead={lead} mayWork={mayWork} reply={refused} />
          )}
          <section className="stack stack--tight">
            <h2>{t.history}</h2>
            <Timeline
              staff
              events={events.map(({ at, kind, actor, state: to, note }) => ({
                at,
                title: kind === "MOVED" && to ? t.states[to] : t.events[kind],
                by: actor === "WEB" ? t.web : actor,
                detail: note,
              }))}
            />
          </section>
        </div>
        <aside className="stack">
          <section className="card card--padded">
            <LeadFacts lead={lead} />
          </section>
          {state === "ERASED" ? null : (
            <section className="card card--padded">
              <h2>{t.answersTitle}</h2>
              <LeadAnswers lead={lead} />
              {lead.restricted ? null : <PhoneOwner whatsapp={lead.phone_whatsapp} heading={false} />}
            </section>
          )}
        </aside>
      </div>
    </>
  );
}
