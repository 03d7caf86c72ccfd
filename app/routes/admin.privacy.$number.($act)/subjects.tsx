import type { Subject } from "#app/privacy/privacy.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";

/** What of ours goes under the address of who asks. */
export function Subjects({ subjects }: { subjects: Subject[] }) {
  const t = useMessages().privacy;
  return (
    <section className="card card--padded">
      <h2>{t.subjects}</h2>
      {subjects.length === 0 ? <p className="quiet">{t.noSubjects}</p> : null}
      <ul className="bullets">
        {subjects.map(({ kind, code, name, automatic }) => (
          <li key={code}>
            <RefLink href={kind === "lead" ? `/admin/leads/${code}` : `/admin/accounts/${code}`}>{code}</RefLink>
            {name ? ` · ${name}` : ""}
            {automatic ? ` · ${t.automatic}` : ""}
          </li>
        ))}
      </ul>
    </section>
  );
}
