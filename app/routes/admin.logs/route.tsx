import { data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { listLogs } from "#app/vitals/log.server.ts";
import { type LogFilter, misreadLog, readLogFilter } from "#app/vitals/log.ts";
import { choices } from "#app/ui/filters.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { keysOf } from "#app/ui/keys.ts";
import { useMessages } from "#app/ui/language.tsx";
import { listAddress } from "#app/ui/list.ts";
import { ListHead } from "#app/ui/list-page.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { title } from "#app/ui/title.ts";
import { LogFilters } from "./log-filters.tsx";
import { LogTable } from "./log-table.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.vitals.logs.title);

/** What web and worker logged. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const filter = readLogFilter(searchParams);
  const wrong = misreadLog(searchParams, filter);
  const mistaken = Object.keys(wrong).length > 0;
  const { data } = await page(args, "staff", (db) =>
    mistaken ? Promise.resolve({ lines: [], next: null }) : listLogs(db, filter),
  );
  return answer({ ...data, filter, wrong, readAt: new Date() }, { status: mistaken ? 400 : 200 });
}

export default function Logs() {
  const t = useMessages();
  const words = t.vitals.logs;
  const { lines, next, filter, wrong, readAt } = useLoaderData<typeof loader>();
  const address = (change: Partial<LogFilter>) => listAddress("/admin/logs", { ...filter, after: null, ...change });
  const levels = choices([null, "warn", "error"] as const, filter.level, (level) => ({
    label: level ? words.from[level] : words.anyLevel,
    href: address({ level }),
  }));
  return (
    <>
      <ListHead title={words.title} lead={words.lead} readAt={readAt} />
      <ErrorSummary errors={keysOf(wrong).map((field) => ({ field, message: words.misread[field] }))} />
      <LogFilters filter={filter} wrong={wrong} levels={levels} />
      {lines.length > 0 ? (
        <LogTable lines={lines} address={address} />
      ) : (
        <EmptyState
          icon="search"
          title={words.emptyTitle}
          text={words.emptyText}
          action={{ href: "/admin/logs", label: t.ui.actions.clear }}
        />
      )}
      <Pager next={next && address({ after: next })} first={filter.after ? address({}) : null} shown={lines.length} />
    </>
  );
}
