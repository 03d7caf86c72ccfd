import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { listAddress, shownCount } from "#app/ui/list.ts";
import { countTasks, listTasks } from "#app/incidents/task.server.ts";
import { readTaskFilter, type TaskFilter, taskKinds } from "#app/incidents/task.ts";
import { choices } from "#app/ui/filters.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { ListPage } from "#app/ui/list-page.tsx";
import { TaskTable } from "#app/incidents/task-table.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.tasks.title);

export async function loader(args: LoaderFunctionArgs) {
  const filter = readTaskFilter(new URL(args.request.url).searchParams);
  const { data } = await page(args, "staff", (db) => Promise.all([listTasks(db, filter), countTasks(db)]));
  const [list, counts] = data;
  return { ...list, counts, filter, readAt: new Date() };
}

export default function Tasks() {
  const lang = useLang();
  const t = useMessages().incidents.tasks;
  const { tasks, next, counts, filter, readAt } = useLoaderData<typeof loader>();
  const { state, kind } = filter;
  const address = (change: Partial<TaskFilter>) => listAddress("/admin/tasks", { state, kind, after: null, ...change });
  // How many were ever done is nobody's question; how many wait is.
  const states = choices([null, "done"], state, (value) => ({
    label: value ? t.done : t.open,
    href: address({ state: value }),
    count: value ? undefined : shownCount(counts.open, lang),
  }));
  const kinds = choices([null, ...taskKinds], kind, (value) => ({
    label: value ? t.kinds[value] : t.allKinds,
    href: address({ kind: value }),
    count: value && !state ? shownCount(counts.kinds[value], lang) : undefined,
  }));
  return (
    <ListPage
      words={state ? { ...t, emptyText: t.emptyDone } : t}
      readAt={readAt}
      counted
      filters={[
        { label: t.state, links: states },
        { label: t.kind, links: kinds },
      ]}
      pager={{ next: next && address({ after: next }), first: filter.after ? address({}) : null, shown: tasks.length }}
    >
      <TaskTable caption={t.title} tasks={tasks} done={state === "done"} />
    </ListPage>
  );
}
