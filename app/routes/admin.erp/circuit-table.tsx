import type { CircuitState as State } from "#app/erp/state.ts";
import { CircuitState } from "#app/erp/erp-card.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";
import { Reason } from "#app/erp/reason.tsx";

export type EventView = { id: number; at: Date | string; state: State; error: string | null };

const rowsShown = 50;

/** When the breaker opened, tried and closed: newest first, the last fifty. */
export function CircuitTable({ events }: { events: EventView[] }) {
  const { erp, ui } = useMessages();
  const t = erp.timeline;
  return (
    <details>
      <summary>{t.tableOpen(events.length)}</summary>
      <Table
        caption={t.table}
        rows={[...events].reverse().slice(0, rowsShown)}
        rowKey={({ id }) => String(id)}
        columns={[
          { key: "at", label: erp.pulls.at, head: true, cell: ({ at }) => <Moment at={at} /> },
          { key: "state", label: erp.breaker.title, cell: ({ state }) => <CircuitState state={state} /> },
          {
            key: "error",
            label: ui.lastError,
            cell: ({ error }) => (error ? <Reason words={error} /> : "–"),
          },
        ]}
      />
    </details>
  );
}
