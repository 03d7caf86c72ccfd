import { data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page, toResponse } from "#app/http/page.server.ts";
import { type AuditFilter, misread, readAuditFilter, typedNames, withFound } from "#app/audit/audit.ts";
import { findAuditOverview, findCandidates, searchAudit } from "#app/audit/audit.server.ts";
import { listAddress } from "#app/ui/list.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { title } from "#app/ui/title.ts";
import { keysOf } from "#app/ui/keys.ts";
import { AuditTable } from "./audit-table.tsx";
import { ChainCard } from "./chain-card.tsx";
import { misreadText, SearchForm } from "./search-form.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.audit.title);

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const typed = readAuditFilter(searchParams);
  const { data, visit } = await page(args, "auditor", (db) =>
    Promise.all([findAuditOverview(db), findCandidates(db, typedNames(searchParams, typed))]),
  );
  const [{ actions, ...chain }, candidates] = data;
  const filter = withFound(typed, candidates);
  const wrong = misread(searchParams, filter);
  const shared = { actions, chain, filter, wrong, candidates, readAt: new Date() };
  if (Object.keys(wrong).length > 0) return answer({ ...shared, events: [], next: null }, { status: 400 });
  // Only now that the page is his: to read the trail is to write a line of it.
  const list = await visit
    .write((db) => searchAudit(db, filter))
    .catch((error: unknown) => {
      throw toResponse(error, visit);
    });
  return answer({ ...list, ...shared });
}

export default function Audit() {
  const t = useMessages();
  const { events, next, actions, chain, filter, wrong, candidates, readAt } = useLoaderData<typeof loader>();
  const address = (change: Partial<AuditFilter>) => listAddress("/admin/audit", { ...filter, after: null, ...change });
  return (
    <>
      <ListHead title={t.audit.title} lead={t.audit.lead} readAt={readAt} />
      <ErrorSummary
        errors={keysOf(wrong).map((field) => ({ field, message: misreadText(t.audit, field, candidates) }))}
      />
      <ChainCard chain={chain} />
      <SearchForm filter={filter} wrong={wrong} candidates={candidates} actions={actions} />
      {events.length > 0 ? (
        <AuditTable events={events} address={address} />
      ) : (
        <Nothing searched={Object.keys(wrong).length === 0} />
      )}
      <Pager next={next && address({ after: next })} first={filter.after ? address({}) : null} shown={events.length} />
    </>
  );
}

function Nothing({ searched }: { searched: boolean }) {
  const t = useMessages();
  const [title, text] = searched
    ? [t.audit.emptyTitle, t.audit.emptyText]
    : [t.audit.notSearchedTitle, t.audit.notSearchedText];
  return (
    <EmptyState icon="search" title={title} text={text} action={{ href: "/admin/audit", label: t.ui.actions.clear }} />
  );
}
