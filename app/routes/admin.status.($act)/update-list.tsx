import type { SerializeFrom } from "@remix-run/node";
import type { WrittenUpdate } from "#app/status/status.server.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Ref, Who } from "#app/ui/ref-link.tsx";

/** What stores were told, newest first. */
export function UpdateList({ updates }: { updates: Array<SerializeFrom<WrittenUpdate>> }) {
  const all = useMessages();
  const lang = useLang();
  const t = all.status;
  return (
    <div className="card card--padded">
      <h2>{t.admin.told}</h2>
      {updates.length === 0 ? <p className="quiet">{t.admin.nothingTold}</p> : null}
      <ul className="stack">
        {updates.map(({ id, ref, at, service, state, textId, textEn, by }) => (
          <li key={id} className="stack stack--tight">
            <p>
              <Ref code={ref} />
              {` · ${t.services[service]}: ${t.states[state]}`}
            </p>
            <p className="break" lang={lang}>
              {lang === "en" ? textEn : textId}
            </p>
            <p className="quiet">
              <Moment at={at} /> · <Who>{by}</Who>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
