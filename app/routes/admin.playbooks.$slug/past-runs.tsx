import type { SerializeFrom } from "@remix-run/node";
import type { PastRun } from "#app/playbooks/playbook.server.ts";
import { runPlace, type Slug } from "#app/playbooks/playbook.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, RefLink, Who } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";

/** Drills and incidents that it was run for, the newest first. */
export function PastRuns({ slug, past }: { slug: Slug; past: Array<SerializeFrom<PastRun>> }) {
  const { runs: t, run, drill } = useMessages().playbooks;
  return (
    <section className="stack no-print">
      <h2>{t.past}</h2>
      {past.length === 0 ? (
        <p className="quiet">{t.nonePast}</p>
      ) : (
        <Table
          caption={t.past}
          rows={past}
          rowKey={({ id }) => String(id)}
          columns={[
            {
              key: "started",
              label: t.started,
              head: true,
              cell: ({ id, startedAt, startedBy }) => (
                <>
                  <a href={runPlace(slug, id)}>
                    <Moment at={startedAt} />
                  </a>
                  <span className="sub quiet">
                    <Who>{startedBy}</Who>
                  </span>
                </>
              ),
            },
            {
              key: "about",
              label: t.about,
              cell: ({ incident }) =>
                incident ? <RefLink href={`/admin/incidents/${incident}`}>{incident}</RefLink> : drill.running,
            },
            {
              key: "result",
              label: t.result,
              cell: ({ result, note }) => (
                <>
                  {result ? run.results[result] : "–"}
                  {note ? (
                    <span className="sub words">
                      <Linked>{note}</Linked>
                    </span>
                  ) : null}
                </>
              ),
            },
            { key: "ended", label: t.ended, cell: ({ endedAt }) => <Moment at={endedAt} /> },
          ]}
        />
      )}
    </section>
  );
}
