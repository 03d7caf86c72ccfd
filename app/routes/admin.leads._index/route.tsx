import { data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { type LeadFilter, leadStates, readLeadFilter } from "#app/leads/lead.ts";
import { countLeads, listLeads } from "#app/leads/lead.server.ts";
import { LeadTable } from "#app/leads/lead-table.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { choices, FilterFold } from "#app/ui/filters.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { listAddress, shownCount, tooLong } from "#app/ui/list.ts";
import { Pager } from "#app/ui/pager.tsx";
import { SearchText } from "#app/ui/search-text.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.leads.title);

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const filter = readLeadFilter(params);
  const { data } = await page(args, "staff", (db) => Promise.all([listLeads(db, filter), countLeads(db)]));
  const [{ leads, next }, counts] = data;
  const unread = tooLong(params);
  // What the table shows: how somebody is reached stands on his own page.
  const shown = leads.map(
    ({ number, state, late, restricted, business_name, contact_name, city, receivedAt, dueAt }) => ({
      number,
      state,
      late,
      restricted,
      business_name,
      contact_name,
      city,
      receivedAt,
      dueAt,
    }),
  );
  return answer(
    { leads: unread ? [] : shown, next: unread ? null : next, counts, filter, unread, readAt: new Date() },
    { status: unread ? 400 : 200 },
  );
}

export default function Leads() {
  const lang = useLang();
  const { leads: t, ui } = useMessages();
  const { leads, next, counts, filter, unread, readAt } = useLoaderData<typeof loader>();
  const { state, q, after } = filter;
  const address = (change: Partial<LeadFilter>) => listAddress("/admin/leads", { state, q, after: null, ...change });
  const states = choices([null, ...leadStates], state, (value) => ({
    label: value ? t.states[value] : t.allStates,
    href: address({ state: value }),
    count: value ? shownCount(counts[value], lang) : undefined,
  }));
  return (
    <>
      <ListHead title={t.title} lead={t.lead} readAt={readAt} counted />
      <FilterFold groups={[{ label: t.state, links: states }]} typed={q ? [`«${q}»`] : []} open={unread}>
        <form className="order-search" method="get" action="/admin/leads" role="search">
          {state ? <input type="hidden" name="state" value={state} /> : null}
          <SearchText label={t.search} hint={t.searchHint} value={q} />
          <p>
            <SubmitButton kind="quiet">{ui.actions.search}</SubmitButton>
          </p>
        </form>
      </FilterFold>
      {leads.length > 0 ? (
        <LeadTable caption={t.title} leads={leads} />
      ) : (
        <EmptyState icon="check" title={t.emptyTitle} text={t.emptyText} />
      )}
      <Pager next={next && address({ after: next })} first={after ? address({}) : null} shown={leads.length} />
      <p className="row no-print">
        <ButtonLink kind="quiet" href={listAddress("/admin/leads/export", { state, q })}>
          {t.exportTitle}
        </ButtonLink>
        <ButtonLink kind="quiet" href="/admin/leads/erasures">
          {t.erasures.title}
        </ButtonLink>
      </p>
    </>
  );
}
