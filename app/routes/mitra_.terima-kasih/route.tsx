import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { unlisted } from "#app/ui/public-meta.ts";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = unlisted(title((t) => t.leads.form.thanksTitle));

export default function Thanks() {
  const t = useMessages().leads.form;
  return (
    <div className="narrow">
      <h1>{t.thanksTitle}</h1>
      <p className="lead">{t.thanksText}</p>
      <p className="actions">
        <ButtonLink href="/products">{t.meanwhile}</ButtonLink>
      </p>
    </div>
  );
}
