import { ButtonLink } from "#app/ui/button-link.tsx";
import { CopyBox } from "#app/ui/copy-box.tsx";
import { useMessages } from "#app/ui/language.tsx";

type Props = {
  order: { number: string; routedTo: string | null };
  owner: boolean;
  handOff: { text: string; link: string };
};

/** The order by WhatsApp, or as text to copy where that does not open. */
export function HandOff({ order, owner, handOff }: Props) {
  const t = useMessages().orders;
  return (
    <section className="card card--padded no-print">
      <h2>{t.whatsapp.title}</h2>
      <p>
        {order.routedTo
          ? t.whatsapp.hint(order.routedTo)
          : !owner
            ? t.placement.routedToHq
            : `${t.noSubdistributor} ${t.routedToHq}`}
      </p>
      <p className="actions">
        <ButtonLink
          href={handOff.link}
          ping={`/orders/${order.number}/whatsapp`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t.whatsapp.open}
        </ButtonLink>
      </p>
      <h3>{t.whatsapp.copyTitle}</h3>
      <CopyBox id="order-text" label={t.whatsapp.copyLabel} hint={t.whatsapp.copyHint} text={handOff.text} />
    </section>
  );
}
