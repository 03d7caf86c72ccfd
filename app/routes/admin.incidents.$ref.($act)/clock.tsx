import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import type { IncidentData } from "./incident-page.tsx";

type Timer = IncidentData["timers"][number];

/** What is due when: met, waiting, or rung because it was late. Escalations count further down. */
export function Timers({ timers, now }: { timers: Timer[]; now: Date | string }) {
  const t = useMessages().incidents.timers;
  if (timers.length === 0) return null;
  return (
    <section className="card card--padded" aria-labelledby="batas">
      <h2 id="batas">{t.title}</h2>
      <ul className="stack">
        {timers.map((timer) => (
          <li key={timer.id} className="stack stack--tight">
            <span className="row">
              <strong>{timer.kind === "ESCALATE" ? t.escalate(timer.step) : t.kinds[timer.kind]}</strong>
              <TimerState timer={timer} />
            </span>
            <Moment at={timer.dueAt} ago={!timer.metAt} now={now} />
            {timer.firedAt || timer.metAt ? (
              <span className="quiet">
                {timer.metAt ? t.met : t.rang} <Moment at={(timer.metAt ?? timer.firedAt)!} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function TimerState({ timer: { kind, metAt, late } }: { timer: Timer }) {
  const t = useMessages().incidents.timers;
  if (late) return <Badge tone="bad">{t.late}</Badge>;
  if (metAt && kind === "ESCALATE") return <Badge tone="plain">{t.spared}</Badge>;
  return metAt ? <Badge tone="good">{t.done}</Badge> : <Badge tone="plain">{t.waits}</Badge>;
}

/** Whom it has gone to because nobody answered. */
export function Escalations({ timers }: { timers: Timer[] }) {
  const t = useMessages().incidents;
  const rung = timers.filter(({ kind, firedAt }) => kind === "ESCALATE" && firedAt);
  if (rung.length === 0) return null;
  return (
    <section className="card card--padded" aria-labelledby="eskalasi">
      <h2 id="eskalasi">{t.escalatedTo}</h2>
      <ol className="stack stack--tight">
        {rung.map(({ id, firedAt, channel, posts }) => (
          <li key={id}>
            {(posts ?? []).map((post) => t.posts[post]).join(", ")}
            <span className="sub quiet">
              {channel ? `${t.channels[channel]} · ` : ""}
              <Moment at={firedAt!} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
