import { ButtonLink } from "./button-link.tsx";
import { useMessages } from "./language.tsx";

type Props = { whatsapp: string | null; heading?: boolean; whom?: string; none?: string };

/**
 * What is left to do when the mail did not reach a store's owner. `whatsapp` is the number, 62...; without `heading`
 * where the page says so already; `whom` is in the links' names where a page has several; `none` says why there is no
 * number.
 */
export function PhoneOwner({ whatsapp, heading = true, whom, none }: Props) {
  const t = useMessages().alerts.list;
  return (
    <span className="stack stack--tight">
      {heading ? <strong>{t.phone}</strong> : null}
      {whatsapp ? (
        <span className="row">
          <span className="figures">+{whatsapp}</span>
          <ButtonLink
            kind="small"
            href={`https://wa.me/${whatsapp}`}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={whom && `WhatsApp: ${whom}`}
          >
            WhatsApp
          </ButtonLink>
          <ButtonLink kind="small" href={`tel:+${whatsapp}`} aria-label={whom && `${t.call}: ${whom}`}>
            {t.call}
          </ButtonLink>
        </span>
      ) : (
        <span className="quiet">{none ?? t.noNumber}</span>
      )}
    </span>
  );
}
