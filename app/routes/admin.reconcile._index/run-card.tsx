import type { Run } from "#app/reconcile/runs.server.ts";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";
import { keysOf } from "#app/ui/keys.ts";
import { Linked } from "#app/ui/ref-link.tsx";

type Loose<T, Keys extends keyof T> = Omit<T, Keys> & { [Key in Keys]: T[Key] | string };
type RunView = Loose<Run, "startedAt" | "finishedAt">;

/** A run under way: how far it is and what has come out of it. */
export function RunCard({ run, closed, refreshing }: { run: RunView; closed: boolean; refreshing: boolean }) {
  const lang = useLang();
  const t = useMessages().reconcile;
  const done = Math.max(run.total - run.left, 0);
  return (
    <section className="card card--padded">
      <h2>{t.run.title(run.ref)}</h2>
      <div className="stack stack--tight">
        <progress className="progress" value={done} max={Math.max(run.total, 1)} aria-label={t.run.title(run.ref)} />
        <p>
          <strong>{t.run.progress(formatNumber(done, lang), formatNumber(run.total, lang))}</strong>.{" "}
          {t.run.left(formatNumber(run.left, lang))}.
        </p>
        {closed ? null : <p className="field__warning">{t.run.waits}</p>}
      </div>
      <p>
        {t.run.soFar}: <Results results={run.results} />
      </p>
      <p className="quiet">
        {refreshing ? (
          <>
            {t.run.refreshes} <a href="/admin/reconcile?still=1">{t.run.still}</a>
          </>
        ) : (
          <a href="/admin/reconcile">{t.run.again}</a>
        )}
      </p>
    </section>
  );
}

/** Runs that are over. */
export function RunsTable({ runs }: { runs: RunView[] }) {
  const lang = useLang();
  const t = useMessages().reconcile;
  return (
    <section className="stack">
      <h2>{t.runs.title}</h2>
      {runs.length === 0 ? (
        <p className="quiet">{t.runs.none}</p>
      ) : (
        <Table
          caption={t.runs.title}
          rows={runs}
          rowKey={({ ref }) => ref}
          columns={[
            { key: "ref", label: t.runs.ref, head: true, cell: ({ ref }) => <span className="figures">{ref}</span> },
            {
              key: "by",
              label: t.runs.by,
              cell: ({ startedBy, actor }) =>
                startedBy === "ADMIN" ? <Linked>{`${t.run.by.ADMIN} ${actor}`}</Linked> : t.run.by[startedBy],
            },
            { key: "from", label: t.runs.startedAt, cell: ({ startedAt }) => <Moment at={startedAt} /> },
            {
              key: "to",
              label: t.runs.finishedAt,
              cell: ({ finishedAt }) => (finishedAt ? <Moment at={finishedAt} /> : "–"),
            },
            { key: "total", label: t.runs.total, number: true, cell: ({ total }) => formatNumber(total, lang) },
            { key: "results", label: t.runs.results, cell: ({ results }) => <Results results={results} /> },
          ]}
        />
      )}
    </section>
  );
}

function Results({ results }: { results: Run["results"] }) {
  const lang = useLang();
  const t = useMessages().reconcile;
  const names = keysOf(t.results).filter((name) => results[name]);
  if (names.length === 0) return <span className="quiet">{t.run.none}</span>;
  return <>{names.map((name) => `${t.results[name]} ${formatNumber(results[name]!, lang)}`).join(" · ")}</>;
}
