import type { IncidentEvent } from "#app/incidents/incident.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import { wordFor } from "#app/ui/word.ts";
import { useDetail } from "./detail.tsx";

/** What happened to an incident, oldest first; `cut`: there is more before. */
export function IncidentTimeline({ events, cut }: { events: IncidentEvent[]; cut: boolean }) {
  const t = useMessages().incidents;
  const said = useDetail();
  const title = ({ kind, detail }: IncidentEvent) =>
    kind === "RAISED" || kind === "LOWERED" ? t.rated[kind](Number(detail.severity)) : t.events[kind];
  const noteOf = ({ note }: IncidentEvent["detail"]) =>
    typeof note === "string" ? (wordFor(t.tasks.notes, note) ?? note) : null;
  const text = ({ kind, detail }: IncidentEvent) =>
    // What it was opened with stands in the facts.
    [noteOf(detail), ...(kind === "OPENED" ? [] : said(detail).map(({ label, value }) => `${label}: ${value}`))]
      .filter(Boolean)
      .join(" · ");
  return (
    <section className="card card--padded">
      <h2>{t.timeline}</h2>
      {cut ? <p className="quiet">{t.newest(events.length)}</p> : null}
      <Timeline
        staff
        events={events.map((event) => ({
          at: event.at,
          title: title(event),
          by: event.actor === "SYSTEM" ? null : event.actor,
          detail: text(event) || null,
        }))}
      />
    </section>
  );
}
