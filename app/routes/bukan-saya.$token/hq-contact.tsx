import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";

/** The way to a person: the head office's number, 62... */
export function HqContact({ whatsapp }: { whatsapp: string }) {
  const t = useMessages().disputes;
  return (
    <section className="card card--padded">
      <p>{t.phone}</p>
      <p className="row">
        <ButtonLink
          kind="quiet"

          href={`https://wa.me/${whatsapp}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t.whatsapp}
        </ButtonLink>
        <a className="figures" href={`tel:+${whatsapp}`}>
          +{whatsapp}
        </a>
      </p>
    </section>
  );
}
