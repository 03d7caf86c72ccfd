import type { WaitingRow } from "#app/reconcile/reconciliations.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { Named } from "#app/ui/named.tsx";

type Row = Omit<WaitingRow, "placedAt" | "postedAt"> & { placedAt: Date | string; postedAt: Date | string | null };

/** Orders that the ERP has not got yet, with the way to key one in by hand. */
export function WaitingTable({ rows }: { rows: Row[] }) {
  const { reconcile, orders } = useMessages();
  const t = reconcile.waiting;
  return (
    <NumberedTable
      caption={t.title}
      rows={rows}
      number={{ label: orders.number, to: ({ number }) => `/admin/orders/${number}` }}
      columns={[
        {
          key: "store",
          label: orders.store,
          cell: ({ storeName, storeCode }) => <Named name={storeName} code={storeCode} />,
        },
        { key: "at", label: orders.placedAt, cell: ({ placedAt }) => <Moment at={placedAt} ago /> },
        { key: "state", label: t.state, cell: (row) => <Waits {...row} /> },
        { key: "attempts", label: t.attempts, number: true, cell: ({ attempts }) => attempts },
        { key: "total", label: orders.total, number: true, cell: ({ total }) => <Money amount={total} /> },
        {
          key: "key",
          label: t.key,
          bare: true,
          cell: ({ number, held, postedAt }) =>
            held || postedAt ? null : (
              <ButtonLink
                kind="small"

                href={`/admin/reconcile/${number}`}
                aria-label={`${t.key}: ${number}`}
              >
                {t.key}
              </ButtonLink>
            ),
        },
      ]}
    />
  );
}

function Waits({ held, postedAt, keyedBy }: Pick<Row, "held" | "postedAt" | "keyedBy">) {
  const { reconcile, orders } = useMessages();
  const t = reconcile.waiting;
  if (held) return <Badge tone="bad">{orders.held.badge}</Badge>;
  if (postedAt) return <span className="quiet">{t.posted}</span>;
  return keyedBy ? <>{`${t.key}: ${keyedBy}`}</> : <>{t.queue}</>;
}
