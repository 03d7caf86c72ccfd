import { data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { accountRoles, accountStatuses, accountsAddress, readAccountFilter } from "#app/accounts/account.ts";
import { countAccounts, listAccounts } from "#app/accounts/account.server.ts";
import { shownCount, tooLong } from "#app/ui/list.ts";
import { AccountTable } from "./account-table.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { choices, FilterFold } from "#app/ui/filters.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { SearchText, useTooLong } from "#app/ui/search-text.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.title);

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const filter = readAccountFilter(params);
  const long = tooLong(params);
  const { data } = await page(args, "staff", (db) =>
    Promise.all([long ? { accounts: [], next: null } : listAccounts(db, filter), countAccounts(db, filter)]),
  );
  const [list, counts] = data;
  return answer({ ...list, counts, filter, readAt: new Date() }, { status: long ? 400 : 200 });
}

export default function Accounts() {
  const [lang, t] = [useLang(), useMessages()];
  const words = t.accounts;
  const { accounts, next, counts, filter, readAt } = useLoaderData<typeof loader>();
  const { q, role, status } = filter;
  const long = useTooLong() !== null;
  const groups = [
    {
      label: words.role,
      links: choices([null, ...accountRoles], role, (value) => ({
        label: value ? words.roles[value] : words.allRoles,
        href: accountsAddress(filter, { role: value }),
        count: value ? shownCount(counts[value], lang) : undefined,
      })),
    },
    {
      label: words.status,
      links: choices([null, ...accountStatuses], status, (value) => ({
        label: value ? words.statuses[value] : words.allStatuses,
        href: accountsAddress(filter, { status: value }),
        count: value ? shownCount(counts[value], lang) : undefined,
      })),
    },
  ];
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{words.title}</h1>
          <p>{q ? words.resultsFor(q) : words.lead}</p>
          <ReadAt at={readAt} counted />
        </div>
      </div>
      <FilterFold groups={groups} typed={q ? [`«${q}»`] : []} open={long}>
        <form className="search__line" method="get" action="/admin/accounts" role="search">
          {Object.entries({ role, status }).map(([name, value]) =>
            value ? <input key={name} type="hidden" name={name} value={value} /> : null,
          )}
          <SearchText label={words.search} value={q} />
          <SubmitButton kind="quiet">{t.ui.actions.search}</SubmitButton>
        </form>
      </FilterFold>
      {long ? null : accounts.length > 0 ? (
        <AccountTable accounts={accounts} />
      ) : (
        <EmptyState
          icon="search"
          title={words.emptyTitle}
          text={words.emptyText}
          action={{ href: "/admin/accounts", label: t.ui.actions.clear }}
        />
      )}
      <Pager
        next={next && accountsAddress(filter, { after: next })}
        first={filter.after ? accountsAddress(filter, {}) : null}
        shown={accounts.length}
      />
    </>
  );
}
