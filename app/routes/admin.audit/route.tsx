import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { type AuditFilter, readAuditFilter } from "#app/models/audit.ts";
import { listActions, listAudit } from "#app/models/audit.server.ts";
import { listAddress } from "#app/models/office.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Select, SubmitButton, TextField } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { AuditTable } from "./audit-table.tsx";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title((t) => t.admin.audit.title);

export async function loader(args: LoaderFunctionArgs) {
  const filter = readAuditFilter(new URL(args.request.url).searchParams);
  const { data } = await page(args, "auditor", (db) => Promise.all([listAudit(db, filter), listActions(db)]));
  const [list, actions] = data;
  return { ...list, actions, filter, readAt: new Date() };
}

export default function Audit() {
  const t = useMessages();
  const { events, next, actions, filter, readAt } = useLoaderData<typeof loader>();
  const address = (change: Partial<AuditFilter>) => listAddress("/admin/audit", { ...filter, after: null, ...change });
  return (
    <>
      <div className="stack stack--tight">
        <h1>{t.admin.audit.title}</h1>
        <p className="lead">{t.admin.audit.lead}</p>
        <ReadAt at={readAt} />
      </div>
      <SearchForm filter={filter} actions={actions} />
      {events.length > 0 ? (
        <AuditTable events={events} address={address} />
      ) : (
        <EmptyState icon="search" title={t.admin.audit.emptyTitle} text={t.admin.audit.emptyText} action={{ href: "/admin/audit", label: t.actions.clear }} />
      )}
      <Pager next={next && address({ after: next })} first={filter.after ? address({}) : null} shown={events.length} />
    </>
  );
}

function SearchForm({ filter, actions }: { filter: AuditFilter; actions: string[] }) {
  const t = useMessages();
  const words = t.admin.audit;
  const options = [{ value: "", label: words.allActions }, ...actions.map((action) => ({ value: action, label: words.actions[action] ?? action }))];
  return (
    <form className="search" method="get" action="/admin/audit" role="search">
      <div className="search__selects">
        <Select name="action" label={words.action} options={options} defaultValue={filter.action ?? ""} />
        <TextField name="actor" label={words.actor} defaultValue={filter.actor ?? ""} maxLength={12} />
      </div>
      <TextField name="request" label={words.request} defaultValue={filter.request ?? ""} maxLength={40} />
      <div className="search__go">
        <SubmitButton kind="quiet">{t.actions.filter}</SubmitButton>
        {filter.action || filter.actor || filter.request ? (
          <a className="button button--link" href="/admin/audit">
            {t.actions.clear}
          </a>
        ) : null}
      </div>
    </form>
  );
}
