import type { Maintenance } from "#app/status/maintenance.ts";
import { formatWib } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

/** The maintenance that runs, or the next. */
export function Planned({ maintenance: { mode, period } }: { maintenance: Maintenance }) {
  const t = useMessages().status.maintenance;
  const lang = useLang();
  const kind = mode === "OFF" ? period?.mode : mode;
  if (!kind) return null;
  return (
    <section className="card card--padded">
      <h2>{mode === "OFF" ? t.planned : t.running}</h2>
      {period ? (
        <>
          <p>
            <strong>{t.between(formatWib(period.from, lang), formatWib(period.until, lang))}</strong>
          </p>
          <p>{period[lang]}</p>
        </>
      ) : null}
      <p className="quiet">{t.modes[kind]}</p>
    </section>
  );
}
