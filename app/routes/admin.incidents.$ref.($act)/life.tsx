import type { ReactNode } from "react";
import { incidentStates } from "#app/incidents/incident.ts";
import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Ref } from "#app/ui/ref-link.tsx";
import type { IncidentData } from "./incident-page.tsx";

type Props = Pick<IncidentData, "incident"> & { children?: ReactNode };

/** How far it is, who has it, and what comes next in one sentence; under it the form for that. */
export function Life({ incident, children }: Props) {
  const t = useMessages().incidents;
  const { state, acknowledgedAt, acknowledgedBy, dueAt, late } = incident;
  const lasts = state !== "RESOLVED" && state !== "CLOSED";
  return (
    <section className="card card--padded stack stack--tight" aria-labelledby="keadaan">
      <h2 id="keadaan">{t.state}</h2>
      <ol className="life">
        {incidentStates.map((step) => (
          <li key={step} aria-current={step === state ? "step" : undefined}>
            {t.states[step]}
          </li>
        ))}
      </ol>
      <p>
        <strong>{lasts && !acknowledgedAt ? t.next.UNTAKEN : t.next[state]}</strong>
      </p>
      {acknowledgedAt && acknowledgedBy ? (
        <p className="quiet">
          {t.takenBy}: <Ref code={acknowledgedBy} /> · <Moment at={acknowledgedAt} ago />
        </p>
      ) : lasts && dueAt ? (
        <p className="row">
          <span>
            {t.respondBy}: <Moment at={dueAt} ago />
          </span>
          {late ? <Badge tone="bad">{t.late}</Badge> : null}
        </p>
      ) : null}
      {children}
    </section>
  );
}
