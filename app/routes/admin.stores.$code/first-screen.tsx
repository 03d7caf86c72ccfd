import type { StoreFigures } from "#app/stores/store.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";

type Props = { code: string; whatsapp: string | null; figures: StoreFigures };

/** What is asked first: how to call the owner, what is left and what is open; and the ways to the rest of the page. */
export function FirstScreen({ code, whatsapp, figures }: Props) {
  const { credit, stores: t } = useMessages();
  return (
    <section className="card card--padded no-print">
      <Facts
        facts={[
          ...(whatsapp ? [{ label: t.call, value: <a href={`tel:+${whatsapp}`}>{`+${whatsapp}`}</a> }] : []),
          { label: credit.basis.room, value: <Money amount={figures.room} />, number: true, strong: true },
          {
            label: t.credit.open,
            value: (
              <a href={`/admin/orders?q=${code}`}>
                <Money amount={figures.open} />
              </a>
            ),
            number: true,
          },
        ]}
      />
      <p className="row">
        <a href="#order">{t.orders.title}</a>
        <a href="#faktur">{credit.invoices.title}</a>
        <a href="#shadow">{t.shadow.title}</a>
        <a href="#tentang">{t.about.title}</a>
      </p>
    </section>
  );
}
