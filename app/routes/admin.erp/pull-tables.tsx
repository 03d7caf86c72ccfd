import type { SerializeFrom } from "@remix-run/node";
import type { FeedRun } from "#app/erp/state.server.ts";
import { State } from "#app/ui/badges.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import { Reason } from "#app/erp/reason.tsx";

type Run = SerializeFrom<FeedRun>;

/** Pulls that were refused, each with its reason; and every pull, folded. */
export function PullTables({ runs }: { runs: Run[] }) {
  const { erp } = useMessages();
  const t = erp.feeds;
  const rejected = runs.filter(({ accepted }) => !accepted);
  const { at, feed, rows, reason, outcome, snapshot } = useColumns();
  return (
    <section className="stack" aria-labelledby="rejected">
      <h2 id="rejected">{t.rejected}</h2>
      {rejected.length > 0 ? (
        <Table
          caption={t.rejected}
          rows={rejected}
          rowKey={({ id }) => String(id)}
          columns={[at, feed, reason, rows]}
        />
      ) : (
        <p className="quiet">{runs.length > 0 ? t.noneRejected : erp.pulls.none}</p>
      )}
      {runs.length > 0 ? (
        <details>
          <summary>{t.all}</summary>
          <Table
            caption={erp.pulls.title}
            rows={runs}
            rowKey={({ id }) => String(id)}
            columns={[at, feed, outcome, rows, snapshot, reason]}
          />
        </details>
      ) : null}
    </section>
  );
}

function useColumns() {
  const lang = useLang();
  const { erp } = useMessages();
  const at: Column<Run> = { key: "at", label: erp.pulls.at, head: true, cell: (run) => <Moment at={run.at} /> };
  const feed: Column<Run> = { key: "feed", label: erp.pulls.source, cell: (run) => erp.feeds.names[run.feed] };
  const rows: Column<Run> = {
    key: "rows",
    label: erp.pulls.rows,
    number: true,
    cell: (run) => (run.rows === null ? "–" : formatNumber(run.rows, lang)),
  };
  const reason: Column<Run> = {
    key: "reason",
    label: erp.pulls.reason,
    cell: (run) => (run.reason ? <Reason words={run.reason} /> : "–"),
  };
  const outcome: Column<Run> = {
    key: "outcome",
    label: erp.pulls.outcome,
    cell: ({ accepted }) => (
      <State tone={accepted ? "good" : "bad"}>{accepted ? erp.pulls.accepted : erp.pulls.declined}</State>
    ),
  };
  const snapshot: Column<Run> = {
    key: "snapshot",
    label: erp.pulls.snapshot,
    cell: ({ snapshot }) => <span className="break">{snapshot ?? "–"}</span>,
  };
  return { at, feed, rows, reason, outcome, snapshot };
}
