import type { IncidentEvent } from "#app/incidents/incident.server.ts";
import { isSlug } from "#app/playbooks/playbook.ts";
import { bookOf } from "#app/playbooks/book.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import { wordFor } from "#app/ui/word.ts";
import type { Messages } from "#app/words.ts";
import { useDetail } from "./detail.tsx";

/** Of a playbook's run: which, which step of it, and what became of that. */
function stepIn(t: Messages["playbooks"], { playbook, step, did }: IncidentEvent["detail"]): string {
  const slug = String(playbook);
  if (!isSlug(slug)) return "";
  const what = typeof step === "string" ? `${t.books[slug].title}: ${bookOf(t.books, slug).step(step).text}` : null;
  return `${what ?? t.books[slug].title} (${wordFor(t.did, String(did)) ?? ""})`;
}

/** What happened to an incident, oldest first; `cut`: there is more before. */
export function IncidentTimeline({ events, cut }: { events: IncidentEvent[]; cut: boolean }) {
  const { incidents: t, playbooks } = useMessages();
  const said = useDetail();
  const title = ({ kind, detail }: IncidentEvent) =>
    kind === "RAISED" || kind === "LOWERED" ? t.rated[kind](Number(detail.severity)) : t.events[kind];
  const noteOf = ({ note }: IncidentEvent["detail"]) =>
    typeof note === "string" ? (wordFor(t.tasks.notes, note) ?? note) : null;
  const text = ({ kind, detail }: IncidentEvent) =>
    kind === "STEP" ? [stepIn(playbooks, detail), noteOf(detail)].filter(Boolean).join(" · ") : textOf(kind, detail);
  const textOf = (kind: IncidentEvent["kind"], detail: IncidentEvent["detail"]) =>
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
