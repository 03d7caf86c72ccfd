import { Sections } from "#app/company/sections.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { publicMeta } from "#app/ui/public-meta.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = publicMeta("/ketentuan", (t) => t.company.terms);

export default function Terms() {
  const { company, catalogue } = useMessages();
  const t = company.terms;
  return (
    <Sections title={t.title} lead={t.description} sections={t.sections}>
      <ButtonLink href="/mitra">{company.links.partner}</ButtonLink>
      <ButtonLink kind="quiet" href="/products">
        {catalogue.home.browse}
      </ButtonLink>
    </Sections>
  );
}
