import { CreditDecided, CreditLight, type CreditState } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Who } from "#app/ui/ref-link.tsx";
import { Money } from "#app/ui/money.tsx";
import type { CreditDecision } from "#app/approvals/approval.ts";
import type { Credit } from "#app/credit/credit.ts";

type Props = {
  order: { number: string; credit: Credit; light: CreditState };
  waits: boolean;
  mayMove: boolean;
  decision: CreditDecision<Date | string> | null;
};

/** The figures that the credit decision was made of, as they were, and what a person then decided, who and when. */
export function CreditBasis({ order: { number, credit, light }, waits, mayMove, decision }: Props) {
  const {
    approvals,
    credit: { basis: t },
  } = useMessages();
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: t.limit, value: <Money amount={credit.limit} />, number: true },
    { label: t.ourExposure, value: <Money amount={credit.ours} />, number: true },
    {
      label: t.erpExposure,
      value: credit.erp === null ? t.erpUnknown : <Money amount={credit.erp} />,
      number: true,
    },
    ...(credit.deposit ? [{ label: approvals.deposit, value: <Money amount={credit.deposit} />, number: true }] : []),
    { label: t.room, value: <Money amount={credit.room} />, number: true },
    { label: t.total, value: <Money amount={credit.total} />, number: true },
  ];
  if (credit.over > 0) facts.push({ label: t.over, value: <Money amount={credit.over} />, number: true });
  facts.push({
    label: t.creditAsOf,
    value: credit.asOf ? <Moment at={credit.asOf} /> : t.erpUnknown,
  });
  return (
    <section className="card card--padded no-print">
      <div className="page-head">
        <h2>{t.title}</h2>
        {decision ? <CreditDecided outcome={decision.outcome} /> : null}
        {waits || light === "GREEN" ? <CreditLight state={light} /> : null}
      </div>
      {decision ? (
        <p>
          {t.by} <Who>{decision.actor}</Who> · <Moment at={decision.at} />
        </p>
      ) : null}
      <p>{t.reasons[credit.reason]}</p>
      <Facts facts={facts} />
      {light === "AMBER" ? (
        <p>
          <a href={`/admin/approvals/${number}`}>
            {waits ? (mayMove ? approvals.open : approvals.look) : approvals.decidedTitle}
          </a>
        </p>
      ) : null}
    </section>
  );
}
