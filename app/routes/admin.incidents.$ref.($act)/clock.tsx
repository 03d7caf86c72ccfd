import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, Ref } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";
import { wordFor } from "#app/ui/word.ts";
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
            <Moment at={timer.dueAt} ago now={now} />
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

function TimerState({ timer: { firedAt, metAt, over } }: { timer: Timer }) {
  const t = useMessages().incidents.timers;
  if (firedAt || (over && !metAt)) return <Badge tone="bad">{t.late}</Badge>;
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

/** What people of ours were told of it, by which channel, and whether it got there. */
export function Notifications({ told }: Pick<IncidentData, "told">) {
  const t = useMessages().incidents;
  const words = t.notifications;
  return (
    <section className="stack">
      <h2>{words.title}</h2>
      {told.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <Table
          caption={words.title}
          rows={told}
          rowKey={({ id }) => String(id)}
          columns={[
            { key: "kind", label: words.what, head: true, cell: ({ kind }) => wordFor(t.told, kind) ?? kind },
            { key: "channel", label: words.channel, cell: ({ channel }) => t.channels[channel] },
            { key: "to", label: words.to, cell: To },
            { key: "state", label: t.state, cell: State },
            {
              key: "tried",
              label: words.tried,
              cell: ({ sentAt, firstTryAt }) => (firstTryAt ? <Moment at={sentAt ?? firstTryAt} /> : "–"),
            },
          ]}
        />
      )}
    </section>
  );
}

type Row = IncidentData["told"][number];

function To({ channel, target, name }: Row) {
  return channel === "SLACK" ? `#${target}` : (name ?? <Ref code={target} />);
}

function State({ state, attempts, lastError }: Row) {
  const words = useMessages().incidents.notifications;
  const tone = { PENDING: "warn", SENT: "good", FAILED: "bad", REPLACED: "plain" } as const;
  return (
    <span className="stack stack--tight">
      <span>
        <Badge tone={tone[state]}>{words.states[state]}</Badge>
      </span>
      {attempts > 1 ? <span className="quiet">{words.attempts(attempts)}</span> : null}
      {lastError && state !== "SENT" ? (
        <span className="quiet break">
          <Linked>{lastError}</Linked>
        </span>
      ) : null}
    </span>
  );
}
