import type { ActionFunctionArgs, LoaderFunctionArgs, SerializeFrom } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply as handBack } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { eraseLeads, findErasure, listLeadsOfRequest } from "#app/leads/erasure.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";
import { Receipt } from "./receipt.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ request: { number: string } }>((t, data) =>
  data ? `${t.leads.erasures.title} ${data.request.number}` : t.leads.erasures.title,
);

export async function loader(args: LoaderFunctionArgs) {
  const number = args.params.number ?? "";
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([findErasure(db, number), listLeadsOfRequest(db, number)]),
  );
  const [request, found] = data;
  return { request, found, mayWork: viewer.account?.role === "ADMIN" };
}

/** Erases, once; what is done says so. */
export function action(args: ActionFunctionArgs) {
  const number = args.params.number ?? "";
  return submit(args, "admin", z.object({}), async (_, visit) => {
    const t = messages(visit.lang).leads.erasures;
    try {
      const erased = await visit.write((db) => eraseLeads(db, number));
      return redirectWithToast(`/admin/leads/erasures/${number}`, t.erased(erased));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      return handBack(409, {}, [{ message: t.alreadyDone }]);
    }
  });
}

export default function Erasure() {
  const { leads } = useMessages();
  const t = leads.erasures;
  const { request, found, mayWork } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { number, address, askedBy, askedAt, dueAt, doneAt, doneBy } = request;
  return (
    <div className="narrow">
      <BackLink href="/admin/leads/erasures">{t.back}</BackLink>
      {doneAt ? (
        <>
          <ErrorSummary errors={refused?.errors ?? []} />
          <Receipt
            number={number}
            askedAt={askedAt}
            doneAt={doneAt}
            doneBy={doneBy ?? ""}
            forms={request.leads.length}
          />
          <p className="quiet no-print">{t.inbox}</p>
        </>
      ) : (
        <>
          <h1>{`${t.title} ${number}`}</h1>
          <section className="card card--padded">
            <Facts
              facts={[
                { label: t.address, value: <span className="break">{address}</span> },
                { label: t.askedBy, value: t.ways[askedBy] },
                { label: t.asked, value: <Moment at={askedAt} /> },
                { label: t.due, value: <Moment at={dueAt} /> },
              ]}
            />
          </section>
          <Found leads={found} />
          {mayWork ? (
            <PostForm className="form" action={`/admin/leads/erasures/${number}`}>
              <ErrorSummary errors={refused?.errors ?? []} />
              <p>{t.eraseWarn}</p>
              <p className="quiet">{t.inbox}</p>
              <p>
                <SubmitButton>{t.erase}</SubmitButton>
              </p>
            </PostForm>
          ) : (
            <p className="quiet">{leads.readOnly}</p>
          )}
        </>
      )}
    </div>
  );
}

/** The leads that are found by the address; there may be none. */
function Found({ leads }: { leads: SerializeFrom<typeof loader>["found"] }) {
  const t = useMessages().leads.erasures;
  return (
    <section className="stack stack--tight">
      <h2>{t.found(leads.length)}</h2>
      {leads.length > 0 ? (
        <ul className="bullets">
          {leads.map((lead) => (
            <li key={lead.number}>
              <RefLink href={`/admin/leads/${lead.number}`}>{lead.number}</RefLink> · {lead.business_name}, {lead.city}
            </li>
          ))}
        </ul>
      ) : (
        <p>{t.none}</p>
      )}
    </section>
  );
}
