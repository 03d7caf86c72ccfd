import type { SerializeFrom } from "@remix-run/node";
import { type IncidentRole, subjectPlace } from "#app/incidents/incident.ts";
import type { Incident } from "#app/incidents/incident.server.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Ref, RefLink } from "#app/ui/ref-link.tsx";
import { Severity } from "#app/incidents/severity.tsx";
import { Subject } from "#app/incidents/incident-table.tsx";
import { useDetail } from "./detail.tsx";

type Props = { incident: SerializeFrom<Incident>; roles: Array<{ role: IncidentRole; code: string }> };

/** What is known about an incident, with what it was opened with, and who does what. */
export function IncidentFacts({ incident, roles }: Props) {
  const t = useMessages().incidents;
  const said = useDetail();
  const { severity, peak, openedAt, lastSeenAt, closedAt, repeats, detail } = incident;
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: t.subject, value: <Subject subject={incident.subject} subjectName={incident.subjectName} /> },
  ];
  if (peak < severity) facts.push({ label: t.peak, value: <Severity level={peak} /> });
  facts.push({ label: t.openedAt, value: <Moment at={openedAt} ago /> });
  if (repeats > 0)
    facts.push(
      { label: t.repeats, value: t.repeated(repeats) },
      { label: t.lastSeen, value: <Moment at={lastSeenAt} ago /> },
    );
  if (closedAt) facts.push({ label: t.closedAt, value: <Moment at={closedAt} /> });
  for (const { role, code } of roles) facts.push({ label: t.roles[role], value: <Ref code={code} /> });
  for (const { label, value } of said(detail)) {
    // An order, a store, an account: a month is no subject here.
    const place = /^[A-Z]+-/.test(value) ? subjectPlace(value) : null;
    facts.push({
      label,
      value: place ? <RefLink href={place}>{value}</RefLink> : value,
    });
  }
  return (
    <section className="card card--padded">
      <h2>{t.facts}</h2>
      <Facts facts={facts} />
    </section>
  );
}
