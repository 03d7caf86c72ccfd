import type { SerializeFrom } from "@remix-run/node";
import type { Setting } from "#app/settings/setting.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { wordFor } from "#app/ui/word.ts";

/** Forced degraded mode and CREDIT_CHECK_BYPASS: how they stand, and the way to turn them. */
export function SwitchesCard({ switches, mayAct }: { switches: Array<SerializeFrom<Setting>>; mayAct: boolean }) {
  const { erp, settings } = useMessages();
  const t = erp.switches;
  return (
    <section className="card card--padded" aria-labelledby="switches">
      <h2 id="switches">{t.title}</h2>
      <ul className="stack stack--wide">
        {switches.map(({ key, value, expiresAt }) => (
          <li key={key} className="page-head">
            <div>
              <p>
                {wordFor(settings.names, key) ?? key}{" "}
                <Badge tone={value === true ? "warn" : "plain"}>{value === true ? t.on : t.off}</Badge>
              </p>
              {value === true && expiresAt ? (
                <p className="quiet">
                  {settings.onUntil} <Moment at={expiresAt} />
                </p>
              ) : null}
            </div>
            <a className="no-print" href={`/admin/settings/${encodeURIComponent(key)}`}>
              {mayAct ? t.change : t.see}
              <span className="hidden">{`: ${wordFor(settings.names, key) ?? key}`}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
