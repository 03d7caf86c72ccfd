import type { ActingEnd } from "./acting.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Named } from "#app/ui/named.tsx";
import { Table } from "#app/ui/table.tsx";

type At = Date | string;
type Session = {
  salesman: string;
  /** For staff, whom it leads to his page. */
  salesmanCode?: string;
  reason: string;
  startedAt: At;
  expiresAt: At;
  endedAt: At | null;
  endedReason: ActingEnd | null;
  orders: number;
  total: number;
};

/** Who worked as the store, when, why, and what came of it. */
export function SessionTable({ caption, sessions }: { caption: string; sessions: Session[] }) {
  const t = useMessages().shadow.consent;
  return (
    <Table
      caption={caption}
      rows={sessions}
      rowKey={({ startedAt, salesman }) => `${String(startedAt)}${salesman}`}
      columns={[
        {
          key: "salesman",
          label: t.salesman,
          head: true,
          cell: ({ salesman, salesmanCode }) =>
            salesmanCode ? <Named name={salesman} code={salesmanCode} /> : salesman,
        },
        { key: "started", label: t.started, cell: ({ startedAt }) => <Moment at={startedAt} /> },
        { key: "ended", label: t.ended, cell: Ended },
        { key: "reason", label: t.reason, cell: ({ reason }) => <span className="break">{reason}</span> },
        {
          key: "orders",
          label: t.ordersMade,
          number: true,
          cell: ({ orders, total }) =>
            orders > 0 ? (
              <>
                {orders} · <Money amount={total} />
              </>
            ) : (
              "0"
            ),
        },
      ]}
    />
  );
}

// One that nobody ended is over at its hour.
function Ended({ endedAt, expiresAt, endedReason, salesmanCode }: Session) {
  const t = useMessages().shadow.consent;
  if (!endedAt && new Date(expiresAt) > new Date()) return <strong>{t.running}</strong>;
  const reason = endedReason === "SWITCHED_OFF" && salesmanCode ? t.endedByStore : t.endedBy[endedReason ?? "EXPIRED"];
  return (
    <>
      <Moment at={endedAt ?? expiresAt} />
      {reason ? <span className="sub quiet">{reason}</span> : null}
    </>
  );
}
