import type { CircuitEvent, FeedRun, PushTrouble } from "#app/models/erp-state.server.ts";
import { State } from "#app/ui/badges.tsx";
import { CircuitState } from "#app/ui/erp-card.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";

/** Every pull, taken or refused; a refused one says why. */
export function FeedRuns({ caption, runs }: { caption: string; runs: FeedRun[] }) {
  const t = useMessages().admin.erp;
  return (
    <Table
      caption={caption}
      rows={runs}
      rowKey={({ id }) => String(id)}
      columns={[
        { key: "at", label: t.at, head: true, cell: ({ at }) => <Moment at={at} /> },
        { key: "feed", label: t.source, cell: ({ feed }) => t.feed[feed] },
        { key: "outcome", label: t.outcome, cell: ({ accepted }) => <State tone={accepted ? "good" : "bad"}>{accepted ? t.accepted : t.declined}</State> },
        { key: "rows", label: t.rows, number: true, cell: ({ rows }) => (rows === null ? "–" : formatNumber(rows)) },
        { key: "snapshot", label: t.snapshot, cell: ({ snapshot }) => <span className="break">{snapshot ?? "–"}</span> },
        { key: "reason", label: t.reason, cell: ({ reason }) => <span className="break">{reason ?? "–"}</span> },
      ]}
    />
  );
}

/** When the breaker opened, tried and closed. */
export function CircuitHistory({ caption, events }: { caption: string; events: CircuitEvent[] }) {
  const t = useMessages().admin;
  return (
    <Table
      caption={caption}
      rows={events}
      rowKey={({ id }) => String(id)}
      columns={[
        { key: "at", label: t.erp.at, head: true, cell: ({ at }) => <Moment at={at} /> },
        { key: "state", label: t.erp.breaker, cell: ({ state }) => <CircuitState state={state} /> },
        { key: "error", label: t.common.lastError, cell: ({ error }) => <span className="break">{error ?? "–"}</span> },
      ]}
    />
  );
}

/** Orders that the ERP has not taken, with its last words. */
export function Troubles({ caption, troubles }: { caption: string; troubles: PushTrouble[] }) {
  const t = useMessages().admin;
  return (
    <Table
      caption={caption}
      rows={troubles}
      rowKey={({ number }) => number}
      columns={[
        { key: "order", label: t.alerts.order, head: true, cell: ({ number }) => <a className="figures" href={`/admin/orders/${number}`}>{number}</a> },
        { key: "attempts", label: t.orders.attempts, number: true, cell: ({ attempts }) => attempts },
        { key: "next", label: t.common.nextAttempt, cell: ({ final, nextAttemptAt }) => (final || !nextAttemptAt ? t.erp.refused : <Moment at={nextAttemptAt} />) },
        { key: "error", label: t.common.lastError, cell: ({ error }) => <span className="break">{error}</span> },
      ]}
    />
  );
}
