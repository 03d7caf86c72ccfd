import { Moment } from "./moment.tsx";

export type TimelineEvent = { at: Date | string; title: string; by?: string | null; detail?: string | null };

/** What happened to one thing, oldest first. */
export function Timeline({ events }: { events: TimelineEvent[] }) {
  return (
    <ol className="timeline">
      {events.map((event, index) => (
        <li key={`${index}${event.title}`}>
          <p className="timeline__title">{event.title}</p>
          <p className="quiet">
            <Moment at={event.at} />
            {event.by ? ` · ${event.by}` : null}
          </p>
          {event.detail ? <p className="quiet">{event.detail}</p> : null}
        </li>
      ))}
    </ol>
  );
}
