import type { Verdict } from "#app/vitals/now.ts";
import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";

/** Where what is wrong is seen to. */
const places: Record<Verdict["what"], string> = {
  INCIDENT: "/admin/incidents",
  BREAKER: "/admin/erp",
  SILENT: "/admin/erp",
  ERRORS: "/admin/logs?level=error",
  SLOW: "/admin/services",
  FAILED_ORDERS: "/admin/orders?sync=FAILED",
  TIMERS: "/admin/incidents",
  QUEUE: "/admin/alerts?state=PENDING",
  PACE: "/admin/orders",
};
const queuePlaces = {
  ORDERS: "/admin/orders?sync=PENDING_SYNC",
  MAILS: "/admin/logs?level=warn",
  OWNER_MAILS: "/admin/alerts?state=PENDING",
  OWNER_SMS: "/admin/alerts?state=PENDING",
  NOTIFICATIONS: "/admin/incidents",
};

/** What needs somebody now, each with the way there; or that nothing does. */
export function Verdicts({ verdicts }: { verdicts: Verdict[] }) {
  const t = useMessages().vitals.now;
  return (
    <section className="card card--padded stack stack--tight" aria-labelledby="verdicts">
      <h2 id="verdicts">{t.verdicts}</h2>
      {verdicts.length === 0 ? (
        <p>
          <State tone="good">{t.calm}</State>
        </p>
      ) : (
        <ul className="stack stack--tight">
          {verdicts.map(({ what, tone, queue }) => (
            <li key={`${what}${queue ?? ""}`}>
              <a href={queue ? queuePlaces[queue] : places[what]}>
                <State tone={tone}>{queue ? `${t.verdict[what]}: ${t.queues[queue]}` : t.verdict[what]}</State>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
