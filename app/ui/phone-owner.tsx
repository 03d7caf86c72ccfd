import { ButtonLink } from "./button-link.tsx";
import { useMessages } from "./language.tsx";

/**
 * What is left to do when the mail did not reach a store's owner. `whatsapp` is the number, 62...; without `heading`
 * where the page says so already.
 */
export function PhoneOwner({ whatsapp, heading = true }: { whatsapp: string | null; heading?: boolean }) {
  const t = useMessages().alerts.list;
  return (
    <span className="stack stack--tight">
      {heading ? <strong>{t.phone}</strong> : null}
      {whatsapp ? (
        <span className="row">
          <span className="figures">+{whatsapp}</span>
          <ButtonLink kind="small" href={`https://wa.me/${whatsapp}`} target="_blank" rel="noopener noreferrer">
            WhatsApp
          </ButtonLink>
          <ButtonLink kind="small" href={`tel:+${whatsapp}`}>
            {t.call}
          </ButtonLink>
        </span>
      ) : null}
    </span>
  );
}
