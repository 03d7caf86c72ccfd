import type { SerializeFrom } from "@remix-run/node";
import type { PlannedMaintenance } from "#app/status/status.server.ts";
import { formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Who } from "#app/ui/ref-link.tsx";

/** Each maintenance with who set it last, and why. */
export function Earlier({ periods }: { periods: Array<SerializeFrom<PlannedMaintenance>> }) {
  const t = useMessages().status;
  const lang = useLang();
  return (
    <div className="card card--padded">
      <h2>{t.admin.earlier}</h2>
      {periods.length === 0 ? <p className="quiet">{t.admin.none}</p> : null}
      <ul className="stack">
        {periods.map(({ id, mode, from, until, state, reason, setBy, setAt }) => (
          <li key={id} className="stack stack--tight">
            <p>{`${t.admin.states[state]} · ${t.admin.modes[mode]}`}</p>
            <p>{t.maintenance.between(formatWib(from, lang), formatWib(until, lang))}</p>
            <p className="break">{reason}</p>
            <p className="quiet">
              <Who>{setBy}</Who> · <Moment at={setAt} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
