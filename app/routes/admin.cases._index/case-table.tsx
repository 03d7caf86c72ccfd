import type { CaseRow } from "#app/cases/case.ts";
import { AccountStatus } from "#app/accounts/account-badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Named } from "#app/ui/named.tsx";
import { Table } from "#app/ui/table.tsx";
import { Way } from "#app/ui/way.tsx";

/** Salesmen who order in stores' names; each name leads to its case. */
export function CaseTable({ cases }: { cases: CaseRow[] }) {
  const t = useMessages().cases;
  return (
    <Table
      caption={t.title}
      rows={cases}
      rowKey={({ code }) => code}
      columns={[
        {
          key: "salesman",
          label: t.salesman,
          head: true,
          cell: ({ name, code, status }) => (
            <>
              <Named name={<Way href={`/admin/cases/${code}`}>{name}</Way>} code={code} />
              {status === "SUSPENDED" ? <AccountStatus status={status} /> : null}
            </>
          ),
        },
        { key: "score", label: t.score, number: true, cell: ({ score }) => score },
        { key: "orders", label: t.orders, number: true, cell: ({ orders }) => orders },
        { key: "implausible", label: t.implausible, number: true, cell: ({ implausible }) => implausible },
        { key: "hits", label: t.hits, number: true, cell: ({ hits }) => hits },
        { key: "disputes", label: t.disputes, number: true, cell: ({ disputes }) => disputes },
        { key: "last", label: t.lastOrder, cell: ({ lastAt }) => <Moment at={lastAt} /> },
      ]}
    />
  );
}
