import type { SerializeFrom } from "@remix-run/node";
import type { ShadowSession } from "#app/shadow/consent.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Table } from "#app/ui/table.tsx";

type Session = SerializeFrom<ShadowSession>;

/** Who worked as the store, when, why, and what came of it. */
export function SessionTable({ caption, sessions }: { caption: string; sessions: Session[] }) {
  const t = useMessages().shadow.consent;
  return (
    <Table
      caption={caption}
      rows={sessions}
      rowKey={({ startedAt, salesman }) => `${startedAt}${salesman}`}
      columns={[
        { key: "salesman", label: t.salesman, head: true, cell: ({ salesman }) => salesman },
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
function Ended({ endedAt, expiresAt, endedReason }: Session) {
  const t = useMessages().shadow.consent;
  if (!endedAt && new Date(expiresAt) > new Date()) return <strong>{t.running}</strong>;
  const reason = t.endedBy[endedReason ?? "EXPIRED"];
  return (
    <>
      <Moment at={endedAt ?? expiresAt} />
      {reason ? <span className="sub quiet">{reason}</span> : null}
    </>
  );
}
