import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { askErasure, listErasures } from "#app/leads/erasure.server.ts";
import { erasureForm } from "#app/leads/lead.ts";
import { State } from "#app/ui/badges.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { dayInJakarta } from "#app/ui/day.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { title } from "#app/ui/title.ts";
import { AskForm } from "./ask-form.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.leads.erasures.title);

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "staff", (db) => listErasures(db));
  const readAt = new Date();
  const requests = data.map(({ number, askedBy, askedAt, dueAt, doneAt, late }) => ({
    number,
    askedBy,
    askedAt,
    dueAt,
    doneAt,
    late,
  }));
  return { requests, mayWork: viewer.account?.role === "ADMIN", today: dayInJakarta(readAt), readAt };
}

/** Writes a request down; what it is about is on its page. */
export function action(args: ActionFunctionArgs) {
  return submit(args, "admin", erasureForm, async (asked, visit) => {
    const ref = await visit.write((db) => askErasure(db, asked));
    return redirect(`/admin/leads/erasures/${ref}`, { status: 303 });
  });
}

export default function Erasures() {
  const { leads } = useMessages();
  const t = leads.erasures;
  const { requests, mayWork, today, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <BackLink href="/admin/leads">{leads.back}</BackLink>
      <ListHead title={t.title} lead={t.lead} readAt={readAt} />
      {mayWork ? <AskForm today={today} reply={reply} /> : <p className="quiet">{leads.readOnly}</p>}
      {requests.length > 0 ? (
        <NumberedTable
          caption={t.title}
          rows={requests}
          number={{ label: t.number, to: ({ number }) => `/admin/leads/erasures/${number}` }}
          columns={[
            { key: "by", label: t.askedBy, cell: ({ askedBy }) => t.ways[askedBy] },
            { key: "asked", label: t.asked, cell: ({ askedAt }) => <Moment at={askedAt} /> },
            { key: "due", label: t.due, cell: ({ dueAt }) => <Moment at={dueAt} /> },
            {
              key: "done",
              label: leads.state,
              cell: ({ doneAt, late }) => (
                <State tone={doneAt ? "good" : late ? "bad" : "warn"}>
                  {doneAt ? t.done : late ? leads.late : t.open}
                </State>
              ),
            },
          ]}
        />
      ) : (
        <EmptyState icon="check" title={t.emptyTitle} text={t.emptyText} />
      )}
    </>
  );
}
