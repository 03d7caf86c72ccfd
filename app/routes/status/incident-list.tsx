import type { PublicIncident, Update } from "#app/status/status.ts";
import { Badge, State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { toneOf } from "./service-list.tsx";

type Shown = Omit<PublicIncident, "updates"> & { updates: Array<Omit<Update, "textId" | "textEn"> & { text: string }> };

/** What stores were told, by incident: what goes on first. */
export function IncidentList({ incidents }: { incidents: Shown[] }) {
  const t = useMessages().status;
  return (
    <section className="stack">
      <h2>{t.incidents}</h2>
      {incidents.length === 0 ? <p className="quiet">{t.noIncidents}</p> : null}
      {incidents.map(({ id, open, from, until, updates }) => (
        <article key={id} id={`k${id}`} className="card card--padded">
          <div className="row status__head">
            <h3>{[...new Set(updates.map(({ service }) => t.services[service]))].join(", ")}</h3>
            <Badge tone={open ? "warn" : "plain"}>{open ? t.ongoing : t.over}</Badge>
          </div>
          <p className="quiet">
            <Moment at={from} />
            {until && !open ? (
              <>
                {" – "}
                <Moment at={until} />
              </>
            ) : null}
          </p>
          <ol className="stack">
            {updates.map((one) => (
              <li key={one.id} className="stack stack--tight">
                <div className="row">
                  <State tone={toneOf[one.state]}>{t.states[one.state]}</State>
                  <span className="quiet">
                    <Moment at={one.at} />
                  </span>
                </div>
                <p className="break">{one.text}</p>
              </li>
            ))}
          </ol>
        </article>
      ))}
    </section>
  );
}
