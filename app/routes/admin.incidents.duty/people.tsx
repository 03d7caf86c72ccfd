import type { Person } from "#app/incidents/duty.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Table } from "#app/ui/table.tsx";

/** Who is told, and where he is reached. */
export function People({ people, mayChange }: { people: Person[]; mayChange: boolean }) {
  const t = useMessages().incidents.duty;
  return (
    <section className="stack">
      <h2>{t.people}</h2>
      {people.length === 0 ? (
        <p className="quiet">{t.noPeople}</p>
      ) : (
        <Table
          caption={t.people}
          rows={people}
          rowKey={({ id }) => String(id)}
          columns={[
            {
              key: "name",
              label: t.name,
              head: true,
              cell: ({ id, name, active }) => (
                <span className="row">
                  {mayChange ? <a href={`/admin/incidents/duty/person?id=${id}`}>{name}</a> : name}
                  {active ? null : <Badge tone="plain">{t.inactive}</Badge>}
                </span>
              ),
            },
            { key: "email", label: t.email, cell: ({ email }) => <span className="break">{email}</span> },
            { key: "phone", label: t.phone, cell: ({ phone }) => (phone ? `+${phone}` : "–") },
            { key: "language", label: t.language, cell: ({ language }) => t.languages[language] },
          ]}
        />
      )}
    </section>
  );
}
