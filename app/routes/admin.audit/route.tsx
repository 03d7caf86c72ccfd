import { data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page, toResponse } from "#app/http/page.server.ts";
import { type AuditField, type AuditFilter, misread, readAuditFilter } from "#app/audit/audit.ts";
import { findAuditOverview, searchAudit } from "#app/audit/audit.server.ts";
import { listAddress } from "#app/ui/list.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Select, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { title } from "#app/ui/title.ts";
import { keysOf } from "#app/ui/keys.ts";
import { AuditTable } from "./audit-table.tsx";
import { ChainCard } from "./chain-card.tsx";
import { wordFor } from "#app/ui/word.ts";
import { ofEveryRoom } from "#app/words.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.audit.title);

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const filter = readAuditFilter(searchParams);
  const wrong = misread(searchParams, filter);
  const { data, visit } = await page(args, "auditor", findAuditOverview);
  const { actions, ...chain } = data;
  const shared = { actions, chain, filter, wrong, readAt: new Date() };
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
  const { events, next, actions, chain, filter, wrong, readAt } = useLoaderData<typeof loader>();
  const address = (change: Partial<AuditFilter>) => listAddress("/admin/audit", { ...filter, after: null, ...change });
  return (
    <>
      <ListHead title={t.audit.title} lead={t.audit.lead} readAt={readAt} />
      <ErrorSummary errors={keysOf(wrong).map((field) => ({ field, message: t.audit.misread[field] }))} />
      <ChainCard chain={chain} />
      <SearchForm filter={filter} wrong={wrong} actions={actions} />
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

type SearchProps = { filter: AuditFilter; wrong: Partial<Record<AuditField, string>>; actions: string[] };

function SearchForm({ filter, wrong, actions }: SearchProps) {
  const t = useMessages();
  const words = t.audit;
  const acts = ofEveryRoom(t, "trail");
  const options = [
    { value: "", label: words.allActions },
    ...actions.map((action) => ({ value: action, label: wordFor(acts, action) ?? action })),
  ];
  const asked = filter.action ?? filter.actor ?? filter.target ?? filter.key ?? filter.request ?? Object.keys(wrong)[0];
  const field = (name: AuditField) => ({
    name,
    defaultValue: wrong[name] ?? filter[name] ?? "",
    error: wrong[name] === undefined ? null : t.audit.misread[name],
  });
  return (
    <form className="search" method="get" action="/admin/audit" role="search">
      <div className="search__selects">
        <Select {...field("action")} label={words.action} options={options} />
        <TextField {...field("actor")} label={t.audit.actorCode} maxLength={40} />
        <TextField {...field("target")} label={t.audit.targetCode} maxLength={40} />
        <TextField {...field("key")} label={t.audit.object} maxLength={60} />
      </div>
      <TextField {...field("request")} label={words.request} maxLength={60} />
      <div className="search__go">
        <SubmitButton kind="quiet">{t.ui.actions.filter}</SubmitButton>
        {asked ? (
          <ButtonLink kind="link" href="/admin/audit">
            {t.ui.actions.clear}
          </ButtonLink>
        ) : null}
      </div>
    </form>
  );
}
