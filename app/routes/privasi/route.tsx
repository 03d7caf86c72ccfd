import { Sections } from "#app/company/sections.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { publicMeta } from "#app/ui/public-meta.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = publicMeta("/privasi", (t) => t.company.privacy);

export default function Privacy() {
  const { company, privacy } = useMessages();
  const t = company.privacy;
  return (
    <Sections title={t.title} lead={t.description} sections={t.sections}>
      <ButtonLink href="/privasi/permintaan">{privacy.ask.title}</ButtonLink>
    </Sections>
  );
}
