import { Sections } from "#app/company/sections.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { publicMeta } from "#app/ui/public-meta.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = publicMeta("/tentang", (t) => t.company.about);

export default function About() {
  const { company, catalogue } = useMessages();
  const t = company.about;
  return (
    <Sections title={t.title} lead={t.description} sections={t.sections}>
      <ButtonLink href="/mitra">{company.links.partner}</ButtonLink>
      <ButtonLink kind="quiet" href="/products">
        {catalogue.home.browse}
      </ButtonLink>
    </Sections>
  );
}
