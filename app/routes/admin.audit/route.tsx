import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page, toResponse } from "#app/http/page.server.ts";
import { type AuditFilter, readAuditFilter } from "#app/models/audit.ts";
import { findAuditOverview, searchAudit } from "#app/models/audit.server.ts";
import { listAddress } from "#app/models/office.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Select, SubmitButton, TextField } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { AuditTable } from "./audit-table.tsx";
import { ChainCard } from "./chain-card.tsx";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title((t) => t.admin.audit.title);

export async function loader(args: LoaderFunctionArgs) {
  const filter = readAuditFilter(new URL(args.request.url).searchParams);
  const { data, visit } = await page(args, "auditor", findAuditOverview);
  // Only now that the page is his: to read the trail is to write a line of it.
  const list = await visit.write((db) => searchAudit(db, filter)).catch((error: unknown) => {
    throw toResponse(error, visit);
  });
  const { actions, ...chain } = data;
  return { ...list, actions, chain, filter, readAt: new Date() };
}

export default function Audit() {
  const t = useMessages();
  const { events, next, actions, chain, filter, readAt } = useLoaderData<typeof loader>();
  const address = (change: Partial<AuditFilter>) => listAddress("/admin/audit", { ...filter, after: null, ...change });
  return (
    <>
      <div className="stack stack--tight">
        <h1>{t.admin.audit.title}</h1>
        <p className="lead">{t.trail.lead}</p>
        <ReadAt at={readAt} />
      </div>
      <ChainCard chain={chain} />
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
  const options = [{ value: "", label: words.allActions }, ...actions.map((action) => ({ value: action, label: words.actions[action] ?? t.trail.actions[action] ?? action }))];
  const asked = filter.action ?? filter.actor ?? filter.target ?? filter.key ?? filter.request;
  return (
    <form className="search" method="get" action="/admin/audit" role="search">
      <div className="search__selects">
        <Select name="action" label={words.action} options={options} defaultValue={filter.action ?? ""} />
        <TextField name="actor" label={t.trail.actorCode} defaultValue={filter.actor ?? ""} maxLength={12} />
        <TextField name="target" label={t.trail.targetCode} defaultValue={filter.target ?? ""} maxLength={12} />
        <TextField name="key" label={t.trail.object} defaultValue={filter.key ?? ""} maxLength={60} />
      </div>
      <TextField name="request" label={words.request} defaultValue={filter.request ?? ""} maxLength={40} />
      <div className="search__go">
        <SubmitButton kind="quiet">{t.actions.filter}</SubmitButton>
        {asked ? (
          <a className="button button--link" href="/admin/audit">
            {t.actions.clear}
          </a>
        ) : null}
      </div>
    </form>
  );
}
