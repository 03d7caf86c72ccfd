import type { SerializeFrom } from "@remix-run/node";
import type { PastDecision } from "#app/approvals/store.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { Ref } from "#app/ui/ref-link.tsx";

/** How the store's credit was decided before. */
export function PastDecisions({ decisions }: { decisions: SerializeFrom<PastDecision>[] }) {
  const { approvals: t, orders: words } = useMessages();
  return (
    <NumberedTable
      caption={t.history}
      rows={decisions}
      number={{ label: words.number, to: ({ number }) => `/admin/approvals/${number}` }}
      columns={[
        {
          key: "outcome",
          label: t.decide,
          cell: ({ outcome, note }) => (
            <>
              <Badge tone={outcome === "APPROVED" ? "good" : "bad"}>{t.outcome[outcome]}</Badge>
              {note ? <span className="sub quiet">{note}</span> : null}
            </>
          ),
        },
        {
          key: "at",
          label: t.when,
          cell: ({ at, by }) => (
            <>
              <Moment at={at} />
              <span className="sub quiet">
                <Ref code={by} />
              </span>
            </>
          ),
        },
        { key: "over", label: t.over, number: true, cell: ({ over }) => (over > 0 ? <Money amount={over} /> : "–") },
        { key: "total", label: t.total, number: true, cell: ({ total }) => <Money amount={total} /> },
      ]}
    />
  );
}
