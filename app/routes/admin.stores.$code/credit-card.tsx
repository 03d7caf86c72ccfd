import { partsOf, type StoreFigures } from "#app/stores/store.ts";
import { State } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";

/** The limit, what is owed by our book and by the ERP's, each with its parts, and what is left. */
export function CreditCard({ figures }: { figures: StoreFigures }) {
  const { approvals, credit, stores } = useMessages();
  const t = stores.credit;
  const words = credit.basis;
  const { ours, erp } = partsOf(figures);
  const money = (label: string, amount: number, strong = false) => ({
    label,
    value: <Money amount={amount} />,
    number: true,
    strong,
  });
  return (
    <section className="card card--padded">
      <div className="page-head">
        <h2>{t.title}</h2>
        <State tone={figures.light === "GREEN" ? "good" : "warn"}>{t.light[figures.light]}</State>
      </div>
      <p>{t.reasons[figures.reason]}</p>
      <Facts
        facts={[
          money(words.limit, figures.limit),
          money(t.unpaid, ours.unpaid),
          money(t.open, ours.open),
          money(words.ourExposure, figures.ours, true),
          ...(figures.deposit ? [money(approvals.deposit, figures.deposit)] : []),
          ...(erp ? [money(t.outstanding, erp.outstanding), money(t.notThere, erp.notThere)] : []),
          figures.erp === null
            ? { label: words.erpExposure, value: words.erpUnknown, strong: true }
            : money(words.erpExposure, figures.erp, true),
          money(words.room, figures.room, true),
          { label: words.creditAsOf, value: figures.asOf ? <Moment at={figures.asOf} /> : words.erpUnknown },
        ]}
      />
    </section>
  );
}
