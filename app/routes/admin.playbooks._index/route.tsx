import type { LoaderFunctionArgs, SerializeFrom } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { DrillState } from "#app/playbooks/drill-state.tsx";
import { listPlaybooks, type Playbook } from "#app/playbooks/playbook.server.ts";
import { runPlace } from "#app/playbooks/playbook.ts";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.playbooks.title);

/** All playbooks: when to take each, when it was last practised, what is under way. */
export async function loader(args: LoaderFunctionArgs) {
  const { data } = await page(args, "staff", listPlaybooks);
  return { playbooks: data, readAt: new Date() };
}

type Row = SerializeFrom<Playbook>;

export default function Playbooks() {
  const { playbooks: t } = useMessages();
  const { playbooks, readAt } = useLoaderData<typeof loader>();
  return (
    <>
      <ListHead title={t.title} lead={t.lead} readAt={readAt} />
      <Table
        caption={t.title}
        rows={playbooks}
        rowKey={({ slug }) => slug}
        columns={[
          {
            key: "book",
            label: t.title,
            head: true,
            cell: ({ slug, letter }) => <a href={`/admin/playbooks/${slug}`}>{t.one(letter, t.books[slug].title)}</a>,
          },
          { key: "sign", label: t.sign, cell: ({ slug }) => t.books[slug].sign },
          { key: "drill", label: t.drill.last, cell: LastDrill },
          { key: "open", label: t.runs.title, cell: UnderWay },
        ]}
      />
    </>
  );
}

function LastDrill({ drill, drillState }: Row) {
  const { drill: t, run } = useMessages().playbooks;
  return (
    <span className="stack stack--tight">
      <DrillState state={drillState} />
      {drill ? (
        <span className="quiet">
          <Moment at={drill.at} ago /> · {run.results[drill.result]}
        </span>
      ) : drillState === "NEVER" ? null : (
        <span className="quiet">{t.never}</span>
      )}
    </span>
  );
}

function UnderWay({ slug, open }: Row) {
  const { runs: t, drill } = useMessages().playbooks;
  if (open.length === 0) return "–";
  return (
    <ul className="stack stack--tight">
      {open.map(({ run, incident, done, steps }) => (
        <li key={run}>
          <a href={runPlace(slug, run)}>{incident ? t.forIncident(incident) : drill.running}</a>
          <span className="sub quiet">{t.progress(done, steps)}</span>
        </li>
      ))}
    </ul>
  );
}
