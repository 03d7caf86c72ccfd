import type { SerializeFrom } from "@remix-run/node";
import { subjectPlace } from "./incident.ts";
import type { Incident } from "./incident.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Named } from "#app/ui/named.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Severity } from "./severity.tsx";
import { Badge } from "#app/ui/badges.tsx";
import { Ref, RefLink } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";
import { useCause } from "./cause.tsx";

type Row = SerializeFrom<Incident>;

/** Incidents in one line each. */
export function IncidentTable({ incidents }: { incidents: Row[] }) {
  const t = useMessages().incidents;
  const causeOf = useCause();
  return (
    <Table
      caption={t.title}
      rows={incidents}
      rowKey={({ ref }) => ref}
      columns={[
        {
          key: "ref",
          label: t.ref,
          head: true,
          cell: ({ ref }) => <RefLink href={`/admin/incidents/${ref}`}>{ref}</RefLink>,
        },
        { key: "severity", label: t.severity, cell: ({ severity }) => <Severity level={severity} /> },
        { key: "cause", label: t.cause, cell: ({ cause }) => causeOf(cause) },
        { key: "subject", label: t.subject, cell: Subject },
        { key: "state", label: t.state, cell: ({ state }) => t.states[state] },
        { key: "taken", label: t.takenBy, cell: Taken },
        { key: "repeats", label: t.repeats, cell: ({ repeats }) => (repeats > 0 ? t.repeated(repeats) : "–") },
        { key: "opened", label: t.openedAt, cell: ({ openedAt }) => <Moment at={openedAt} ago /> },
      ]}
    />
  );
}

/** Who has it in hand; while nobody has, by when somebody is to have. */
function Taken({ dueAt, acknowledgedBy, state, late }: Row) {
  const t = useMessages().incidents;
  if (acknowledgedBy) return <Ref code={acknowledgedBy} />;
  if (!dueAt || state === "RESOLVED" || state === "CLOSED") return "–";
  return (
    <span className="stack stack--tight">
      <span>
        {t.nobodyYet} <Moment at={dueAt} ago />
      </span>
      {late ? (
        <span>
          <Badge tone="bad">{t.late}</Badge>
        </span>
      ) : null}
    </span>
  );
}

/** Whom or what an incident is about, with the way there. */
export function Subject({ subject, subjectName }: Pick<Incident, "subject" | "subjectName">) {
  const t = useMessages();
  if (!subject) return "–";
  const place = subjectPlace(subject);
  const name = subjectName ?? (place?.startsWith("/admin/reviews/") ? t.ui.month(subject) : subject);
  const about = place ? <a href={place}>{name}</a> : name;
  return subjectName ? <Named name={about} code={subject} /> : about;
}
