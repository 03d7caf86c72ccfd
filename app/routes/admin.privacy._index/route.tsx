import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { listBreaches } from "#app/privacy/breach.server.ts";
import { CaseState } from "#app/privacy/case-state.tsx";
import { kindFrom, privacyKinds, recordForm } from "#app/privacy/privacy.ts";
import { listPrivacyCases, recordPrivacy } from "#app/privacy/privacy.server.ts";
import { State } from "#app/ui/badges.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { dayInJakarta } from "#app/ui/day.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { choices, FilterFold } from "#app/ui/filters.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { listAddress } from "#app/ui/list.ts";
import { ListHead } from "#app/ui/list-page.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { title } from "#app/ui/title.ts";
import { RecordForm } from "./record-form.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.privacy.title);

/** What people ask about their data, by when it is due; and incidents in which data leaked. */
export async function loader(args: LoaderFunctionArgs) {
  const kind = kindFrom(new URL(args.request.url).searchParams.get("kind"));
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([listPrivacyCases(db, kind), listBreaches(db)]),
  );
  const [cases, breaches] = data;
  return {
    cases: cases.map(({ number, kind: what, name, dueAt, late, outcome }) => ({
      number,
      kind: what,
      name,
      dueAt,
      late,
      outcome,
    })),
    breaches: breaches.map(({ number, dueAt, late }) => ({ number, dueAt, late })),
    kind: kind ?? null,
    mayWork: viewer.account?.role === "ADMIN",
    today: dayInJakarta(new Date()),
    key: randomUUID(),
    readAt: new Date(),
  };
}

/** Writes down what was asked by phone or letter. */
export function action(args: ActionFunctionArgs) {
  return submit(args, "admin", recordForm, async (asked, visit) => {
    const { ref } = await visit.write((db) => recordPrivacy(db, asked));
    return redirect(`/admin/privacy/${ref}`, { status: 303 });
  });
}

export default function PrivacyDesk() {
  const { privacy: t, leads } = useMessages();
  const { cases, breaches, kind, mayWork, today, key, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const links = choices([null, ...privacyKinds] as const, kind, (one) => ({
    label: one ? t.kinds[one] : t.all,
    href: listAddress("/admin/privacy", { kind: one }),
  }));
  return (
    <>
      <ListHead title={t.title} lead={t.lead} readAt={readAt} />
      {mayWork ? <RecordForm today={today} formKey={key} reply={reply} /> : <p className="quiet">{t.readOnly}</p>}
      <p>
        <ButtonLink kind="link" href="/admin/leads/erasures">
          {t.erasures}
        </ButtonLink>
      </p>
      <FilterFold typed={[]} open={false} groups={[{ label: t.what, links }]}>
        {null}
      </FilterFold>
      {cases.length > 0 ? (
        <NumberedTable
          caption={t.title}
          rows={cases}
          number={{ label: leads.number, to: ({ number }) => `/admin/privacy/${number}` }}
          columns={[
            { key: "kind", label: t.what, cell: ({ kind: what }) => t.kinds[what] },
            { key: "name", label: t.by, cell: ({ name }) => <span className="break">{name ?? "–"}</span> },
            { key: "due", label: t.due, cell: ({ dueAt }) => <Moment at={dueAt} /> },
            { key: "state", label: t.state, cell: (one) => <CaseState {...one} /> },
          ]}
        />
      ) : (
        <EmptyState icon="check" title={t.emptyTitle} text={t.emptyText} />
      )}
      <section className="stack stack--tight" aria-labelledby="leaks">
        <h2 id="leaks">{t.breach.list}</h2>
        {breaches.length === 0 ? <p className="quiet">{t.breach.none}</p> : null}
        {breaches.length > 0 ? (
          <NumberedTable
            caption={t.breach.list}
            rows={breaches}
            number={{ label: leads.number, to: ({ number }) => `/admin/incidents/${number}` }}
            columns={[
              {
                key: "steps",
                label: t.breach.checklist,
                cell: ({ number }) => <a href={`/admin/incidents/${number}/breach`}>{t.breach.open}</a>,
              },
              { key: "due", label: t.breach.due, cell: ({ dueAt }) => <Moment at={dueAt} /> },
              { key: "late", label: t.state, cell: ({ late }) => (late ? <State tone="bad">{t.late}</State> : "–") },
            ]}
          />
        ) : null}
      </section>
    </>
  );
}
