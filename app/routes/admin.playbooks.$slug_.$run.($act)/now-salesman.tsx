import { AccountStatus } from "#app/accounts/account-badges.tsx";
import { OrderStatusBadge, HeldBadge, State } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Ref, RefLink, Who } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";
import { hasEnded } from "#app/orders/order.ts";
import type { RunData } from "./run-page.tsx";

type Props = { data: RunData };

function Nobody({ run }: Pick<RunData, "run">) {
  const { now: t } = useMessages().playbooks;
  if (run.salesman) return null; // It is over: how he stands today says nothing about it.
  return <p>{run.incident ? t.noSalesman : t.drillSalesman}</p>;
}

/** Whom it is about, and how many sessions of his are open: none after Force Logout. */
export function Logins({ data: { salesman, run } }: Props) {
  const lang = useLang();
  const { now: t } = useMessages().playbooks;
  if (!salesman) return <Nobody run={run} />;
  const { code, name, logins } = salesman;
  return (
    <Facts
      facts={[
        { label: t.salesman, value: <Ref code={code} name={name} /> },
        { label: t.logins, value: formatNumber(logins, lang) },
      ]}
    />
  );
}

export function Standing({ data: { salesman, run } }: Props) {
  const { now: t } = useMessages().playbooks;
  if (!salesman) return <Nobody run={run} />;
  return <Facts facts={[{ label: t.account, value: <AccountStatus status={salesman.status} /> }]} />;
}

/** His orders of the last days, and what the place of each says. */
export function Places({ data: { salesman, run } }: Props) {
  const { playbooks, cases, orders } = useMessages();
  const t = playbooks.now;
  if (!salesman) return <Nobody run={run} />;
  const { orders: placed } = salesman;
  if (placed.length === 0) return <p>{t.noOrders}</p>;
  const tone = { PLAUSIBLE: "good", IMPLAUSIBLE: "warn", INDETERMINATE: "plain" } as const;
  return (
    <>
      <Table
        caption={t.orders}
        showCaption
        dense
        rows={placed}
        rowKey={({ number }) => number}
        columns={[
          {
            key: "order",
            label: cases.order,
            head: true,
            cell: ({ number, at }) => (
              <>
                <RefLink href={`/admin/orders/${number}`}>{number}</RefLink>
                <span className="sub quiet">
                  <Moment at={at} />
                </span>
              </>
            ),
          },
          { key: "store", label: cases.store, cell: ({ store }) => store },
          {
            key: "verdict",
            label: cases.verdict,
            cell: ({ verdict }) =>
              verdict ? (
                <State tone={tone[verdict]}>{cases.verdicts[verdict]}</State>
              ) : (
                <State tone="plain">{t.unjudged}</State>
              ),
          },
          {
            key: "status",
            label: orders.status,
            cell: ({ status, held }) => (
              <span className="row">
                <OrderStatusBadge status={status} />
                <HeldBadge held={held} ended={hasEnded(status)} />
              </span>
            ),
          },
        ]}
      />
      <p className="quiet">{cases.noted}</p>
    </>
  );
}

export function Evidence({ data: { salesman, run } }: Props) {
  const { now: t } = useMessages().playbooks;
  if (!salesman) return <Nobody run={run} />;
  const { exports } = salesman;
  if (exports.length === 0) return <p>{`${t.evidence}: ${t.noEvidence}`}</p>;
  return (
    <ul className="stack stack--tight">
      {exports.map(({ ref, requestedAt, requestedBy }) => (
        <li key={ref}>
          <RefLink href={`/admin/exports/${ref}`}>{ref}</RefLink> · <Moment at={requestedAt} /> ·{" "}
          <Who>{requestedBy}</Who>
        </li>
      ))}
    </ul>
  );
}
