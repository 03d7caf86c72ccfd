import { Moment } from "./moment.tsx";
import { Linked, Who } from "./ref-link.tsx";

export type TimelineEvent = { at: Date | string; title: string; by?: string | null; detail?: string | null };

/** What happened to one thing, oldest first. `staff`: what it names leads to its page. */
export function Timeline({ events, staff = false }: { events: TimelineEvent[]; staff?: boolean }) {
  const said = (text: string) => (staff ? <Linked>{text}</Linked> : text);
  return (
    <ol className="timeline">
      {events.map((event, index) => (
        <li key={`${index}${event.title}`}>
          <p className="timeline__title">{said(event.title)}</p>
          <p className="quiet">
            <Moment at={event.at} />
            {event.by ? <> · {staff ? <Who>{event.by}</Who> : event.by}</> : null}
          </p>
          {event.detail ? <p className="quiet">{said(event.detail)}</p> : null}
        </li>
      ))}
    </ol>
  );
}
