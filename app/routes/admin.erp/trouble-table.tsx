import { syncErrorWords } from "#app/erp/sync-error.ts";
import type { SerializeFrom } from "@remix-run/node";
import type { SyncTrouble } from "#app/erp/state.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Linked } from "#app/ui/ref-link.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";

/** Orders that the ERP has not taken, with its last words. */
export function Troubles({ caption, troubles }: { caption: string; troubles: Array<SerializeFrom<SyncTrouble>> }) {
  const t = useMessages();
  return (
    <NumberedTable
      caption={caption}
      rows={troubles}
      number={{ label: t.alerts.list.order, to: ({ number }) => `/admin/orders/${number}` }}
      columns={[
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
          cell: ({ error }) => (
            <span className="break">
              <Linked>{syncErrorWords(t.erp.syncErrors, error)}</Linked>
            </span>
          ),
        },
      ]}
    />
  );
}
