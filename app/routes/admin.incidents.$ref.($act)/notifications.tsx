import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, Ref } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";
import { wordFor } from "#app/ui/word.ts";
import type { IncidentData } from "./incident-page.tsx";

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
