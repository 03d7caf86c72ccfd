import { syncErrorWords } from "#app/erp/sync-error.ts";
import type { SerializeFrom } from "@remix-run/node";
import type { SyncTrouble } from "#app/erp/state.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";

/** Orders that the ERP has not taken, with its last words. */
export function Troubles({ caption, troubles }: { caption: string; troubles: Array<SerializeFrom<SyncTrouble>> }) {
  const t = useMessages();
  return (
    <Table
      caption={caption}
      rows={troubles}
      rowKey={({ number }) => number}
      columns={[
        {
          key: "order",
          label: t.alerts.list.order,
          head: true,
          cell: ({ number }) => <RefLink href={`/admin/orders/${number}`}>{number}</RefLink>,
        },
        { key: "attempts", label: t.orders.delivery.attempts, number: true, cell: ({ attempts }) => attempts },
        {
          key: "next",
          label: t.ui.nextAttempt,
          cell: ({ final, nextAttemptAt }) =>
            final || !nextAttemptAt ? t.erp.troubles.refused : <Moment at={nextAttemptAt} />,
        },
        {
          key: "error",
          label: t.ui.lastError,
          cell: ({ error }) => <span className="break">{syncErrorWords(t.erp.syncErrors, error)}</span>,
        },
      ]}
    />
  );
}
