import type { DisputeRow } from "./staff-disputes.server.ts";
import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";
import { Named } from "#app/ui/named.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";

type Row = Omit<DisputeRow, "at"> & { at: Date | string };

/** Disputed orders: whose, by whom, and whether somebody has decided. */
export function DisputeTable({ caption, disputes }: { caption: string; disputes: Row[] }) {
  const t = useMessages().disputes.reports;
  return (
    <NumberedTable
      caption={caption}
      rows={disputes}
      number={{ label: t.order, to: ({ number }) => `/admin/disputes/${number}` }}
      columns={[
        {
          key: "store",
          label: t.store,
          cell: ({ storeName, storeCode }) => <Named name={storeName} code={storeCode} />,
        },
        {
          key: "salesman",
          label: t.salesman,
          cell: ({ salesman, salesmanCode }) => <Named name={salesman} code={salesmanCode} />,
        },
        { key: "at", label: t.at, cell: ({ at }) => <Moment at={at} ago /> },
        {
          key: "incident",
          label: t.incident,
          cell: ({ incident, severity }) =>
            incident ? (
              <>
                <span className="sub">{`SEV-${severity}`}</span>
                <RefLink href={`/admin/incidents/${incident}`}>{incident}</RefLink>
              </>
            ) : (
              "–"
            ),
        },
        { key: "state", label: t.state, cell: (row) => <DisputeState {...row} /> },
        { key: "total", label: t.total, number: true, cell: ({ total }) => <Money amount={total} /> },
      ]}
    />
  );
}

/** Undecided, or how it was decided; a dot and words. */
export function DisputeState({ held, outcome }: Pick<DisputeRow, "held" | "outcome">) {
  const t = useMessages().disputes.reports;
  if (outcome) return <State tone={outcome === "ABUSE" ? "bad" : "good"}>{t.outcomes[outcome]}</State>;
  return <State tone="warn">{held ? t.stateOpen.held : t.stateOpen.notHeld}</State>;
}
