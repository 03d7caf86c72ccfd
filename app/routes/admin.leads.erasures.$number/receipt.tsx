import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

type Props = { number: string; askedAt: Date | string; doneAt: Date | string; doneBy: string; forms: number };

/** What whoever asked gets in his hand: printed, or told from here. */
export function Receipt({ number, askedAt, doneAt, doneBy, forms }: Props) {
  const t = useMessages().leads.erasures;
  return (
    <>
      <h1>{t.receipt}</h1>
      <p className="lead">{t.receiptText}</p>
      <section className="card card--padded">
        <Facts
          facts={[
            { label: t.number, value: <span className="figures">{number}</span> },
            { label: t.asked, value: <Moment at={askedAt} /> },
            { label: t.done, value: <Moment at={doneAt} /> },
            { label: t.forms, value: String(forms), number: true },
            { label: t.by, value: <Linked>{doneBy}</Linked> },
          ]}
        />
        <p className="quiet">{t.company}</p>
      </section>
      <p className="no-print">
        <PrintButton />
      </p>
    </>
  );
}
